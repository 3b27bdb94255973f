"""Linear classifiers over bags of features and, where there is one, a sentence vector."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.understanding.local.features import Bag, Keys

Floats = NDArray[np.float32]
Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Vector:
    """A text in the space of a model."""

    places: NDArray[np.intp]
    values: Floats
    """Scaled to length 1, unless the text has no known feature."""
    meaning: Floats | None = None
    """Its sentence vector."""


@dataclass(frozen=True, slots=True, eq=False)
class SparseVectors:
    """Vectors of several texts or words: the entries of all, one after another."""

    count: int
    owners: NDArray[np.intp]
    """Which vector each entry belongs to."""
    places: NDArray[np.intp]
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """The features that a model knows, and how rare each was in the training texts."""

    keys: Keys
    """Ascending."""
    rarity: Floats

    def vector(self, bag: Bag, meaning: Floats | None = None) -> Vector:
        places, known = self._known(bag.keys)
        values = np.sqrt(bag.values[known]) * self.rarity[places]
        length = float(np.sqrt(values @ values)) or 1.0
        return Vector(places, (values / length).astype(np.float32), meaning)

    def vectors(self, bags: Sequence[Bag]) -> SparseVectors:
        """Many at once; `bags` must not be empty."""
        places, known = self._known(np.concatenate([bag.keys for bag in bags]))
        owners = np.arange(len(bags)).repeat([len(bag.keys) for bag in bags])[known]
        values = np.sqrt(np.concatenate([bag.values for bag in bags])[known]) * self.rarity[places]
        lengths = np.sqrt(np.bincount(owners, values * values, len(bags)))
        return SparseVectors(len(bags), owners, places, (values / lengths[owners]).astype(np.float32))

    def contains(self, keys: Keys) -> NDArray[np.bool_]:
        """For each key, whether it is a known feature."""
        return self._known(keys)[1]

    def _known(self, keys: Keys) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """The places of the known keys, and which of the given keys these are."""
        at = self.keys.searchsorted(keys)
        at[at == len(self.keys)] = 0
        known = self.keys[at] == keys if len(self.keys) else np.zeros(len(at), np.bool_)
        return at[known], known

    def arrays(self) -> Arrays:
        return {"keys": self.keys, "rarity": self.rarity}

    @classmethod
    def of(cls, stored: Mapping[str, NDArray[np.generic]]) -> "Space":
        return cls(stored["keys"].astype(np.uint32), stored["rarity"].astype(np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A classifier's output layer. Weights are stored as bytes, with a scale for each label."""

    labels: tuple[str, ...]
    weights: NDArray[np.int8]
    """Features x labels."""
    scales: Floats
    meaning: Floats | None
    """Weights of the sentence vector x labels; None for a head that reads only words."""
    bias: Floats
    temperature: float
    """Calibrates the probabilities; fitted on held-out texts."""

    def logits(self, vector: Vector) -> Floats:
        logits = (vector.values @ _rows(self.weights, vector.places)) * self.scales + self.bias
        if self.meaning is not None and vector.meaning is not None:
            logits = logits + vector.meaning @ self.meaning
        return np.asarray(logits, np.float32)

    def probabilities(self, vector: Vector) -> dict[str, float]:
        return dict(zip(self.labels, softmax(self.logits(vector) / self.temperature).tolist(), strict=True))

    def contributions(self, vectors: SparseVectors, label: str) -> NDArray[np.float64]:
        """How much each vector adds to a label's logit, relative to the mean of all labels."""
        against = np.full(len(self.labels), -1 / len(self.labels), np.float32)
        against[self.labels.index(label)] += 1
        per_entry = _rows(self.weights, vectors.places) @ (self.scales * against)
        return np.bincount(vectors.owners, vectors.values * per_entry, vectors.count).astype(np.float64)

    def arrays(self, name: str) -> Arrays:
        arrays: Arrays = {
            f"{name}_labels": np.array(self.labels),
            f"{name}_weights": self.weights,
            f"{name}_scales": self.scales,
            f"{name}_bias": self.bias,
            f"{name}_temperature": np.array(self.temperature),
        }
        if self.meaning is not None:
            arrays[f"{name}_meaning"] = self.meaning.astype(np.float16)
        return arrays

    @classmethod
    def of(cls, stored: Mapping[str, NDArray[np.generic]], name: str) -> "Head":
        meaning = stored.get(f"{name}_meaning")
        return cls(
            tuple(str(label) for label in stored[f"{name}_labels"]),
            stored[f"{name}_weights"].astype(np.int8),
            stored[f"{name}_scales"].astype(np.float32),
            None if meaning is None else meaning.astype(np.float32),
            stored[f"{name}_bias"].astype(np.float32),
            float(stored[f"{name}_temperature"]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """Several heads over the same space, computed at once: much cheaper than one after the other."""

    labels: Mapping[str, tuple[str, ...]]
    """By head; the columns of all arrays have this order."""
    starts: NDArray[np.intp]
    sizes: NDArray[np.intp]
    weights: NDArray[np.int8]
    scales: Floats
    meaning: Floats | None
    bias: Floats
    temperatures: Floats

    def probabilities(self, vector: Vector) -> dict[str, dict[str, float]]:
        """By head, then by label."""
        logits = (vector.values @ _rows(self.weights, vector.places)) * self.scales + self.bias
        if self.meaning is not None and vector.meaning is not None:
            logits = logits + vector.meaning @ self.meaning
        logits /= self.temperatures
        powers = np.exp(logits - np.maximum.reduceat(logits, self.starts).repeat(self.sizes))
        powers /= np.add.reduceat(powers, self.starts).repeat(self.sizes)
        chances = iter(powers.tolist())
        return {name: {label: next(chances) for label in labels} for name, labels in self.labels.items()}

    @classmethod
    def of(cls, heads: Mapping[str, Head]) -> "Heads":
        """Either all heads read sentence vectors, or none does."""
        each = list(heads.values())
        meanings = [head.meaning for head in each if head.meaning is not None]
        sizes = np.array([len(head.labels) for head in each])
        temperatures = np.array([head.temperature for head in each], np.float32)
        return cls(
            {name: head.labels for name, head in heads.items()},
            np.cumsum(sizes) - sizes,
            sizes,
            np.concatenate([head.weights for head in each], axis=1),
            np.concatenate([head.scales for head in each]),
            np.concatenate(meanings, axis=1) if meanings else None,
            np.concatenate([head.bias for head in each]),
            temperatures.repeat(sizes),
        )


def in_bytes(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights as integers of -127..127, and the scale of each column."""
    scales = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-9) / 127
    return np.rint(weights / scales).astype(np.int8), scales.astype(np.float32)


def softmax(logits: Floats) -> Floats:
    """Over the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


def energy(logits: Floats) -> Floats:
    """How familiar a text is: the logarithm of the summed exponentials (Liu et al., 2020)."""
    top = logits.max(axis=-1, keepdims=True)
    return np.asarray(np.log(np.exp(logits - top).sum(axis=-1)) + top[..., 0], np.float32)


def _rows(weights: NDArray[np.int8], places: NDArray[np.intp]) -> Floats:
    """Some rows; `take` costs half of an index, and a product of like types goes to BLAS."""
    return weights.take(places, 0).astype(np.float32)
