"""Why a text was read as it was: the words that decided, and the most similar training examples."""

from frontdesk.terms import EscalationReason
from frontdesk.understanding.local.classify import Classes, strongest_words
from frontdesk.understanding.local.model import shipped
from frontdesk.understanding.local.neighbours import nearest

_SHOWN_BY = {
    EscalationReason.ANGER: ("abuse", "threat", "publicity"),
    EscalationReason.REFUND_ABOVE_POLICY: ("refund",),
}


def explain(
    classes: Classes,
    forms: list[str],
    sentiment_words: list[str],
    signals: dict[str, str],
    reason: EscalationReason | None,
) -> dict[str, list[str]]:
    """By field, the words that decided; under `nearest`, training examples with their categories.

    Empty fields are left out.
    """
    explanation = strongest_words(
        shipped().words, {"category": classes.category, "intent": classes.intent}, forms
    )
    explanation["sentiment"] = sentiment_words
    names = _SHOWN_BY.get(reason, (reason.value,)) if reason is not None else ()
    explanation["escalation_reason"] = [signals[name] for name in names if name in signals]
    explanation["nearest"] = nearest(forms)
    return {field: shown for field, shown in explanation.items() if shown}
