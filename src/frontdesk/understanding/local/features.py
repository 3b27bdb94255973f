"""A text as weighted features: words, stems, pairs, letter n-grams, punctuation, topic words, valences.

Features are told apart by the CRC-32 of their names; what a model knows of them stands in its `Space`.
"""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from frontdesk.kit.translit import to_cyrillic
from frontdesk.kit.words import Word, fold, stem
from frontdesk.understanding.local.sentiment import Tone

_LONGEST = 24
_MOST_WORDS = 400
_MOST_CHARACTERS = 3_000
"""Of these the punctuation is looked at."""
_WORD, _PAIR, _GRAM, _TOPIC, _NUMBER, _MARK, _END = 1.0, 0.8, 0.4, 2.0, 0.4, 1.0, 0.7
_PUNCTUATION = re.compile(r"[^\w\s]+|_+")
_RUN = re.compile(r"\w+|[^\w\s]+")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_FIRST = np.ones(1, np.bool_)

Keys = NDArray[np.uint32]


class Bag(NamedTuple):
    """The features of one text: each key once, with how much of it there is."""

    keys: Keys
    values: NDArray[np.floating]


def forms_of(found: list[Word], language: str) -> list[str]:
    """The folded words as they are compared: Latin ones of ru and kk put into Cyrillic."""
    turn = language in {"ru", "kk"}
    return [
        to_cyrillic(form) if turn and form[0].isascii() and form.isalpha() else form
        for form, _, _ in found[:_MOST_WORDS]
    ]


def bag(text: str, forms: list[str], tones: list[Tone]) -> Bag:
    """What a text is made of; `forms` are its words as `forms_of` gives them. Empty for an empty text."""
    names = _pairs(forms)
    weights = [_PAIR] * len(names)
    for tone in tones:
        sign = "+" if (tone.value > 0) != tone.negated else "-"
        names.append(f"x {sign}{'n' if tone.negated else ''}")
        weights.append(abs(tone.value))
    loose = Bag(np.array([_key(name) for name in names], np.uint32), np.array(weights, np.float64))
    return _merged([*map(of_word, forms), loose, *_marks(text[:_MOST_CHARACTERS])])


def _merged(parts: list[Bag]) -> Bag:
    """Each key once, ascending, with the sum of its values."""
    keys = np.concatenate([part.keys for part in parts])
    if not len(keys):
        return Bag(keys, np.zeros(0, np.float32))
    order = np.argsort(keys)
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate([_FIRST, keys[1:] != keys[:-1]]))
    values = np.concatenate([part.values for part in parts])[order]
    return Bag(keys[starts], np.add.reduceat(values, starts).astype(np.float32))


def _pairs(forms: list[str]) -> list[str]:
    """Each word with the one before it; all numbers are alike."""
    if not forms:
        return []
    shown = ["^", *(form if form[0].isalpha() else "#" for form in forms), "$"]
    return [f"2 {first} {second}" for first, second in pairwise(shown)]


def _marks(text: str) -> list[Bag]:
    """Punctuation, smileys and capitals: `)))` tells more of a mood than most words."""
    found = [_of_mark(run[:8]) for run in _PUNCTUATION.findall(text)]
    if found:
        found += [_around_marks(token[:30]) for token in text.lower().split() if not token.isalnum()]
    shouted = sum(word.isupper() for word in _LETTERS.findall(text))
    if shouted:
        found.append(_one(f"capitals {min(shouted, 3)}", _MARK))
    last = _RUN.match(text.rstrip()[::-1])
    if last:
        found.append(_one(f"end {last.group()[::-1].lower()[:8]}", _END))
    return found


@lru_cache(maxsize=32_768)
def of_word(form: str) -> Bag:
    """The features of one word by itself; a letter run that it holds twice is there twice."""
    form = form[:_LONGEST]
    if form[0].isdigit():
        return _one(f"# {min(len(form), 6)}", _NUMBER)
    framed = f"_{form}_"
    found = [(f"w {form}", _WORD), (f"s {stem(form)}", _WORD)]
    found += [(f"g {framed[i : i + n]}", _GRAM) for n in (3, 4, 5) for i in range(len(framed) - n + 1)]
    found += [(f"t {topic}", _TOPIC) for topic in topics_of(form)]
    return _named(found)


@lru_cache(maxsize=4_096)
def _of_mark(run: str) -> Bag:
    return _named([(f"p {run[:6]}", _MARK), (f"q {run[0]} {min(len(run), 3)}", _MARK)])


@lru_cache(maxsize=8_192)
def _around_marks(token: str) -> Bag:
    """N-grams of a token that hold something else than letters and digits."""
    framed = f" {token} "
    pieces = (framed[i : i + n] for n in (2, 3, 4) for i in range(len(framed) - n + 1))
    return _named([(f"r {piece}", _GRAM) for piece in pieces if not piece.strip().isalnum()])


@lru_cache(maxsize=32_768)
def topics_of(form: str) -> tuple[str, ...]:
    """The categories that the lexicon says a word speaks for."""
    exact, prefixes = _lexicon()
    found = set(exact.get(form, ()))
    for length in range(2, len(form) + 1):
        found.update(prefixes.get(form[:length], ()))
    return tuple(sorted(found))


@cache
def _lexicon() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    raw = json.loads(files(__package__).joinpath("data/topics.json").read_text(encoding="utf-8"))
    exact: dict[str, list[str]] = {}
    prefixes: dict[str, list[str]] = {}
    for category, entries in raw.items():
        for entry in fold(entries).split():
            target, key = (prefixes, entry[:-1]) if entry.endswith("*") else (exact, entry)
            target.setdefault(key, []).append(category)
    return exact, prefixes


@lru_cache(maxsize=1_024)
def _one(name: str, value: float) -> Bag:
    return _named([(name, value)])


def _named(features: list[tuple[str, float]]) -> Bag:
    keys = [_key(name) for name, _ in features]
    return Bag(np.array(keys, np.uint32), np.array([value for _, value in features], np.float64))


def _key(name: str) -> int:
    # A lone surrogate of broken input must not stop the reading.
    return crc32(name.encode("utf-8", "surrogatepass"))
