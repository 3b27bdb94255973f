"""When a person must take over: rules in a written order. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from frontdesk.kit.signature import message_of
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
    repeats: int = 2
    """How often in a row the AI may ask back, and how often one question may be answered without success."""


def rules_from(settings: Settings) -> EscalationRules:
    return EscalationRules(
        confidence=settings.answer_confidence,
        refund_limit=settings.refund_limit,
        refund_currency=settings.refund_currency.upper(),
        churn_risk_above=settings.churn_risk_above,
        churn_value_above=settings.churn_value_above,
    )


def before_answer(reading: Reading, case: Case, rules: EscalationRules) -> EscalationReason | None:
    """Why the AI must not answer, or None: the first rule that holds, the most serious first."""
    if reading.asks_nothing:
        return None
    return next((reason for reason, holds in _BEFORE if holds(reading, case, rules)), None)


def after_answer(
    decision: Decision, case: Case, rules: EscalationRules, reading: Reading | None = None
) -> EscalationReason | None:
    """Why this decision must go to a person, or None. Small talk, known by `reading`, never does."""
    if decision.act is Act.ESCALATE:
        return decision.reason or EscalationReason.LOW_CONFIDENCE
    if approval := next((action.approval for action in decision.actions if action.approval), None):
        return approval
    if reading is not None and (reading.small_talk or (reading.short_reply and decision.act is Act.ANSWER)):
        return None
    if decision.act is Act.ASK:
        return EscalationReason.REPEATED_FAILURE if _asks_again(decision, case, rules) else None
    if decision.confidence < rules.confidence:
        return EscalationReason.LOW_CONFIDENCE
    return EscalationReason.REPEATED_FAILURE if _answered_before(case) >= rules.repeats else None


def _detected(reason: EscalationReason) -> Callable[[Reading, Case, EscalationRules], bool]:
    """A rule for a reason that understanding found in the text."""
    return lambda reading, _case, _rules: reading.escalate and reading.escalation_reason is reason


def _angry(reading: Reading, _case: Case, _rules: EscalationRules) -> bool:
    """Frustrated, and abusive or threatening; disappointment alone is not enough."""
    detected = reading.escalate and reading.escalation_reason is EscalationReason.ANGER
    return detected and reading.sentiment_score < FRUSTRATED_BELOW


def _refund_too_large(reading: Reading, case: Case, rules: EscalationRules) -> bool:
    if _detected(EscalationReason.REFUND_ABOVE_POLICY)(reading, case, rules):
        return True
    wanted = reading.intent is Intent.RETURN or "refund" in reading.tags
    asked = wanted and reading.category in (Category.RETURNS, Category.PAYMENT, Category.ORDER)
    return asked and any(
        _sum_of(entity, rules.refund_currency) > rules.refund_limit for entity in reading.entities
    )


def _sum_of(entity: Entity, currency: str) -> Decimal:
    """The amount if it is in the desk's currency, else 0: understanding handles other currencies."""
    if entity.type is not EntityType.AMOUNT or (entity.currency or currency) != currency:
        return Decimal(0)
    try:
        value = Decimal(entity.value)
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() else Decimal(0)


def _policy_topic(reading: Reading, _case: Case, _rules: EscalationRules) -> bool:
    """A topic that policy leaves to people, or an escalation for which understanding gave no reason."""
    return reading.escalate and reading.escalation_reason in (EscalationReason.POLICY, None)


def _risky(reading: Reading, _case: Case, rules: EscalationRules) -> bool:
    return reading.risk > rules.risk_above


def _likely_to_leave(reading: Reading, case: Case, rules: EscalationRules) -> bool:
    """A valuable customer who is likely to leave complains."""
    at_stake = case.contact.ltv > rules.churn_value_above and case.contact.churn_risk > rules.churn_risk_above
    return at_stake and reading.intent is Intent.COMPLAINT


def _sentiment_dropped(reading: Reading, case: Case, rules: EscalationRules) -> bool:
    """Sentiment fell with each message until the customer was frustrated, although the AI had answered."""
    pending = {turn.seq for turn in case.pending}
    earlier = [turn for turn in case.turns if turn.seq not in pending]
    scores = [turn.sentiment_score for turn in earlier if turn.sentiment_score is not None]
    if len(scores) < 2 or not any(turn.sender_type is SenderType.AI for turn in earlier):
        return False
    now = reading.sentiment_score
    falling = scores[-2] >= scores[-1] > now
    return falling and now < FRUSTRATED_BELOW and max(scores) - now >= rules.sentiment_drop


def _out_of_scope(reading: Reading, _case: Case, _rules: EscalationRules) -> bool:
    return reading.out_of_scope


_BEFORE: tuple[tuple[EscalationReason, Callable[[Reading, Case, EscalationRules], bool]], ...] = (
    (EscalationReason.SAFETY, _detected(EscalationReason.SAFETY)),
    (EscalationReason.FRAUD, _detected(EscalationReason.FRAUD)),
    (EscalationReason.LEGAL, _detected(EscalationReason.LEGAL)),
    (EscalationReason.ASKS_HUMAN, _detected(EscalationReason.ASKS_HUMAN)),
    (EscalationReason.ANGER, _angry),
    (EscalationReason.REFUND_ABOVE_POLICY, _refund_too_large),
    (EscalationReason.POLICY, _policy_topic),
    (EscalationReason.HIGH_RISK, _risky),
    (EscalationReason.CHURN, _likely_to_leave),
    (EscalationReason.SENTIMENT_DROP, _sentiment_dropped),
    (EscalationReason.OUT_OF_SCOPE, _out_of_scope),
)
"""In the order in which they are tried."""


def _asks_again(decision: Decision, case: Case, rules: EscalationRules) -> bool:
    """The AI would ask the same question again, or ask back more often in a row than allowed.

    That only the customer can prove who they are is no failure of the AI: it may say so once more.
    """
    asked = _asked_in_a_row(case)
    if len(asked) >= rules.repeats:
        return True
    return not decision.awaits_proof and any(
        _stems(turn.content) == _stems(decision.content) for turn in asked
    )


def _asked_in_a_row(case: Case) -> list[Turn]:
    """What the AI asked back since the last answer by itself or a person."""
    asked: list[Turn] = []
    for turn in reversed(case.turns):
        if turn.sender_type is SenderType.CUSTOMER:
            continue
        if turn.sender_type is not SenderType.AI or turn.decision != Act.ASK:
            break
        asked.append(turn)
    return asked


def _answered_before(case: Case) -> int:
    """How many earlier messages asked the same as the pending ones, and were answered by the AI."""
    now = _stems("\n".join(turn.content for turn in case.pending))
    if not now:
        return 0
    exchanges = zip(case.turns, case.turns[1:], strict=False)
    return sum(
        turn.sender_type is SenderType.CUSTOMER
        and reply.sender_type is SenderType.AI
        and _same_question(_stems(turn.content), now)
        for turn, reply in exchanges
    )


def _same_question(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether most stems are shared and every number is the same."""
    if {form for form in first ^ second if form.isdigit()}:
        return False
    return len(first & second) >= 0.8 * len(first | second)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word.form) for word in words(message_of(text[:2_000])))
