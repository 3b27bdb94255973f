"""A trained classifier: its predictions, the words that decided them, and its stored form."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from frontdesk.errors import PermanentError
from frontdesk.understanding.learning.examples import OUT_OF_SCOPE
from frontdesk.understanding.local.classify import strongest_words
from frontdesk.understanding.local.features import Bag, forms_of
from frontdesk.understanding.local.linear import Arrays, Floats, Head, Space, energy, softmax
from frontdesk.understanding.local.material import bag_of
from frontdesk.understanding.local.model import Model
from frontdesk.understanding.local.text import view

_PARTS = ("words", "meaning")


class Sentences(Protocol):
    """A model that gives sentence vectors for English texts, on the calling thread."""

    def embed_now(self, texts: list[str]) -> Floats: ...


@dataclass(frozen=True, slots=True, eq=False)
class ClassifierInput:
    """The features of a text, and its sentence vector where it has one."""

    bag: Bag
    language: str
    meaning: Floats | None

    def without_meaning(self) -> "ClassifierInput":
        return ClassifierInput(self.bag, self.language, None)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    space: Space
    head: Head

    def logits(self, text: ClassifierInput) -> Floats:
        return self.head.logits(self.space.vector(text.bag, text.meaning))


@dataclass(frozen=True, slots=True)
class Prediction:
    label: str
    """The likeliest label; `oos` where the text is out of scope and the training had such examples."""
    confidence: float
    """0..1, calibrated on held-out texts."""
    best: str
    """The likeliest label, in scope or not."""
    in_scope: float
    """0..1: how likely the text belongs to one of the labels; from 0.5 on it is accepted."""


@dataclass(frozen=True, slots=True)
class ScopeThreshold:
    """A text with an energy below `threshold` seems to belong to no label; `width` makes the border gradual."""

    threshold: float
    width: float
    trained: bool
    """Whether the threshold was chosen by out-of-scope examples; else it is only a hint."""

    def chance(self, energies: Floats) -> Floats:
        return np.asarray(
            1 / (1 + np.exp(-np.clip((energies - self.threshold) / self.width, -30, 30))), np.float32
        )


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """`words` reads any language, `meaning` English texts with sentence vectors. At least one is not None."""

    words: Part | None
    meaning: Part | None
    scope: ScopeThreshold | None

    @property
    def labels(self) -> tuple[str, ...]:
        return self._any().head.labels

    def part_for(self, text: ClassifierInput) -> Part:
        if self.meaning is not None and (text.meaning is not None or self.words is None):
            return self.meaning
        return self._any()

    def predict(self, texts: Sequence[ClassifierInput]) -> list[Prediction]:
        """One prediction for each text, in order."""
        return [self._predict(text) for text in texts]

    def probabilities(self, text: ClassifierInput) -> dict[str, float]:
        part = self.part_for(text)
        return part.head.probabilities(part.space.vector(text.bag, text.meaning))

    def explain(self, text: str, features: ClassifierInput, label: str) -> list[str]:
        """The words of a text that contribute most to a label."""
        part = self.part_for(features)
        model = Model(part.space, {"label": part.head})
        forms = forms_of(view(text).words, features.language)
        return strongest_words(model, {"label": label}, forms).get("label", [])

    def _predict(self, text: ClassifierInput) -> Prediction:
        part = self.part_for(text)
        logits = part.logits(text)
        chances = softmax(logits / np.float32(part.head.temperature))
        best = part.head.labels[int(chances.argmax())]
        sure = float(chances.max())
        if self.scope is None:
            return Prediction(best, sure, best, 1.0)
        inside = float(self.scope.chance(energy(logits)))
        if self.scope.trained and inside < 0.5:
            return Prediction(OUT_OF_SCOPE, 1 - inside, best, inside)
        return Prediction(best, sure, best, inside)

    def _any(self) -> Part:
        part = self.words or self.meaning
        assert part is not None, "a classifier has a part"
        return part

    def to_bytes(self) -> bytes:
        arrays: Arrays = {}
        for name, part in zip(_PARTS, (self.words, self.meaning), strict=True):
            if part is not None:
                own = part.space.arrays() | part.head.arrays("head")
                arrays |= {f"{name}_{key}": array for key, array in own.items()}
        if self.scope is not None:
            arrays["scope"] = np.array([self.scope.threshold, self.scope.width, self.scope.trained])
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # numpy's stub takes bool only for **kwargs
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Classifier":
        """Raises `PermanentError` where the data is no classifier."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                stored = dict(file)
            words, meaning = (_part(stored, name) for name in _PARTS)
            return cls(words, meaning, _scope(stored["scope"]) if "scope" in stored else None)
        except (ValueError, KeyError, OSError, EOFError, BadZipFile) as error:
            raise PermanentError("the stored classifier cannot be read") from error


def _scope(numbers: NDArray[np.generic]) -> ScopeThreshold:
    threshold, width, trained = (float(number) for number in numbers)
    return ScopeThreshold(threshold, width, bool(trained))


def _part(stored: Mapping[str, NDArray[np.generic]], name: str) -> Part | None:
    own = {key.removeprefix(f"{name}_"): array for key, array in stored.items() if key.startswith(f"{name}_")}
    return Part(Space.of(own), Head.of(own, "head")) if own else None


def width_of(texts: Sequence[ClassifierInput]) -> int:
    """The length of the texts' sentence vectors; 0 where no text has one."""
    return next((len(text.meaning) for text in texts if text.meaning is not None), 0)


def meanings(texts: Sequence[ClassifierInput], width: int) -> Floats | None:
    """The sentence vectors, one row for each text, zeros where it has none; None for a width of 0."""
    if not width:
        return None
    empty = np.zeros(width, np.float32)
    return np.stack([empty if text.meaning is None else text.meaning for text in texts])


def classifier_inputs(texts: Sequence[str], sentences: Sentences | None) -> list[ClassifierInput]:
    """The inputs of texts; with sentence vectors for English ones where `sentences` is given."""
    bags = [bag_of(text) for text in texts]
    meaning: dict[int, Floats] = {}
    if sentences is not None:
        english = [at for at, (_, language) in enumerate(bags) if language == "en"]
        vectors = sentences.embed_now([texts[at] for at in english])
        meaning = dict(zip(english, vectors, strict=True))
    return [ClassifierInput(bag, language, meaning.get(at)) for at, (bag, language) in enumerate(bags)]
