"""The shipped classifiers: one reads words in three languages, one reads English by sentence vectors too."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from frontdesk.understanding.local.features import Bag, of_word
from frontdesk.understanding.local.linear import Floats, Head, Heads, Space

HEADS = ("category", "intent", "mood", "reason", "scope")
MEANING_HEADS = ("category", "intent")
"""Those that sentence vectors improve; for mood and danger, words alone are as good."""
WORDS, MEANING = "words", "meaning"

Chances = dict[str, dict[str, float]]
"""By head, then by label."""


@dataclass(frozen=True, eq=False)
class Model:
    """Heads that answer different questions about the same vector."""

    space: Space
    heads: Mapping[str, Head]

    def probabilities(self, bag: Bag, meaning: Floats | None = None) -> Chances:
        return self._together.probabilities(self.space.vector(bag, meaning))

    @cached_property
    def _together(self) -> Heads:
        return Heads.of(self.heads)

    @classmethod
    def of(cls, stored: Mapping[str, NDArray[np.generic]], prefix: str, heads: tuple[str, ...]) -> "Model":
        own = {name.removeprefix(prefix): array for name, array in stored.items() if name.startswith(prefix)}
        return cls(Space.of(own), {name: Head.of(own, name) for name in heads})


@dataclass(frozen=True, slots=True, eq=False)
class ShippedModels:
    words: Model
    meaning: Model
    """For English texts whose sentence vector is known."""
    data_hash: str
    """Which utterances they were trained on."""
    held_out: Mapping[str, float]
    """Accuracy on utterances left out of the training, by model and head: `words_category` ..."""


@cache
def shipped() -> ShippedModels:
    """The models of the package."""
    with as_file(files(__package__).joinpath("data/weights.npz")) as path, np.load(path) as file:
        stored = dict(file)
    names = [f"{WORDS}_{name}" for name in HEADS] + [f"{MEANING}_{name}" for name in MEANING_HEADS]
    return ShippedModels(
        Model.of(stored, f"{WORDS}_", HEADS),
        Model.of(stored, f"{MEANING}_", MEANING_HEADS),
        str(stored["data_hash"]),
        {name: float(stored[f"held_out_{name}"]) for name in names},
    )


@lru_cache(maxsize=65_536)
def is_known(form: str) -> bool:
    """Whether a word or its stem occurred in the training text."""
    whole_and_stem = of_word(form).keys[:2]
    return bool(shipped().words.space.contains(whole_and_stem).any())
