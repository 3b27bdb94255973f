"""How good a classifier is on labelled texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.kit.measures import auroc, expected_calibration_error
from frontdesk.understanding.learning.classifier import Prediction
from frontdesk.understanding.learning.examples import OUT_OF_SCOPE


@dataclass(frozen=True, slots=True)
class ClassifierMetrics:
    """Shares of 0..1; those about scope are None where no label is `oos`."""

    examples: int
    accuracy: float
    macro_f1: float
    ece: float
    """Expected calibration error of the confidence, over 15 bins."""
    in_scope_accuracy: float | None = None
    """Of texts with a label, by the likeliest label, whether or not it was accepted as in scope."""
    in_scope_accepted: float | None = None
    """The share of texts with a label that were accepted as in scope."""
    oos_recall: float | None = None
    oos_auroc: float | None = None

    def as_json(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: round(value, 4) if isinstance(value, float) else value
            for name, value in values.items()
            if value is not None
        }


def measure(predictions: Sequence[Prediction], labels: Sequence[str]) -> ClassifierMetrics:
    """Raises `ValueError` without any text."""
    if not labels:
        raise ValueError("there is nothing to measure")
    predicted_labels = [prediction.label for prediction in predictions]
    right = [predicted == label for predicted, label in zip(predicted_labels, labels, strict=True)]
    overall = ClassifierMetrics(
        examples=len(labels),
        accuracy=sum(right) / len(right),
        macro_f1=macro_f1(predicted_labels, labels),
        ece=expected_calibration_error([prediction.confidence for prediction in predictions], right),
    )
    if OUT_OF_SCOPE not in labels:
        return overall
    return _with_scope(overall, predictions, labels)


def _with_scope(
    overall: ClassifierMetrics, predictions: Sequence[Prediction], labels: Sequence[str]
) -> ClassifierMetrics:
    pairs = list(zip(predictions, labels, strict=True))
    inside = [(prediction, label) for prediction, label in pairs if label != OUT_OF_SCOPE]
    outside = [prediction for prediction, label in pairs if label == OUT_OF_SCOPE]
    return ClassifierMetrics(
        overall.examples,
        overall.accuracy,
        overall.macro_f1,
        overall.ece,
        in_scope_accuracy=_share([prediction.best == label for prediction, label in inside]),
        in_scope_accepted=_share([prediction.label != OUT_OF_SCOPE for prediction, _ in inside]),
        oos_recall=_share([prediction.label == OUT_OF_SCOPE for prediction in outside]),
        oos_auroc=auroc(
            [prediction.in_scope for prediction, _ in inside], [prediction.in_scope for prediction in outside]
        ),
    )


def macro_f1(predicted: Sequence[str], labels: Sequence[str]) -> float:
    """The mean of the F1 of each label that occurs."""
    scores = []
    for name in sorted(set(labels)):
        both = sum(ours == name == label for ours, label in zip(predicted, labels, strict=True))
        named = sum(ours == name for ours in predicted) + sum(label == name for label in labels)
        scores.append(2 * both / max(named, 1))
    return sum(scores) / len(scores)


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None
