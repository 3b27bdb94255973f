"""Rules over a classified text: escalation reason, priority, risk, difficulty and tags."""

from dataclasses import dataclass
from decimal import Decimal

from frontdesk.terms import (
    FRUSTRATED_BELOW,
    Category,
    Difficulty,
    EntityType,
    EscalationReason,
    Intent,
    Priority,
)
from frontdesk.tickets.reading import Entity

REFUND_LIMITS = {
    "KZT": Decimal(200_000),
    "RUB": Decimal(35_000),
    "USD": Decimal(400),
    "EUR": Decimal(380),
    "GBP": Decimal(320),
}
"""Refunds above these sums are decided by a person."""
_RISK = {
    EscalationReason.SAFETY: 0.92,
    EscalationReason.FRAUD: 0.85,
    EscalationReason.LEGAL: 0.8,
    EscalationReason.ANGER: 0.72,
    EscalationReason.REFUND_ABOVE_POLICY: 0.6,
    EscalationReason.ASKS_HUMAN: 0.35,
}
SENTIMENT_DROPS = {
    "abuse": 0.2,
    "threat": 0.1,
    "publicity": 0.08,
    "legal": 0.12,
    "impatience": 0.12,
    "fraud": 0.08,
}
"""What each of these signals takes from the sentiment score."""
_SIGNALS_OF: dict[EscalationReason, tuple[str, ...]] = {
    EscalationReason.SAFETY: ("safety", "safety_sure"),
    EscalationReason.FRAUD: ("fraud", "fraud_sure"),
    EscalationReason.LEGAL: ("legal", "legal_sure"),
    EscalationReason.ANGER: ("abuse", "threat", "publicity"),
    EscalationReason.ASKS_HUMAN: ("asks_human",),
}
"""The signals of each reason."""
_ALONE = {
    EscalationReason.SAFETY: "safety_sure",
    EscalationReason.FRAUD: "fraud_sure",
    EscalationReason.LEGAL: "legal_sure",
}
"""Signals that call a person whatever the model thinks: a danger that is missed costs more than a false alarm."""
_LOOK_ALIKE = "look_alike"
"""Words of danger where there is none (a smoke detector, a food court): the model must not be led by them."""
_LEAST_ALONE = 0.75
_REFUND = "refund"
_ENOUGH, _WITH_A_SIGNAL, _SURE = 0.5, 0.1, 0.7
"""Chances, chosen on held-out utterances: precision 0.95, recall 0.77 (the signals alone: 0.86, 0.50)."""
_MONEY = frozenset({Category.PAYMENT, Category.BILLING})


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """Everything that the rules depend on."""

    category: Category
    intent: Intent
    sentiment: float
    signals: dict[str, str]
    reasons: dict[str, float]
    """By reason, the probability that a person must answer."""
    entities: tuple[Entity, ...]
    words: int


def reason_of(facts: ReadingFacts) -> EscalationReason | None:
    """The likeliest reason for a person that the text itself gives, or None."""
    if _REFUND in facts.signals and any(map(_above_limit, facts.entities)):
        return EscalationReason.REFUND_ABOVE_POLICY
    called = {reason: chance for reason in _SIGNALS_OF if (chance := _chance(reason, facts))}
    if called:
        return max(called, key=lambda reason: called[reason])
    return EscalationReason.POLICY if "policy" in facts.signals else None


def _chance(reason: EscalationReason, facts: ReadingFacts) -> float:
    """The model's probability where it is enough to call a person (with a signal less is enough), else 0."""
    chance = facts.reasons.get(reason, 0.0)
    if reason in _ALONE and _ALONE[reason] in facts.signals:
        return max(chance, _LEAST_ALONE)
    if reason in _ALONE and _LOOK_ALIKE in facts.signals:
        return 0.0
    signed = any(sign in facts.signals for sign in _SIGNALS_OF[reason])
    if reason is EscalationReason.ANGER and facts.sentiment >= FRUSTRATED_BELOW:
        signed = False
    # A text that only mentions a manager, or a rude person, is the most frequent false alarm.
    alone = _SURE if reason in {EscalationReason.ANGER, EscalationReason.ASKS_HUMAN} else _ENOUGH
    return chance if chance > alone or (signed and chance > _WITH_A_SIGNAL) else 0.0


