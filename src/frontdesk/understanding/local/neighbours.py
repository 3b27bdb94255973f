"""The training examples that are most like a text: by the words they share, the rare ones before the common."""

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
_ASKED = 8
"""The rarest words of a text: what they do not find, the common ones do not either."""
_LEAST = 0.3
"""Likeness below which an example explains nothing."""


class _Index(NamedTuple):
    examples: list[tuple[str, str]]
    """Text and category."""
    holders: Mapping[str, NDArray[np.intp]]
    """Examples by the stem of a word."""
    lengths: NDArray[np.float64]
    """Of each example's vector of rarities."""


def nearest(forms: list[str]) -> list[str]:
    """Up to three examples with their categories, the likest first; none where nothing is like the text."""
    index = _index()
    known = sorted(
        {stem(form) for form in forms} & index.holders.keys(), key=lambda one: len(index.holders[one])
    )
    asked = known[:_ASKED]
    if not asked:
        return []
    rarities = [_rarity(index, one) for one in asked]
    shared = np.bincount(
        np.concatenate([index.holders[one] for one in asked]),
        np.repeat(np.square(rarities), [len(index.holders[one]) for one in asked]),
        len(index.examples),
    )
    likeness = shared / (index.lengths * math.hypot(*rarities))
    best: dict[str, str] = {}
    while len(best) < _SHOWN and likeness[at := int(likeness.argmax())] >= _LEAST:
        told = "{} ({})".format(*index.examples[at])
        best.setdefault(told.lower(), told)
        likeness[at] = 0
    return list(best.values())


def warm() -> None:
    """Read the examples now (half a second) rather than with the first text."""
    _index()


def _rarity(index: _Index, one: str) -> float:
    return math.log(1 + len(index.examples) / len(index.holders[one]))


@cache
def _index() -> _Index:
    said = corpus.utterances()
    stems = [{stem(form) for form in forms_of(words(one.text), one.language)} for one in said]
    counts = Counter(one for each in stems for one in each)
    holders: dict[str, list[int]] = {one: [] for one in counts}
    for at, each in enumerate(stems):
        for one in each:
            holders[one].append(at)
    rarity = {one: math.log(1 + len(said) / count) for one, count in counts.items()}
    return _Index(
        [(clip(one.text, _LONGEST), one.category) for one in said],
        {one: np.array(places, np.intp) for one, places in holders.items()},
        np.array([max(1e-9, math.hypot(*(rarity[one] for one in each))) for each in stems]),
    )
