"""Why a text was read as it was: the words that decided, and the most similar training examples."""

from frontdesk.knowledge.stopwords import STOP_WORDS
from frontdesk.terms import EscalationReason
from frontdesk.understanding.local.classify import Classes, strongest_words
from frontdesk.understanding.local.model import shipped
from frontdesk.understanding.local.neighbours import nearest
from frontdesk.understanding.local.text import View

_EMPTY = frozenset(("сих", "пор")).union(*STOP_WORDS.values())
_SHOWN_BY = {
    EscalationReason.ANGER: ("abuse", "threat", "publicity"),
    EscalationReason.REFUND_ABOVE_POLICY: ("refund",),
}


def explain(
    classes: Classes,
    whole: View,
    forms: list[str],
    sentiment_words: list[str],
    signals: dict[str, str],
    reason: EscalationReason | None,
) -> dict[str, list[str]]:
    """By field, the words that decided, as they were written; under `nearest`, examples with their categories.

    Words without a subject of their own explain nothing to a person, whatever they weigh: a field is left out
    rather than told by such.
    """
    telling = [form for form in forms if form not in _EMPTY and not form[0].isdigit()]
    labels = {"category": classes.category, "intent": classes.intent}
    written = {
        form: whole.clean[word.start : word.end].lower()
        for form, word in zip(forms, whole.words, strict=False)
    }
    deciding = {**strongest_words(shipped().words, labels, telling), "sentiment": sentiment_words}
    explanation = {field: [written.get(form, form) for form in words] for field, words in deciding.items()}
    names = _SHOWN_BY.get(reason, (reason.value,)) if reason is not None else ()
    explanation["escalation_reason"] = [signals[name] for name in names if name in signals]
    explanation["nearest"] = nearest(forms)
    return {field: shown for field, shown in explanation.items() if shown}
