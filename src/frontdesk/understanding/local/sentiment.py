"""How the customer feels, from words with valences, negation, intensity, capitals and punctuation."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from frontdesk.kit.words import fold
from frontdesk.understanding.local.text import View

_HAPPY = re.compile("[😀-😆😉-😍😘🥰🤗👍👏🙏❤💖🎉🔥😊🙂☺]|[:;]-?\\)+|\\){2,}")
_UNHAPPY = re.compile("[😞-😤😩😫😭😠😡🤬😢😖😣👎💩🤮😒🙄]|:-?\\(+|\\({2,}")
_REACH = 3
"""How many words before a valued one may negate or strengthen it."""
_SOFTNESS = 14.0


@dataclass(frozen=True, slots=True)
class Lexicon:
    exact: dict[str, float]
    prefixes: dict[str, float]
    negations: frozenset[str]
    stronger: frozenset[str]
    weaker: frozenset[str]


@dataclass(frozen=True, slots=True)
class Feeling:
    score: float
    """0..1, 0.5 neutral."""
    words: list[str]
    """What told it, most telling first."""


def feel(view: View, forms: list[str], language: str) -> Feeling:
    """The score of a text; 0.5 where no word tells anything."""
    codes = {"kk": ("kk", "ru"), "ru": ("ru",), "en": ("en",)}.get(language, ())
    lexicons = [_lexicon(code) for code in codes]
    told: list[tuple[float, str]] = []
    for place, form in enumerate(forms):
        value = next((found for lexicon in lexicons if (found := _valence(form, lexicon))), 0.0)
        if value:
            told.append((_in_context(value, place, forms, lexicons), form))
    total = sum(value for value, _ in told) + _signs(view.clean, told)
    told.sort(key=lambda item: -abs(item[0]))
    score = 0.5 + 0.5 * total / (total * total + _SOFTNESS) ** 0.5
    return Feeling(min(0.99, max(0.01, score)), [form for _, form in told[:5]])


def _in_context(value: float, place: int, forms: list[str], lexicons: list[Lexicon]) -> float:
    before = forms[max(0, place - _REACH) : place]
    after = forms[place + 1 : place + 2]
    for lexicon in lexicons:
        if any(form in lexicon.stronger for form in before[-2:]):
            value *= 1.35
        if any(form in lexicon.weaker for form in before[-2:]):
            value *= 0.7
        if any(form in lexicon.negations for form in before) or any(
            form in _AFTER_NEGATIONS for form in after
        ):
            # "Not bad" is mild praise, "not good" is a complaint.
            return -value * (0.4 if value < 0 else 0.8)
    return value


_AFTER_NEGATIONS = frozenset({"емес", "жок"})


def _signs(text: str, told: list[tuple[float, str]]) -> float:
    direction = 1.0 if sum(value for value, _ in told) > 0 else -1.0
    total = 1.5 * min(3, len(_HAPPY.findall(text))) - 2.0 * min(3, len(_UNHAPPY.findall(text)))
    shouted = sum(1 for word in re.findall(r"[^\W\d_]{4,}", text[:2_000]) if word.isupper())
    if shouted >= 2:
        total += direction * min(2.0, 0.5 * shouted)
    exclamations = min(4, text[:2_000].count("!"))
    if told:
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


def _valence(form: str, lexicon: Lexicon) -> float:
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
