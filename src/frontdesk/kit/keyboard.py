"""Texts typed with the keyboard switched to the other alphabet: `rjulf ghbdtpen`, `црук шы`.

A text is read so only where its letters make no words as they stand and do make words when they are typed again;
both are told by how often three letters follow each other in customers' texts.
"""

import json
import math
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from frontdesk.kit.words import fold

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_SIGNS = {"&": "?", "/": "."}
"""What question mark and full stop of the Russian layout are on the English one."""

LONGEST = 300
"""Characters; a longer text was looked at by who typed it."""
_FEWEST = 5
"""Letters; fewer may be anything."""
_CLEARLY = 1.0
"""So much likelier each letter must be when it is typed again, as a logarithm."""
_LIKELY, _UNLIKELY = -3.2, -4.0
"""What words have at least, and what no words have at most."""
_UNSEEN = 3.0
_STOP = {".": -5.5, ",": -2.0}
"""How likely a word ends in a stop rather than in the letter of its key, as a logarithm."""

TOKEN = re.compile(r"\S+")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_CYRILLIC_LETTER = re.compile(r"[Ѐ-ӿ]")
_ADDRESS = re.compile(r"@|://|\bwww\.|\.\w{2,}/", re.IGNORECASE)
_MARKS = ".,!?-"
_EDGE = re.compile(r"(?<![?!)(\"«»…&/-])[?!)(\"«»…&/-]+\Z")


def retyped(text: str) -> dict[str, str]:
    """What each piece between spaces was meant to be; empty for a text that was typed as it was meant."""
    if len(text) > LONGEST or _ADDRESS.search(text):
        return {}
    latin, cyrillic = bool(_LATIN_LETTER.search(text)), bool(_CYRILLIC_LETTER.search(text))
    return _retyped(text, latin) if latin != cyrillic else {}


@lru_cache(maxsize=2_048)
def _retyped(text: str, latin: bool) -> dict[str, str]:
    typed, meant = _models()
    if not latin:
        typed, meant = meant, typed
    pieces = {piece: _again(piece, latin, meant) for piece in TOKEN.findall(text)}
    now = [fold(piece.strip(_MARKS)) for piece, again in pieces.items() if again != piece]
    then = [fold(again.strip(_MARKS)) for piece, again in pieces.items() if again != piece]
    if sum(map(len, then)) < _FEWEST or not _makes_words_now(_mean(typed, now), _mean(meant, then)):
        return {}
    return pieces


def _mean(letters: "_Letters", words: list[str]) -> float:
    return sum(map(letters.value, words)) / sum(len(word) + 1 for word in words)


def _makes_words_now(typed: float, meant: float) -> bool:
    return typed <= _UNLIKELY and meant >= _LIKELY and meant - typed >= _CLEARLY


def _again(piece: str, latin: bool, meant: "_Letters") -> str:
    """A piece typed on the other layout; what holds a figure stays as it is."""
    if any(map(str.isdigit, piece)) or not any(map(str.isalpha, piece)):
        return piece
    edge = _EDGE.search(piece)
    body, end = (piece[: edge.start()], edge.group()) if edge else (piece, "")
    if not latin:
        return body.translate(_TO_LATIN) + end
    end = "".join(_SIGNS.get(sign, sign) for sign in end)
    whole = body.translate(_TO_CYRILLIC)
    if body[-1:] not in {",", "."}:
        return whole + end
    # `.` and `,` are letters of the Russian layout, and stops of both.
    cut = whole[:-1]
    as_letter, as_stop = (meant.value(fold(word)) for word in (whole, cut))
    return (whole if as_letter > as_stop + _STOP[body[-1]] else cut + body[-1]) + end


class _Letters(NamedTuple):
    """How often letters follow each other in the words of one alphabet."""

    triples: dict[str, float]
    pairs: dict[str, float]
    singles: dict[str, float]
    """As shares of 0..1."""

    def value(self, word: str) -> float:
        """The logarithm of how likely the word's letters are; the sum over them."""
        framed = f"__{word}_"
        return sum(self._of(framed[at : at + 3]) for at in range(len(framed) - 2))

    def _of(self, triple: str) -> float:
        share = self.singles.get(triple[2], 1e-4)
        seen = self.triples.get(triple, 0.0)
        return math.log((seen + _UNSEEN * share) / (self.pairs.get(triple[:2], 0.0) + _UNSEEN))


@cache
def _models() -> tuple[_Letters, _Letters]:
    """Of Latin and of Cyrillic letters."""
    stored = json.loads(files(__package__).joinpath("triples.json").read_text(encoding="utf-8"))
    latin, cyrillic = (_letters(stored[alphabet]) for alphabet in ("latin", "cyrillic"))
    return latin, cyrillic


def _letters(stored: dict[str, dict[str, float]]) -> _Letters:
    """By the two letters before, how often each third one follows."""
    triples = {f"{pair}{third}": count for pair, after in stored.items() for third, count in after.items()}
    pairs = {pair: sum(after.values()) for pair, after in stored.items()}
    singles: dict[str, float] = {}
    for triple, count in triples.items():
        singles[triple[2]] = singles.get(triple[2], 0.0) + count
    total = sum(singles.values())
    return _Letters(triples, pairs, {letter: count / total for letter, count in singles.items()})
