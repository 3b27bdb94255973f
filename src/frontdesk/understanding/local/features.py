"""A text as weighted features: words, stems, pairs, letter n-grams, punctuation, topic words, valences.

A feature's key is the CRC-32 of its name; the features that a model knows are in its `Space`.
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
from frontdesk.understanding.local.sentiment import SentimentWord

_LONGEST = 24
_MOST_WORDS = 400
_MOST_CHARACTERS = 3_000
"""Punctuation is read in the first so many characters."""
_WORD, _PAIR, _GRAM, _TOPIC, _NUMBER, _MARK, _END = 1.0, 0.8, 0.4, 2.0, 0.4, 1.0, 0.7
_PUNCTUATION = re.compile(r"[^\w\s]+|_+")
_RUN = re.compile(r"\w+|[^\w\s]+")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_FIRST = np.ones(1, np.bool_)

Keys = NDArray[np.uint32]


class Bag(NamedTuple):
    """The features of a text: each key once, with its weight."""

    keys: Keys
    values: NDArray[np.floating]


def forms_of(words: list[Word], language: str) -> list[str]:
    """The folded words in the form they are compared in: in ru and kk, Latin ones become Cyrillic."""
    turn = language in {"ru", "kk"}
    return [
        to_cyrillic(form) if turn and form[0].isascii() and form.isalpha() else form
        for form, _, _ in words[:_MOST_WORDS]
    ]


def bag(text: str, forms: list[str], valued: list[SentimentWord]) -> Bag:
    """The features of a text; `forms` are its words from `forms_of`. Empty for an empty text."""
    names = _pairs(forms)
    weights = [_PAIR] * len(names)
    for word in valued:
        sign = "+" if (word.value > 0) != word.negated else "-"
        names.append(f"x {sign}{'n' if word.negated else ''}")
        weights.append(abs(word.value))
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
    """Each word with the one before it; all numbers count as the same word."""
    if not forms:
        return []
    shown = ["^", *(form if form[0].isalpha() else "#" for form in forms), "$"]
    return [f"2 {first} {second}" for first, second in pairwise(shown)]


def _marks(text: str) -> list[Bag]:
    """Punctuation, smileys and capitals: `)))` shows a mood better than most words."""
    bags = [_of_mark(run[:8]) for run in _PUNCTUATION.findall(text)]
    if bags:
        bags += [_around_marks(token[:30]) for token in text.lower().split() if not token.isalnum()]
    shouted = sum(word.isupper() for word in _LETTERS.findall(text))
    if shouted:
        bags.append(_single(f"capitals {min(shouted, 3)}", _MARK))
    last = _RUN.match(text.rstrip()[::-1])
    if last:
        bags.append(_single(f"end {last.group()[::-1].lower()[:8]}", _END))
    return bags


@lru_cache(maxsize=32_768)
def of_word(form: str) -> Bag:
    """The features of a single word; an n-gram that occurs twice is there twice."""
    form = form[:_LONGEST]
    if form[0].isdigit():
        return _single(f"# {min(len(form), 6)}", _NUMBER)
    framed = f"_{form}_"
    features = [(f"w {form}", _WORD), (f"s {stem(form)}", _WORD)]
    features += [(f"g {framed[i : i + n]}", _GRAM) for n in (3, 4, 5) for i in range(len(framed) - n + 1)]
    features += [(f"t {topic}", _TOPIC) for topic in topics_of(form)]
    return _named(features)


@lru_cache(maxsize=4_096)
def _of_mark(run: str) -> Bag:
    return _named([(f"p {run[:6]}", _MARK), (f"q {run[0]} {min(len(run), 3)}", _MARK)])


@lru_cache(maxsize=8_192)
def _around_marks(token: str) -> Bag:
    """N-grams of a token that contain something other than letters and digits."""
    framed = f" {token} "
    pieces = (framed[i : i + n] for n in (2, 3, 4) for i in range(len(framed) - n + 1))
    return _named([(f"r {piece}", _GRAM) for piece in pieces if not piece.strip().isalnum()])


@lru_cache(maxsize=32_768)
def topics_of(form: str) -> tuple[str, ...]:
    """The categories that the lexicon lists for a word."""
    exact, prefixes = _lexicon()
    topics = set(exact.get(form, ()))
    for length in range(2, len(form) + 1):
        topics.update(prefixes.get(form[:length], ()))
    return tuple(sorted(topics))


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
def _single(name: str, value: float) -> Bag:
    return _named([(name, value)])


def _named(features: list[tuple[str, float]]) -> Bag:
    keys = [_key(name) for name, _ in features]
    return Bag(np.array(keys, np.uint32), np.array([value for _, value in features], np.float64))


def _key(name: str) -> int:
    # A lone surrogate in broken input must not raise.
    return crc32(name.encode("utf-8", "surrogatepass"))