def _above_limit(entity: Entity) -> bool:
    if entity.type is not EntityType.AMOUNT:
        return False
    return Decimal(entity.value) > REFUND_LIMITS.get(entity.currency or "KZT", REFUND_LIMITS["KZT"])


def priority_of(facts: ReadingFacts, reason: EscalationReason | None) -> Priority:
    """Contracts: urgent, high, low, and normal for the rest."""
    angry = facts.sentiment < FRUSTRATED_BELOW
    if reason in {EscalationReason.SAFETY, EscalationReason.FRAUD}:
        return Priority.URGENT
    if reason is EscalationReason.LEGAL or "publicity" in facts.signals:
        return Priority.URGENT if angry or facts.sentiment < 0.45 else Priority.HIGH
    if angry or reason is EscalationReason.ANGER:
        return Priority.HIGH
    if (
        reason in {EscalationReason.ASKS_HUMAN, EscalationReason.REFUND_ABOVE_POLICY}
        and facts.sentiment < 0.4
    ):
        return Priority.HIGH
    if facts.intent is Intent.COMPLAINT and facts.category is not Category.FEATURE_REQUEST:
        return Priority.HIGH
    if facts.intent is Intent.PRAISE or facts.category is Category.FEATURE_REQUEST:
        return Priority.LOW
    return (
        Priority.LOW if facts.category is Category.OTHER and facts.intent is Intent.OTHER else Priority.NORMAL
    )


def risk_of(facts: ReadingFacts, reason: EscalationReason | None, priority: Priority) -> float:
    """0..1: the reason's own risk, or the sum of sentiment, money and urgency where that is more."""
    risk = 0.08 + 0.5 * max(0.0, 0.5 - facts.sentiment)
    risk += {Priority.URGENT: 0.35, Priority.HIGH: 0.15, Priority.NORMAL: 0.0, Priority.LOW: -0.05}[priority]
    if facts.category in _MONEY and facts.intent is Intent.COMPLAINT:
        risk += 0.1
    if reason is not None:
        risk = max(risk, _RISK.get(reason, 0.4) + 0.1 * max(0.0, 0.5 - facts.sentiment))
    return round(min(0.99, max(0.02, risk)), 3)


def difficulty_of(facts: ReadingFacts, reason: EscalationReason | None) -> Difficulty:
    """Complex where money is to be returned, a person must decide, or the text is long."""
    if reason not in {None, EscalationReason.ASKS_HUMAN} or facts.words > 150:
        return Difficulty.COMPLEX
    if facts.intent is Intent.COMPLAINT and (facts.category in _MONEY or facts.category is Category.RETURNS):
        return Difficulty.COMPLEX
    if facts.intent in {Intent.QUESTION, Intent.PRAISE, Intent.OTHER} and facts.words <= 40:
        return Difficulty.EASY
    return Difficulty.NORMAL


def tags_of(facts: ReadingFacts, wants_status: bool) -> tuple[str, ...]:
    """Free labels in a fixed order."""
    tags = [
        ("order_status", wants_status),
        ("refund", "refund" in facts.signals),
        ("return", facts.intent is Intent.RETURN),
        ("cancellation", facts.intent is Intent.CANCEL),
        ("wants_person", "asks_human" in facts.signals),
        ("safety", bool({"safety", "safety_sure"} & facts.signals.keys())),
        ("fraud", bool({"fraud", "fraud_sure"} & facts.signals.keys())),
        ("legal", bool({"legal", "legal_sure"} & facts.signals.keys())),
        ("publicity", "publicity" in facts.signals),
        ("warranty", "warranty" in facts.signals),
        ("installments", "installments" in facts.signals),
        ("late_delivery", "late" in facts.signals and facts.category is Category.DELIVERY),
        ("damaged", "damaged" in facts.signals),
        ("double_charge", "double_charge" in facts.signals),
        ("password", "password" in facts.signals),
        ("promo_code", "promo" in facts.signals),
        ("how_to", "how_to" in facts.signals and not wants_status),
    ]
    return tuple(tag for tag, holds in tags if holds)
