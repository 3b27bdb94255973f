"""How good a classifier is on labelled texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.kit.measures import auroc, expected_calibration_error
from frontdesk.understanding.learning.classifier import Prediction
from frontdesk.understanding.learning.examples import OUT_OF_SCOPE


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares of 0..1; those of scope are None where no label is `oos`."""

    examples: int
    accuracy: float
    macro_f1: float
    ece: float
    """Expected calibration error of the confidence, over 15 bins."""
    in_scope_accuracy: float | None = None
    """Of texts that have a label, by the likeliest label, whether or not it was taken for strange."""
    in_scope_accepted: float | None = None
    """The share of texts with a label that were not taken for strange."""
    oos_recall: float | None = None
    oos_auroc: float | None = None

    def as_json(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: round(value, 4) if isinstance(value, float) else value
            for name, value in told.items()
            if value is not None
        }


def measure(predictions: Sequence[Prediction], labels: Sequence[str]) -> Measured:
    """Raises `ValueError` for no texts at all."""
    if not labels:
        raise ValueError("there is nothing to measure")
    said = [prediction.label for prediction in predictions]
    right = [one == other for one, other in zip(said, labels, strict=True)]
    overall = Measured(
        examples=len(labels),
        accuracy=sum(right) / len(right),
        macro_f1=macro_f1(said, labels),
        ece=expected_calibration_error([one.confidence for one in predictions], right),
    )
    if OUT_OF_SCOPE not in labels:
        return overall
    return _with_scope(overall, predictions, labels)


def _with_scope(overall: Measured, predictions: Sequence[Prediction], labels: Sequence[str]) -> Measured:
    pairs = list(zip(predictions, labels, strict=True))
    inside = [(found, label) for found, label in pairs if label != OUT_OF_SCOPE]
    outside = [found for found, label in pairs if label == OUT_OF_SCOPE]
    return Measured(
        overall.examples,
        overall.accuracy,
        overall.macro_f1,
        overall.ece,
        in_scope_accuracy=_share([found.best == label for found, label in inside]),
        in_scope_accepted=_share([found.label != OUT_OF_SCOPE for found, _ in inside]),
        oos_recall=_share([found.label == OUT_OF_SCOPE for found in outside]),
        oos_auroc=auroc([found.in_scope for found, _ in inside], [found.in_scope for found in outside]),
    )


def macro_f1(said: Sequence[str], labels: Sequence[str]) -> float:
    """The mean over the labels that occur of each one's F1."""
    scores = []
    for name in sorted(set(labels)):
        both = sum(one == name and other == name for one, other in zip(said, labels, strict=True))
        scores.append(
            2 * both / max(sum(one == name for one in said) + sum(one == name for one in labels), 1)
        )
    return sum(scores) / len(scores)


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None
