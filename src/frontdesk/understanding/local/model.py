"""Linear classifiers over hashed features: what ships in `weights.npz`, and what it says of a text."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from frontdesk.understanding.local.features import Vector

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """One question with fixed answers; `temperature` makes the probabilities honest."""

    labels: tuple[str, ...]
    weights: Floats
    """Features x labels."""
    bias: Floats
    temperature: float

    def probabilities(self, vector: Vector) -> dict[str, float]:
        indexes, values = vector
        logits = (values @ self.weights[indexes] + self.bias) / self.temperature
        powers = np.exp(logits - logits.max())
        return dict(zip(self.labels, (powers / powers.sum()).tolist(), strict=True))

    def pull(self, indexes: NDArray[np.int32], label: str) -> float:
        """How much a set of features speaks for a label."""
        column = self.labels.index(label)
        rows = self.weights[indexes]
        return float((rows[:, column] - rows.mean(axis=1)).sum())


@dataclass(frozen=True, slots=True)
class Model:
    category: Head
    intent: Head
    scope: Head
    data_hash: str
    """Which utterances it was trained on."""


@cache
def shipped() -> Model:
    """The model of the package."""
    with as_file(files(__package__).joinpath("data/weights.npz")) as path, np.load(path) as stored:
        heads = {
            name: Head(
                tuple(str(label) for label in stored[f"{name}_labels"]),
                stored[f"{name}_weights"].astype(np.float32),
                stored[f"{name}_bias"].astype(np.float32),
                float(stored[f"{name}_temperature"]),
            )
            for name in ("category", "intent", "scope")
        }
        return Model(**heads, data_hash=str(stored["data_hash"]))
