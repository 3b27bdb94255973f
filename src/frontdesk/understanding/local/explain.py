"""Why a text was read as it was: the words that led there, and the examples it is most like."""

from frontdesk.terms import EscalationReason
from frontdesk.understanding.local.classify import Classes, pulling
from frontdesk.understanding.local.model import shipped
from frontdesk.understanding.local.neighbours import nearest

_SHOWN_BY = {
    EscalationReason.ANGER: ("abuse", "threat", "publicity"),
    EscalationReason.REFUND_ABOVE_POLICY: ("refund",),
}


def explain(
    classes: Classes,
    forms: list[str],
    felt: list[str],
    signals: dict[str, str],
    reason: EscalationReason | None,
) -> dict[str, list[str]]:
    """By field, what told it; `nearest` are training examples with their categories. Fields without any are left out."""
    told = pulling(shipped().words, {"category": classes.category, "intent": classes.intent}, forms)
    told["sentiment"] = felt
    names = _SHOWN_BY.get(reason, (reason.value,)) if reason is not None else ()
    told["escalation_reason"] = [signals[name] for name in names if name in signals]
    told["nearest"] = nearest(forms)
    return {field: shown for field, shown in told.items() if shown}
