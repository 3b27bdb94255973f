"""One chance for each language, and the thresholds that follow from what mistakes cost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.answering.costs import COSTS, Costs, Way
from frontdesk.answering.local.chance import FILE, Match, chance, match
from frontdesk.settings import Settings

_SCORES = st.floats(0, 1)
_MARGINS = st.floats(0, 6)


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@given(_SCORES, _SCORES, _MARGINS, st.integers(0, 30))
def test_a_surer_search_never_makes_the_answer_less_sure(
    language: str, first: float, other: float, margin: float, words: int
) -> None:
    lower, higher = (chance(match(score, margin, 0.0, words), language) for score in sorted((first, other)))
    assert 0 <= lower <= higher <= 1


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_a_near_rival_and_another_category_make_it_less_sure(language: str) -> None:
    sure = chance(match(0.8, 4.0, 0.0, 3), language)
    assert chance(match(0.8, 0.2, 0.0, 3), language) < sure
    assert chance(match(0.8, 4.0, 0.9, 3), language) < sure


def test_there_is_a_weight_for_each_part_and_a_bias() -> None:
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    assert {language: len(weights) for language, weights in stored.items()} == dict.fromkeys(
        ("en", "kk", "ru"), len(Match._fields) + 1
    )


def test_thresholds_follow_from_the_costs() -> None:
    assert (COSTS.answer_from, round(COSTS.doubtful_from, 2)) == (0.8, 0.33)
    assert Costs(10.0, 2.0).answer_from == 0.9
    assert Costs(2.0, 50.0).doubtful_from == 0.5
    settings = Settings(_env_file=None, wrong_answer_cost=4, doubtful_answer_cost=2)
    assert Costs.of(settings) == Costs(4.0, 2.0)


@pytest.mark.parametrize(
    ("value", "calm", "upset", "asked_before"),
    [
        (0.85, Way.ANSWER, Way.ANSWER, Way.ANSWER),
        (0.6, Way.DOUBTFUL, Way.DOUBTFUL, Way.PERSON),
        (0.4, Way.DOUBTFUL, Way.PERSON, Way.PERSON),
        (0.2, Way.OFFER, Way.PERSON, Way.PERSON),
        (0.01, Way.PERSON, Way.PERSON, Way.PERSON),
    ],
)
def test_what_is_done(value: float, calm: Way, upset: Way, asked_before: Way) -> None:
    assert COSTS.way(value) is calm
    assert COSTS.way(value, upset=True) is upset
    assert COSTS.way(value, may_ask=False) is asked_before
