"""Measures of scores: calibration error and AUROC."""

from collections.abc import Sequence

import numpy as np

_BINS = 15


def expected_calibration_error(sure: Sequence[float], right: Sequence[bool]) -> float:
    """The mean distance between confidence and accuracy over 15 bins of equal width (Guo et al., 2017).

    0..1; 0 for nothing at all.
    """
    claimed, true = np.asarray(sure, np.float64), np.asarray(right, np.float64)
    at = np.clip((claimed * _BINS).astype(np.intp), 0, _BINS - 1)
    gap = np.abs(np.bincount(at, claimed, _BINS) - np.bincount(at, true, _BINS))
    return float(gap.sum() / max(len(claimed), 1))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The probability that a positive scores above a negative, ties counted half; None without both."""
    if not positive or not negative:
        return None
    below = np.sort(np.asarray(negative))
    lower = np.searchsorted(below, positive, "left")
    upper = np.searchsorted(below, positive, "right")
    return float((lower + upper).mean() / 2 / len(below))
