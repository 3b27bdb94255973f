"""The training examples most similar to a text: by shared words, rare ones counting more."""

import math
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from frontdesk.kit.text import clip
from frontdesk.kit.words import stem, words
from frontdesk.understanding.local import corpus
from frontdesk.understanding.local.features import forms_of

_SHOWN = 3
_LONGEST = 100
"""Characters of an example that is shown."""
_LOOKED_UP = 8
"""How many of a text's rarest words are looked up; the common ones would add nothing."""
_LEAST = 0.3
"""Similarity below which an example explains nothing."""


class _Index(NamedTuple):
    examples: list[tuple[str, str]]
    """Text and category."""
    holders: Mapping[str, NDArray[np.intp]]
    """Examples by the stem of a word."""
    lengths: NDArray[np.float64]
    """Of each example's vector of word rarities."""


def nearest(forms: list[str]) -> list[str]:
    """Up to three examples with their categories, most similar first; none where nothing is similar enough."""
    index = _index()
    known = sorted(
        {stem(form) for form in forms} & index.holders.keys(),
        key=lambda word_stem: len(index.holders[word_stem]),
    )
    rarest = known[:_LOOKED_UP]
    if not rarest:
        return []
    rarities = [_rarity(index, word_stem) for word_stem in rarest]
    shared = np.bincount(
        np.concatenate([index.holders[word_stem] for word_stem in rarest]),
        np.repeat(np.square(rarities), [len(index.holders[word_stem]) for word_stem in rarest]),
        len(index.examples),
    )
    similarity = shared / (index.lengths * math.hypot(*rarities))
    best: dict[str, str] = {}
    while len(best) < _SHOWN and similarity[at := int(similarity.argmax())] >= _LEAST:
        example = "{} ({})".format(*index.examples[at])
        best.setdefault(example.lower(), example)
        similarity[at] = 0
    return list(best.values())


def warm() -> None:
    """Read the examples now (half a second) rather than with the first text."""
    _index()


def _rarity(index: _Index, word_stem: str) -> float:
    return math.log(1 + len(index.examples) / len(index.holders[word_stem]))


@cache
def _index() -> _Index:
    utterances = corpus.utterances()
    stem_sets = [
        {stem(form) for form in forms_of(words(utterance.text), utterance.language)}
        for utterance in utterances
    ]
    counts = Counter(word_stem for stems in stem_sets for word_stem in stems)
    holders: dict[str, list[int]] = {word_stem: [] for word_stem in counts}
    for at, stems in enumerate(stem_sets):
        for word_stem in stems:
            holders[word_stem].append(at)
    rarity = {word_stem: math.log(1 + len(utterances) / count) for word_stem, count in counts.items()}
    return _Index(
        [(clip(utterance.text, _LONGEST), utterance.category) for utterance in utterances],
        {word_stem: np.array(places, np.intp) for word_stem, places in holders.items()},
        np.array([max(1e-9, math.hypot(*(rarity[word_stem] for word_stem in stems))) for stems in stem_sets]),
    )
