"""When a person must take over: rules over what is known, in a written order. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from frontdesk.kit.words import stem, words
from frontdesk.settings import Settings
from frontdesk.terms import (
    FRUSTRATED_BELOW,
    HIGH_RISK_ABOVE,
    Category,
    EntityType,
    EscalationReason,
    Intent,
    SenderType,
)
from frontdesk.tickets.case import Case, Turn
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.reading import Entity, Reading


@dataclass(frozen=True, slots=True)
class EscalationRules:
    """The desk's thresholds."""

    confidence: float = 0.55
    """Answers below it go to a person."""
    risk_above: float = HIGH_RISK_ABOVE
    refund_limit: Decimal = Decimal(200_000)
    refund_currency: str = "KZT"
    churn_risk_above: float = 0.7
    churn_value_above: float = 1_000.0
    sentiment_drop: float = 0.3
    asks: int = 2
    """How often in a row the AI may ask back, and how often one question may be answered in vain."""


def rules_from(settings: Settings) -> EscalationRules:
    return EscalationRules(
        confidence=settings.answer_confidence,
        refund_limit=settings.refund_limit,
        refund_currency=settings.refund_currency.upper(),
        churn_risk_above=settings.churn_risk_above,
        churn_value_above=settings.churn_value_above,
    )


def before_answer(reading: Reading, case: Case, rules: EscalationRules) -> EscalationReason | None:
    """Why no answer must be tried, or None: the first rule that holds, the gravest first."""
    if reading.small_talk is not None:
        return None
    return next((reason for reason, holds in _BEFORE if holds(reading, case, rules)), None)


def after_answer(
    decision: Decision, case: Case, rules: EscalationRules, reading: Reading | None = None
) -> EscalationReason | None:
    """Why this decision must not be said as it stands, or None. `reading` spares small talk."""
    if decision.act is Act.ESCALATE:
        return decision.reason or EscalationReason.LOW_CONFIDENCE
    if reading is not None and reading.small_talk is not None:
        return None
    if decision.act is Act.ASK:
        return EscalationReason.REPEATED_FAILURE if _asks_again(decision, case, rules) else None
    if decision.confidence < rules.confidence:
        return EscalationReason.LOW_CONFIDENCE
    return EscalationReason.REPEATED_FAILURE if _in_vain(case) >= rules.asks else None


def _read_as(reason: EscalationReason) -> Callable[[Reading, Case, EscalationRules], bool]:
    """Understanding saw it in the text itself."""
    return lambda reading, _case, _rules: reading.escalate and reading.escalation_reason is reason


def _angry(reading: Reading, _case: Case, _rules: EscalationRules) -> bool:
    """Frustrated and abusive or threatening; disappointment alone is not."""
    seen = reading.escalate and reading.escalation_reason is EscalationReason.ANGER
    return seen and reading.sentiment_score < FRUSTRATED_BELOW


def _refund_too_large(reading: Reading, case: Case, rules: EscalationRules) -> bool:
    if _read_as(EscalationReason.REFUND_ABOVE_POLICY)(reading, case, rules):
        return True
    wanted = reading.intent is Intent.RETURN or "refund" in reading.tags
    asked = wanted and reading.category in (Category.RETURNS, Category.PAYMENT, Category.ORDER)
    return asked and any(
        _sum_of(entity, rules.refund_currency) > rules.refund_limit for entity in reading.entities
    )


def _sum_of(entity: Entity, currency: str) -> Decimal:
    """The amount where it is in the desk's currency, else 0: other currencies are understanding's matter."""
    if entity.type is not EntityType.AMOUNT or (entity.currency or currency) != currency:
        return Decimal(0)
    try:
        value = Decimal(entity.value)
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() else Decimal(0)


def _kept_for_people(reading: Reading, _case: Case, _rules: EscalationRules) -> bool:
    """A topic of the policy, or a wish to escalate that gives no reason."""
    return reading.escalate and reading.escalation_reason in (EscalationReason.POLICY, None)


def _risky(reading: Reading, _case: Case, rules: EscalationRules) -> bool:
    return reading.risk > rules.risk_above


def _leaving(reading: Reading, case: Case, rules: EscalationRules) -> bool:
    """A valuable customer, likely to leave, complains."""
    worth = case.contact.ltv > rules.churn_value_above and case.contact.churn_risk > rules.churn_risk_above
    return worth and reading.intent is Intent.COMPLAINT


def _turned_sour(reading: Reading, case: Case, rules: EscalationRules) -> bool:
    """Message by message the mood fell, until the customer is frustrated, although the AI had answered."""
    unmet = {turn.seq for turn in case.pending}
    earlier = [turn for turn in case.turns if turn.seq not in unmet]
    scores = [turn.sentiment_score for turn in earlier if turn.sentiment_score is not None]
    if len(scores) < 2 or not any(turn.sender_type is SenderType.AI for turn in earlier):
        return False
    now = reading.sentiment_score
    falling = scores[-2] >= scores[-1] > now
    return falling and now < FRUSTRATED_BELOW and max(scores) - now >= rules.sentiment_drop


def _foreign(reading: Reading, _case: Case, _rules: EscalationRules) -> bool:
    return reading.out_of_scope


_BEFORE: tuple[tuple[EscalationReason, Callable[[Reading, Case, EscalationRules], bool]], ...] = (
    (EscalationReason.SAFETY, _read_as(EscalationReason.SAFETY)),
    (EscalationReason.FRAUD, _read_as(EscalationReason.FRAUD)),
    (EscalationReason.LEGAL, _read_as(EscalationReason.LEGAL)),
    (EscalationReason.ASKS_HUMAN, _read_as(EscalationReason.ASKS_HUMAN)),
    (EscalationReason.ANGER, _angry),
    (EscalationReason.REFUND_ABOVE_POLICY, _refund_too_large),
    (EscalationReason.POLICY, _kept_for_people),
    (EscalationReason.HIGH_RISK, _risky),
    (EscalationReason.CHURN, _leaving),
    (EscalationReason.SENTIMENT_DROP, _turned_sour),
    (EscalationReason.OUT_OF_SCOPE, _foreign),
)
"""The written order."""


def _asks_again(decision: Decision, case: Case, rules: EscalationRules) -> bool:
    """The very same question back a second time, or asking back more often in a row than allowed."""
    asked = _asked_in_a_row(case)
    return len(asked) >= rules.asks or any(_gist(turn.content) == _gist(decision.content) for turn in asked)


def _asked_in_a_row(case: Case) -> list[Turn]:
    """What the AI asked back since it, or a person, last gave an answer."""
    asked: list[Turn] = []
    for turn in reversed(case.turns):
        if turn.sender_type is SenderType.CUSTOMER:
            continue
        if turn.sender_type is not SenderType.AI or turn.decision != Act.ASK:
            break
        asked.append(turn)
    return asked


def _in_vain(case: Case) -> int:
    """How many of the customer's earlier messages asked what is asked now, and were answered by the AI."""
    now = _gist("\n".join(turn.content for turn in case.pending))
    if not now:
        return 0
    met = zip(case.turns, case.turns[1:], strict=False)
    return sum(
        turn.sender_type is SenderType.CUSTOMER
        and reply.sender_type is SenderType.AI
        and _same(_gist(turn.content), now)
        for turn, reply in met
    )


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """One question in slightly other words; another number makes another question."""
    if {form for form in one ^ other if form.isdigit()}:
        return False
    return len(one & other) >= 0.8 * len(one | other)


def _gist(text: str) -> frozenset[str]:
    return frozenset(stem(word.form) for word in words(text[:2_000]))
