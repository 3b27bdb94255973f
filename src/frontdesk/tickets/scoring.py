"""The order of the inbox, as a number with its reasons (contracts: The smart inbox). Pure."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from frontdesk.settings import Settings
from frontdesk.terms import FRUSTRATED_BELOW, Difficulty, Priority

_URGENCY = {Priority.URGENT: 4.0, Priority.HIGH: 3.0, Priority.NORMAL: 1.0, Priority.LOW: 0.5}
_DIFFICULTY = {Difficulty.EASY: 1.0, Difficulty.NORMAL: 0.0, Difficulty.COMPLEX: -1.5}
_FRUSTRATED = 2.0
_GROWING_AT_MOST = 2.0
_SLA_STEPS = ((0.5, 1.0), (0.75, 2.0), (0.9, 4.0), (1.0, 6.0))
"""Share of the target's time that is used -> points from then on."""
_SLA_BREACH = 6.0
_SLA_AT_MOST = 10.0
_DAY = timedelta(days=1)
_COMPONENTS = (
    "churn_risk",
    "customer_value",
    "urgency",
    "age",
    "difficulty",
    "sentiment",
    "topic_alert",
    "sla",
    "safety",
)


@dataclass(frozen=True, slots=True)
class Weights:
    churn: float = 3.0
    value: float = 2.0
    urgency: float = 1.5
    topic_alert: float = 5.0
    safety: float = 8.0
    age_floor_hours: float = 0.5
    age_curve: Literal["fresh", "growing"] = "fresh"

    @classmethod
    def of(cls, settings: Settings) -> "Weights":
        return cls(
            churn=settings.scoring_churn_weight,
            value=settings.scoring_value_weight,
            urgency=settings.scoring_urgency_weight,
            topic_alert=settings.topic_alert_boost,
            safety=settings.scoring_safety_floor,
            age_floor_hours=settings.scoring_age_floor_hours,
            age_curve=settings.scoring_age_curve,
        )


@dataclass(frozen=True, slots=True)
class Sla:
    """The ticket's nearest target."""

    started_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a ticket's place depends on; what is unknown keeps its default."""

    created_at: datetime
    priority: Priority = Priority.NORMAL
    difficulty: Difficulty = Difficulty.NORMAL
    churn_risk: float = 0.0
    ltv: float = 0.0
    """In the desk's currency unit."""
    waiting_since: datetime | None = None
    """When the oldest customer message came that nobody answered."""
    sentiment_score: float | None = None
    """Of the latest customer message."""
    in_danger: bool = False
    """A sign of danger, fraud or court waits for a person's first answer."""
    topic_alert: bool = False
    sla: Sla | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The points of each component as they enter the sum."""

    churn_risk: float
    customer_value: float
    urgency: float
    age: float
    difficulty: float
    sentiment: float
    topic_alert: float
    sla: float
    safety: float
    age_hours: float
    inputs: Inputs
    weights: Weights

    @property
    def static(self) -> float:
        """What is stored: all but age, which moves by itself, and topic alerts, which are each operator's."""
        return (
            self.churn_risk
            + self.customer_value
            + self.urgency
            + self.difficulty
            + self.sentiment
            + self.sla
            + self.safety
        )

    @property
    def total(self) -> float:
        return self.static + self.age + self.topic_alert

    def record(self) -> dict[str, Any]:
        """The score-breakdown object of the contracts."""
        return {
            "total_score": round(self.total, 4),
            "components": {name: round(getattr(self, name), 4) for name in _COMPONENTS},
            "customer": {"ltv": self.inputs.ltv, "churn_risk": self.inputs.churn_risk},
            "ticket": {"priority": self.inputs.priority.value, "age_hours": round(self.age_hours, 4)},
            "weights": {
                "churn_weight": self.weights.churn,
                "value_weight": self.weights.value,
                "urgency_weight": self.weights.urgency,
                "topic_alert_boost": self.weights.topic_alert,
            },
        }


def breakdown(inputs: Inputs, weights: Weights, now: datetime) -> Breakdown:
    """Every component of the ticket's score at `now`; never raises for odd numbers: they count as unknown."""
    return Breakdown(
        churn_risk=min(1.0, max(0.0, _known(inputs.churn_risk))) * weights.churn,
        customer_value=_known(inputs.ltv) / 1000 * weights.value,
        urgency=_URGENCY[inputs.priority] * weights.urgency,
        age=age(inputs.waiting_since, weights, now),
        difficulty=_DIFFICULTY[inputs.difficulty],
        sentiment=_FRUSTRATED if _frustrated(inputs.sentiment_score) else 0.0,
        topic_alert=weights.topic_alert if inputs.topic_alert else 0.0,
        sla=sla_points(inputs.sla, now),
        safety=weights.safety if inputs.in_danger else 0.0,
        age_hours=max(0.0, _hours(inputs.created_at, now)),
        inputs=inputs,
        weights=weights,
    )


def static_score(inputs: Inputs, weights: Weights, now: datetime) -> float:
    """The stored part of the score; it changes only with the ticket, its customer, and at SLA steps."""
    return breakdown(inputs, weights, now).static


def age(waiting_since: datetime | None, weights: Weights, now: datetime) -> float:
    """The part that moves with the clock: 0 where nobody waits."""
    if waiting_since is None:
        return 0.0
    hours = _hours(waiting_since, now)
    if weights.age_curve == "growing":
        return min(max(0.0, hours) / 24, _GROWING_AT_MOST)
    return 1 / max(hours, weights.age_floor_hours)


def sla_points(sla: Sla | None, now: datetime) -> float:
    """By the share of the target's time that is used; after the breach one more for each further day."""
    if sla is None:
        return 0.0
    if now >= sla.due_at:
        return min(_SLA_AT_MOST, _SLA_BREACH + (now - sla.due_at) // _DAY)
    return max((points for at, points in _steps(sla) if now >= at), default=0.0)


def next_sla_step(sla: Sla | None, now: datetime) -> datetime | None:
    """The instant after `now` at which the points change, or None: a timer for the stored score."""
    if sla is None:
        return None
    return min((at for at, _ in _steps(sla) if at > now), default=None)


def _steps(sla: Sla) -> list[tuple[datetime, float]]:
    span = max(sla.due_at - sla.started_at, timedelta())
    before = [(sla.started_at + span * share, points) for share, points in _SLA_STEPS[:-1]]
    days = range(int(_SLA_AT_MOST - _SLA_BREACH) + 1)
    return before + [(sla.due_at + _DAY * day, _SLA_BREACH + day) for day in days]


def _frustrated(score: float | None) -> bool:
    return score is not None and score < FRUSTRATED_BELOW


def _known(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def _hours(since: datetime, now: datetime) -> float:
    return (now - since) / timedelta(hours=1)
