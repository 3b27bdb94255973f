"""The loss that training minimises: penalised cross-entropy of a linear classifier, with its gradient."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from frontdesk.understanding.local.linear import Floats, softmax

Answers = NDArray[np.intp]
"""The place of each text's label among the labels."""


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """The loss and its gradient, in the form that L-BFGS asks for.

    The penalty is on the squared distance of the weights from `origin`.
    """

    rows: csr_matrix
    meaning: Floats | None
    answers: Answers
    sample_weights: Floats
    origin: Floats
    penalty: float

    def __call__(self, flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        parts = flat.reshape(self.origin.shape).astype(np.float32)
        count, features = self.rows.shape
        logits = self.rows @ parts[:features] + parts[-1]
        if self.meaning is not None:
            logits += self.meaning @ parts[features:-1]
        chances = softmax(logits)
        share = self.sample_weights / np.float32(count)
        likelihood = np.log(chances[np.arange(count), self.answers] + 1e-12)
        chances[np.arange(count), self.answers] -= 1
        error = chances * share[:, None]
        distance = parts[:-1] - self.origin[:-1]
        gradient = np.empty_like(parts)
        gradient[:features] = self.rows.T @ error
        if self.meaning is not None:
            gradient[features:-1] = self.meaning.T @ error
        gradient[-1] = error.sum(axis=0)
        gradient[:-1] += np.float32(self.penalty) * distance
        value = 0.5 * self.penalty * float(np.square(distance).sum()) - float((share * likelihood).sum())
        return value, gradient.ravel().astype(np.float64)
