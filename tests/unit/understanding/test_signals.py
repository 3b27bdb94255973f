import json
import re
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.kit.words import fold
from frontdesk.understanding.local.corpus import utterances
from frontdesk.understanding.local.cues import branches, cues_of
from frontdesk.understanding.local.signals import find_signals, fold_pattern

RAW: dict[str, list[str]] = json.loads(
    files("frontdesk.understanding.local").joinpath("data/signals.json").read_text(encoding="utf-8")
)
WHOLE = {
    name: re.compile("|".join(f"(?:{fold_pattern(part)})" for part in parts)) for name, parts in RAW.items()
}
BRANCHES = [branch for parts in RAW.values() for part in parts for branch in branches(fold_pattern(part))]
TEXTS = [utterance.text for utterance in utterances()][::11]


def by_searching_all(text: str) -> dict[str, str]:
    """The expected result: every pattern searched, without cues."""
    folded = re.sub(r"[^\S\n]+", " ", fold(text))
    matches = {name: pattern.search(folded) for name, pattern in WHOLE.items()}
    return {name: match.group().strip()[:80] for name, match in matches.items() if match}


@pytest.mark.parametrize(
    ("pattern", "cues"),
    [
        ("lawyers?", {"lawyer"}),
        (r"\bsue\b", {"sue"}),
        (r"верн\w* .{0,25}(?:деньг|средств)", {"деньг", "средств"}),
        ("(?:red|blue) car(?: please)?", {" car"}),
        ("charged (?:me )?twice", {"charged "}),
        ("talk|speak", {"talk", "speak"}),
        ("(?<!power of )attorney", {"attorney"}),
        (r"ok|\d+", None),
        ("(?:abc)*", None),
        ("abc{0,2}", None),
    ],
)
def test_cues_are_letters_that_every_match_contains(pattern: str, cues: set[str] | None) -> None:
    assert cues_of(pattern) == cues


def test_alternatives_are_split_only_where_they_are_outermost() -> None:
    assert branches(r"a(?:b|c)d|[|]e\||f") == [r"a(?:b|c)d", r"[|]e\|", "f"]


def test_every_branch_has_a_cue_so_that_its_absence_costs_nothing() -> None:
    assert [branch for branch in BRANCHES if not cues_of(branch)] == []


@pytest.mark.parametrize("start", range(0, len(TEXTS), 200))
def test_cues_do_not_change_the_result(start: int) -> None:
    for text in TEXTS[start : start + 200]:
        assert find_signals(text) == by_searching_all(text), text


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*TEXTS[::40], *"абв .!\n", "верните ", "деньги", "суд", "sue "])).map("".join)
)
def test_cues_do_not_change_the_result_for_any_text(text: str) -> None:
    assert find_signals(text[:8_000]) == by_searching_all(text[:8_000])
