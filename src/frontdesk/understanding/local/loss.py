"""What fitting makes small: how surprising the right answers are to a linear classifier, and how that changes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from frontdesk.understanding.local.linear import Floats, softmax

Answers = NDArray[np.intp]
"""The place of each text's label among the labels."""


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """The penalised surprise of all answers, and its slope, as L-BFGS asks for them."""

    rows: csr_matrix
    meaning: Floats | None
    answers: Answers
    worth: Floats
    origin: Floats
    penalty: float

    def __call__(self, flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        parts = flat.reshape(self.origin.shape).astype(np.float32)
        count, features = self.rows.shape
        logits = self.rows @ parts[:features] + parts[-1]
        if self.meaning is not None:
            logits += self.meaning @ parts[features:-1]
        chances = softmax(logits)
        share = self.worth / np.float32(count)
        likelihood = np.log(chances[np.arange(count), self.answers] + 1e-12)
        chances[np.arange(count), self.answers] -= 1
        error = chances * share[:, None]
        way = parts[:-1] - self.origin[:-1]
        slope = np.empty_like(parts)
        slope[:features] = self.rows.T @ error
        if self.meaning is not None:
            slope[features:-1] = self.meaning.T @ error
        slope[-1] = error.sum(axis=0)
        slope[:-1] += np.float32(self.penalty) * way
        value = 0.5 * self.penalty * float(np.square(way).sum()) - float((share * likelihood).sum())
        return value, slope.ravel().astype(np.float64)
