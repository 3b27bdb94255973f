"""The customer's sentiment, from words with valences, negation, intensity, capitals and punctuation."""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from frontdesk.kit.words import fold
from frontdesk.understanding.local.text import View

_HAPPY = re.compile("[😀-😆😉-😍😘🥰🤗👍👏🙏❤💖🎉🔥😊🙂☺]|[:;]-?\\)+|\\){2,}")
_UNHAPPY = re.compile("[😞-😤😩😫😭😠😡🤬😢😖😣👎💩🤮😒🙄]|:-?\\(+|\\({2,}")
_SMILEY = re.compile("[()\u2600-\U0001faff]")
"""Part of every match of the two above."""
_REACH = 3
"""How many words before a word with a valence can negate it."""
_SOFTNESS = 14.0
_READ_FOR = {"kk": ("kk", "ru"), "ru": ("ru",), "en": ("en",)}


@dataclass(frozen=True, slots=True)
class Lexicon:
    exact: dict[str, float]
    prefixes: dict[str, float]
    negations: frozenset[str]
    stronger: frozenset[str]
    weaker: frozenset[str]


@dataclass(frozen=True, slots=True)
class SentimentScore:
    score: float
    """0..1, 0.5 neutral."""
    words: list[str]
    """The words that decided, strongest first."""


class SentimentWord(NamedTuple):
    place: int
    form: str
    value: float
    """The valence of the word by itself: 1 to 3, negative for negative words."""
    negated: bool


def sentiment_words(forms: list[str], language: str) -> list[SentimentWord]:
    """The words of a text with a valence, in order; Kazakh texts are searched for Russian words too."""
    codes = _READ_FOR.get(language, ())
    valued: list[SentimentWord] = []
    for place, form in enumerate(forms):
        for code in codes:
            value = _valence(form, code)
            if value:
                valued.append(SentimentWord(place, form, value, _is_negated(place, forms, codes)))
                break
    return valued


def score_sentiment(
    view: View, forms: list[str], valued: list[SentimentWord], language: str
) -> SentimentScore:
    """The score of a text; 0.5 where no word has a valence."""
    lexicons = [_lexicon(code) for code in _READ_FOR.get(language, ())]
    weighed = [(_in_context(word, forms, lexicons), word.form) for word in valued]
    total = sum(value for value, _ in weighed) + _signs(view.clean, weighed)
    weighed.sort(key=lambda item: -abs(item[0]))
    score = 0.5 + 0.5 * total / (total * total + _SOFTNESS) ** 0.5
    return SentimentScore(min(0.99, max(0.01, score)), [form for _, form in weighed[:5]])


def _is_negated(place: int, forms: list[str], codes: tuple[str, ...]) -> bool:
    before = forms[max(0, place - _REACH) : place]
    after = forms[place + 1 : place + 2]
    return any(
        any(form in _lexicon(code).negations for form in before)
        or any(form in _AFTER_NEGATIONS for form in after)
        for code in codes
    )


def _in_context(word: SentimentWord, forms: list[str], lexicons: list[Lexicon]) -> float:
    value = word.value
    before = forms[max(0, word.place - 2) : word.place]
    for lexicon in lexicons:
        if any(form in lexicon.stronger for form in before):
            value *= 1.35
        if any(form in lexicon.weaker for form in before):
            value *= 0.7
    # "Not bad" is mild praise, "not good" is a complaint.
    return -value * (0.4 if value < 0 else 0.8) if word.negated else value


_AFTER_NEGATIONS = frozenset({"емес", "жок"})


def _signs(text: str, weighed: list[tuple[float, str]]) -> float:
    direction = 1.0 if sum(value for value, _ in weighed) > 0 else -1.0
    total = 0.0
    if _SMILEY.search(text):
        total = 1.5 * min(3, len(_HAPPY.findall(text))) - 2.0 * min(3, len(_UNHAPPY.findall(text)))
    shouted = sum(1 for word in re.findall(r"[^\W\d_]{4,}", text[:2_000]) if word.isupper())
    if shouted >= 2:
        total += direction * min(2.0, 0.5 * shouted)
    exclamations = min(4, text[:2_000].count("!"))
    if weighed:
        total += direction * 0.4 * exclamations
    if "??" in text or "?!" in text:
        total -= 0.8
    return total


@cache
def _lexicon(code: str) -> Lexicon:
    raw = _file()[code]
    exact: dict[str, float] = {}
    prefixes: dict[str, float] = {}
    for sign, side in ((-1.0, "negative"), (1.0, "positive")):
        for strength, entries in raw[side].items():
            for entry in fold(entries).split():
                target, key = (prefixes, entry[:-1]) if entry.endswith("*") else (exact, entry)
                target[key] = sign * float(strength)
    named = {name: frozenset(fold(raw[name]).split()) for name in ("negation", "stronger", "weaker")}
    return Lexicon(exact, prefixes, named["negation"], named["stronger"], named["weaker"])


@lru_cache(maxsize=65_536)
def _valence(form: str, code: str) -> float:
    lexicon = _lexicon(code)
    if form in lexicon.exact:
        return lexicon.exact[form]
    for length in range(len(form), 2, -1):
        if form[:length] in lexicon.prefixes:
            return lexicon.prefixes[form[:length]]
    return 0.0


@cache
def _file() -> dict[str, Any]:
    text = files(__package__).joinpath("data/sentiment.json").read_text(encoding="utf-8")
    raw: dict[str, Any] = json.loads(text)
    return raw
