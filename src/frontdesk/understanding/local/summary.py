"""The sentence of a text that says best what the customer wants."""

import math

from frontdesk.kit.words import forms as forms_in
from frontdesk.kit.words import sentences
from frontdesk.understanding.local.features import topics_of
from frontdesk.understanding.local.small_talk import small_talk

_LONGEST = 160
_MOST_SENTENCES = 60
_FEWEST = 3
"""Words that a sentence needs to mean something by itself."""
_SMALL_TALK = -0.5
_ASKING = frozenset(
    forms_in(
        "how when where what why which can could please need want help cancel refund return "
        "как когда где почему сколько можно можете хочу нужно нужен помогите подскажите прошу "
        "отмените верните қалай қашан қайда неге қанша қандай керек бола көмектесіңіз айтыңызшы"
    )
)


def summarise(clean: str, category: str) -> str:
    """The sentence with the best score, shortened at a word's end; empty for a text without words."""
    best, best_score = "", -math.inf
    for place, sentence in enumerate(sentences(clean)[:_MOST_SENTENCES]):
        forms = forms_in(sentence)
        if not forms:
            continue
        if small_talk(forms):
            score = -math.inf if best else _SMALL_TALK
        else:
            score = _score(sentence, forms, category) - 0.1 * place
        if score > best_score:
            best, best_score = sentence, score
    return _short(" ".join(best.split()))


def _score(sentence: str, forms: list[str], category: str) -> float:
    """Higher for words of the topic, words of asking and a question mark; lower where very long or very short."""
    on_topic = asking = 0
    for form in forms[:60]:
        on_topic += category in topics_of(form)
        asking += form in _ASKING
    wanted = min(on_topic, 3) + asking + 1.5 * _is_question(sentence, forms)
    return wanted - 0.02 * max(0, len(forms) - 20) - 1.5 * (len(forms) < _FEWEST)


def _is_question(sentence: str, forms: list[str]) -> bool:
    """ "Are you kidding?!" asks for nothing."""
    return "?" in sentence and "?!" not in sentence and len(forms) >= _FEWEST


def _short(sentence: str) -> str:
    greeting, comma, rest = sentence.partition(",")
    if comma and rest.strip() and small_talk(forms_in(greeting)):
        sentence = rest.strip()
        sentence = sentence[0].upper() + sentence[1:]
    if len(sentence) <= _LONGEST:
        return sentence
    return sentence[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"
