import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.settings import Settings
from frontdesk.terms import Difficulty, Priority
from frontdesk.tickets.scoring import (
    Inputs,
    Sla,
    Weights,
    age,
    breakdown,
    next_sla_step,
    sla_points,
    static_score,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEIGHTS = Weights()
WORKED = Inputs(
    created_at=NOW - 2 * HOUR,
    priority=Priority.URGENT,
    difficulty=Difficulty.COMPLEX,
    churn_risk=0.8,
    ltv=3500,
    waiting_since=NOW - 2 * HOUR,
    sentiment_score=0.2,
)
SLA = Sla(NOW, NOW + 10 * HOUR)

numbers = st.floats(allow_nan=True, allow_infinity=True)
moments = st.timedeltas(timedelta(days=-2000), timedelta(days=2000)).map(NOW.__add__)
inputs = st.builds(
    Inputs,
    created_at=moments,
    priority=st.sampled_from(Priority),
    difficulty=st.sampled_from(Difficulty),
    churn_risk=numbers,
    ltv=st.floats(-1e6, 1e9) | st.sampled_from([math.nan, math.inf]),
    waiting_since=st.none() | moments,
    sentiment_score=st.none() | numbers,
    topic_alert=st.booleans(),
    sla=st.none() | st.builds(Sla, moments, moments),
)


def test_the_worked_example_of_the_contracts() -> None:
    result = breakdown(WORKED, WEIGHTS, NOW).record()
    assert result == {
        "total_score": 16.4,
        "components": {
            "churn_risk": 2.4,
            "customer_value": 7.0,
            "urgency": 6.0,
            "age": 0.5,
            "difficulty": -1.5,
            "sentiment": 2.0,
            "topic_alert": 0.0,
            "sla": 0.0,
            "safety": 0.0,
        },
        "customer": {"ltv": 3500, "churn_risk": 0.8},
        "ticket": {"priority": "urgent", "age_hours": 2.0},
        "weights": {
            "churn_weight": 3.0,
            "value_weight": 2.0,
            "urgency_weight": 1.5,
            "topic_alert_boost": 5.0,
        },
    }


def test_a_ticket_of_which_nothing_is_known_scores_its_urgency_alone() -> None:
    assert breakdown(Inputs(created_at=NOW), WEIGHTS, NOW).total == 1.5


@pytest.mark.parametrize(
    ("priority", "points"),
    [(Priority.URGENT, 6.0), (Priority.HIGH, 4.5), (Priority.NORMAL, 1.5), (Priority.LOW, 0.75)],
)
def test_urgency_by_priority(priority: Priority, points: float) -> None:
    assert breakdown(Inputs(NOW, priority), WEIGHTS, NOW).urgency == points


@pytest.mark.parametrize(
    ("difficulty", "points"), [(Difficulty.EASY, 1.0), (Difficulty.NORMAL, 0.0), (Difficulty.COMPLEX, -1.5)]
)
def test_easy_tickets_come_first(difficulty: Difficulty, points: float) -> None:
    assert breakdown(Inputs(NOW, difficulty=difficulty), WEIGHTS, NOW).difficulty == points


@pytest.mark.parametrize(("score", "points"), [(0.2999, 2.0), (0.3, 0.0), (0.9, 0.0), (None, 0.0)])
def test_only_the_frustrated_are_lifted(score: float | None, points: float) -> None:
    assert breakdown(Inputs(NOW, sentiment_score=score), WEIGHTS, NOW).sentiment == points


@pytest.mark.parametrize(
    ("hours", "fresh", "growing"),
    [
        (0, 2.0, 0.0),
        (0.5, 2.0, 0.5 / 24),
        (1, 1.0, 1 / 24),
        (24, 1 / 24, 1.0),
        (48, 1 / 48, 2.0),
        (500, 0.002, 2.0),
    ],
)
def test_age_favours_the_fresh_or_by_setting_the_longest_waiting(
    hours: float, fresh: float, growing: float
) -> None:
    since = NOW - hours * HOUR
    assert age(since, WEIGHTS, NOW) == pytest.approx(fresh)
    assert age(since, Weights(age_curve="growing"), NOW) == pytest.approx(growing)
    assert age(None, WEIGHTS, NOW) == 0


def test_a_clock_that_runs_ahead_counts_as_just_now() -> None:
    assert age(NOW + HOUR, WEIGHTS, NOW) == 2.0
    assert breakdown(Inputs(NOW + HOUR), WEIGHTS, NOW).age_hours == 0


@pytest.mark.parametrize(
    ("hours", "points"),
    [
        (0, 0), (4.99, 0), (5, 1), (7.49, 1), (7.5, 2), (8.99, 2), (9, 4), (9.99, 4), (10, 6), (33.9, 6),
        (34, 7), (58, 8), (82, 9), (106, 10), (10_000, 10),
    ],
)  # fmt: skip
def test_sla_points_by_the_share_of_time_used(hours: float, points: float) -> None:
    assert sla_points(SLA, NOW + hours * HOUR) == points
    assert sla_points(None, NOW) == 0


def test_the_steps_of_an_sla_are_known_in_advance() -> None:
    at, met = NOW, []
    while (step := next_sla_step(SLA, at)) is not None:
        at = step
        met.append(((at - NOW) / HOUR, sla_points(SLA, at)))
    assert met == [(5, 1), (7.5, 2), (9, 4), (10, 6), (34, 7), (58, 8), (82, 9), (106, 10)]
    assert next_sla_step(None, NOW) is None


def test_weights_are_settings() -> None:
    settings = Settings(
        _env_file=None, scoring_churn_weight=1, topic_alert_boost=9, scoring_age_curve="growing"
    )
    weights = Weights.of(settings)
    assert (weights.churn, weights.value, weights.topic_alert, weights.age_curve) == (1, 2.0, 9, "growing")


@given(inputs, moments)
def test_the_total_is_the_sum_of_its_parts_and_always_a_number(given_inputs: Inputs, now: datetime) -> None:
    result = breakdown(given_inputs, WEIGHTS, now)
    record = result.record()
    assert math.isfinite(result.total)
    assert result.total == pytest.approx(sum(record["components"].values()), abs=1e-2, rel=1e-9)
    assert result.static == static_score(given_inputs, WEIGHTS, now)
    assert result.total == result.static + result.age + result.topic_alert


@given(inputs, moments, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_between_sla_steps_the_stored_part_stands_still(
    given_inputs: Inputs, now: datetime, later: timedelta
) -> None:
    step = next_sla_step(given_inputs.sla, now)
    then = now + later if step is None else min(now + later, step - timedelta(microseconds=1))
    assert static_score(given_inputs, WEIGHTS, then) == static_score(given_inputs, WEIGHTS, now)


@given(moments, moments, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_an_sla_never_loses_points_as_time_goes_by(start: datetime, now: datetime, later: timedelta) -> None:
    sla = Sla(start, start + 8 * HOUR)
    assert sla_points(sla, now + later) >= sla_points(sla, now)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_risk_and_more_value_never_lower_the_score(
    risk: float, more_risk: float, ltv: float, more_ltv: float
) -> None:
    low = Inputs(NOW, churn_risk=min(risk, more_risk), ltv=min(ltv, more_ltv))
    high = Inputs(NOW, churn_risk=max(risk, more_risk), ltv=max(ltv, more_ltv))
    assert breakdown(high, WEIGHTS, NOW).total >= breakdown(low, WEIGHTS, NOW).total
