"""One short sentence out of the text: what is wanted."""

import math

from frontdesk.kit.words import forms as forms_in
from frontdesk.kit.words import sentences
from frontdesk.understanding.local.features import topics_of
from frontdesk.understanding.local.small_talk import small_talk

_LONGEST = 160
_MOST_SENTENCES = 60
_FEWEST = 3
"""Words of a sentence that says something by itself."""
_SMALL_TALK = -0.5
_ASKING = frozenset(
    forms_in(
        "how when where what why which can could please need want help cancel refund return "
        "как когда где почему сколько можно можете хочу нужно нужен помогите подскажите прошу "
        "отмените верните қалай қашан қайда неге қанша қандай керек бола көмектесіңіз айтыңызшы"
    )
)


def summarise(clean: str, category: str) -> str:
    """The sentence that says most of what is wanted, shortened at a word; empty for a text without words."""
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
    """How much a sentence tells of the matter, and asks for."""
    told = asked = 0
    for form in forms[:60]:
        told += category in topics_of(form)
        asked += form in _ASKING
    wanted = min(told, 3) + asked + 1.5 * _is_question(sentence, forms)
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
