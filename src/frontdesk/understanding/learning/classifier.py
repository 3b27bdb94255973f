"""A trained classifier: what it says of texts, why, and how it is written down."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from frontdesk.errors import PermanentError
from frontdesk.understanding.learning.examples import OUT_OF_SCOPE
from frontdesk.understanding.local.classify import pulling
from frontdesk.understanding.local.features import Bag, forms_of
from frontdesk.understanding.local.linear import Arrays, Floats, Head, Space, energy, softmax
from frontdesk.understanding.local.material import bag_of
from frontdesk.understanding.local.model import Model
from frontdesk.understanding.local.text import view

_PARTS = ("words", "meaning")


class Sentences(Protocol):
    """The model of English sentences that classifiers may read by, on this thread."""

    def embed_now(self, texts: list[str]) -> Floats: ...


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A text ready to be judged."""

    bag: Bag
    language: str
    meaning: Floats | None

    def without_meaning(self) -> "Seen":
        return Seen(self.bag, self.language, None)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    space: Space
    head: Head

    def logits(self, seen: Seen) -> Floats:
        return self.head.logits(self.space.vector(seen.bag, seen.meaning))


@dataclass(frozen=True, slots=True)
class Prediction:
    label: str
    """The likeliest label; `oos` where the text is too strange for any and strange ones were taught."""
    confidence: float
    """0..1, calibrated on held-out texts."""
    best: str
    """The likeliest label whether strange or not."""
    in_scope: float
    """0..1: how familiar the text is; 0.5 is where it is just accepted."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A text whose energy lies below `threshold` seems to belong to no label; `width` is how gradually."""

    threshold: float
    width: float
    taught: bool
    """Whether the threshold was chosen by examples of strange texts; else it is only a hint."""

    def chance(self, energies: Floats) -> Floats:
        return np.asarray(
            1 / (1 + np.exp(-np.clip((energies - self.threshold) / self.width, -30, 30))), np.float32
        )


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """`words` reads any language; `meaning` reads English texts with their sentence vectors. At least one is there."""

    words: Part | None
    meaning: Part | None
    scope: Scope | None

    @property
    def labels(self) -> tuple[str, ...]:
        return self._any().head.labels

    def part_for(self, seen: Seen) -> Part:
        if self.meaning is not None and (seen.meaning is not None or self.words is None):
            return self.meaning
        return self._any()

    def predict(self, seen: Sequence[Seen]) -> list[Prediction]:
        """One prediction a text, in order."""
        return [self._predict(one) for one in seen]

    def probabilities(self, seen: Seen) -> dict[str, float]:
        part = self.part_for(seen)
        return part.head.probabilities(part.space.vector(seen.bag, seen.meaning))

    def because(self, text: str, seen: Seen, label: str) -> list[str]:
        """The words of a text that speak most for a label."""
        part = self.part_for(seen)
        model = Model(part.space, {"label": part.head})
        return pulling(model, {"label": label}, forms_of(view(text).words, seen.language)).get("label", [])

    def _predict(self, seen: Seen) -> Prediction:
        part = self.part_for(seen)
        logits = part.logits(seen)
        chances = softmax(logits / np.float32(part.head.temperature))
        best = part.head.labels[int(chances.argmax())]
        sure = float(chances.max())
        if self.scope is None:
            return Prediction(best, sure, best, 1.0)
        inside = float(self.scope.chance(energy(logits)))
        if self.scope.taught and inside < 0.5:
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
            arrays["scope"] = np.array([self.scope.threshold, self.scope.width, self.scope.taught])
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # numpy's stub takes bool only for **kwargs
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Classifier":
        """Raises `PermanentError` for what is no classifier."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                stored = dict(file)
            words, meaning = (_part(stored, name) for name in _PARTS)
            return cls(words, meaning, _scope(stored["scope"]) if "scope" in stored else None)
        except (ValueError, KeyError, OSError, EOFError, BadZipFile) as error:
            raise PermanentError("the stored classifier cannot be read") from error


def _scope(numbers: NDArray[np.generic]) -> Scope:
    threshold, width, taught = (float(number) for number in numbers)
    return Scope(threshold, width, bool(taught))


def _part(stored: Mapping[str, NDArray[np.generic]], name: str) -> Part | None:
    own = {key.removeprefix(f"{name}_"): array for key, array in stored.items() if key.startswith(f"{name}_")}
    return Part(Space.of(own), Head.of(own, "head")) if own else None


def width_of(seen: Sequence[Seen]) -> int:
    """How long the sentence vectors of these texts are; 0 where none has one."""
    return next((len(one.meaning) for one in seen if one.meaning is not None), 0)


def meanings(seen: Sequence[Seen], width: int) -> Floats | None:
    """The sentence vectors, a row a text, zeros where it has none; None for a width of 0."""
    if not width:
        return None
    empty = np.zeros(width, np.float32)
    return np.stack([empty if one.meaning is None else one.meaning for one in seen])


def see(texts: Sequence[str], sentences: Sentences | None) -> list[Seen]:
    """Texts as classifiers judge them; sentence vectors for those in English, where their model is given."""
    found = [bag_of(text) for text in texts]
    meaning: dict[int, Floats] = {}
    if sentences is not None:
        english = [at for at, (_, language) in enumerate(found) if language == "en"]
        vectors = sentences.embed_now([texts[at] for at in english])
        meaning = dict(zip(english, vectors, strict=True))
    return [Seen(bag, language, meaning.get(at)) for at, (bag, language) in enumerate(found)]
