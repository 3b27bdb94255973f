"""A text as hashed features: words, their beginnings, pairs, letter n-grams, and topic words."""

import json
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from frontdesk.kit.words import Word, fold, stem
from frontdesk.understanding.local.translit import to_cyrillic

SIZE = 1 << 14
_MASK = SIZE - 1
_LONGEST = 24
_MOST_WORDS = 400
WORD, PAIR, GRAM, TOPIC = 1.0, 0.8, 0.4, 2.0
"""What the kinds of features weigh before the vector is scaled to length one."""

Indexes = NDArray[np.int32]
Vector = tuple[Indexes, NDArray[np.float32]]


def forms_of(found: list[Word], language: str) -> list[str]:
    """The folded words as they are compared: Latin ones of ru and kk put into Cyrillic."""
    turn = language in {"ru", "kk"}
    return [
        to_cyrillic(form) if turn and form[0].isascii() and form.isalpha() else form
        for form, _, _ in found[:_MOST_WORDS]
    ]


def vector(forms: list[str]) -> Vector:
    """Sparse unit vector of a text; empty arrays for a text without words."""
    weights: dict[int, float] = {}
    previous = "^"
    for form in forms:
        for index, weight in _of_word(form):
            weights[index] = weights.get(index, 0.0) + weight
        start = stem(form)
        pair = _hash(f"2 {previous} {start}")
        weights[pair] = weights.get(pair, 0.0) + PAIR
        previous = start
    values = np.sqrt(np.fromiter(weights.values(), np.float32, len(weights)))
    norm = float(np.sqrt(values @ values)) or 1.0
    return np.fromiter(weights, np.int32, len(weights)), (values / norm).astype(np.float32)


@lru_cache(maxsize=32_768)
def _of_word(form: str) -> tuple[tuple[int, float], ...]:
    form = form[:_LONGEST]
    if form[0].isdigit():
        return ((_hash(f"# {min(len(form), 6)}"), 0.4),)
    found = [(_hash(f"w {form}"), WORD), (_hash(f"s {stem(form)}"), WORD)]
    framed = f"_{form}_"
    found += [(_hash(f"g {framed[i : i + n]}"), GRAM) for n in (3, 4, 5) for i in range(len(framed) - n + 1)]
    found += [(_hash(f"t {topic}"), TOPIC) for topic in topics_of(form)]
    return tuple(found)


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


def _hash(feature: str) -> int:
    return crc32(feature.encode()) & _MASK
