"""One short sentence out of the text: what is wanted."""

from frontdesk.kit.words import fold, sentences, words
from frontdesk.terms import Intent
from frontdesk.understanding.local.features import topics_of
from frontdesk.understanding.local.small_talk import small_talk

_LONGEST = 160
_MOST_SENTENCES = 60
_FEWEST = 3
"""Words of a sentence that says something by itself."""
_ASKING = frozenset(
    word.form
    for word in words(
        "how when where what why which can could please need want help cancel refund return "
        "как когда где почему сколько можно можете хочу нужно нужен помогите подскажите прошу "
        "отмените верните қалай қашан қайда неге қанша қандай керек бола көмектесіңіз айтыңызшы"
    )
)


def summarise(clean: str, category: str, intent: Intent) -> str:
    """The sentence that says most of what is wanted, shortened at a word; empty for a text without words."""
    best, best_score = "", -1.0
    for place, sentence in enumerate(sentences(clean)[:_MOST_SENTENCES]):
        forms = [word.form for word in words(sentence)]
        if not forms or (small_talk(forms) and best):
            continue
        told = sum(1.0 for form in forms[:60] if category in topics_of(form))
        asked = sum(1.0 for form in forms[:60] if form in _ASKING) + 1.5 * _is_question(sentence, forms)
        score = min(told, 3.0) + asked - 0.1 * place - 0.02 * max(0, len(forms) - 20)
        if small_talk(forms):
            score = -0.5
        elif len(forms) < _FEWEST:
            score -= 1.0
        if score > best_score:
            best, best_score = sentence, score
    return _short(" ".join(best.split()))


def _is_question(sentence: str, forms: list[str]) -> bool:
    """ "Are you kidding?!" asks for nothing."""
    return "?" in sentence and "?!" not in sentence and len(forms) >= _FEWEST


def _short(sentence: str) -> str:
    greeting, comma, rest = sentence.partition(",")
    if comma and rest.strip() and small_talk([word.form for word in words(fold(greeting))]):
        sentence = rest.strip()
        sentence = sentence[0].upper() + sentence[1:]
    if len(sentence) <= _LONGEST:
        return sentence
    return sentence[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"
