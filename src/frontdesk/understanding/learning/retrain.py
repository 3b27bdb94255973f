"""Retrains a classifier from corrections, and compares the result with the classifier in use.

The weights in use are adapted, not trained from nothing: each correction counts several times, some of the
package's utterances are trained on again so that nothing is forgotten, and the penalty is on the distance from
the old weights. Every fifth correction is held out: on those, and on other utterances, old and new are compared.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from frontdesk.errors import Conflict
from frontdesk.understanding.learning.classifier import (
    Classifier,
    ClassifierInput,
    Part,
    Sentences,
    classifier_inputs,
    meanings,
)
from frontdesk.understanding.learning.corrections import FEWEST, Correction, Field
from frontdesk.understanding.local.corpus import Utterance, utterances
from frontdesk.understanding.local.linear import Floats
from frontdesk.understanding.local.model import MEANING_HEADS, shipped

_REHEARSED, _GUARD = 1_500, 1_500
_CORRECTION_WEIGHT = 6.0
"""Weight of a correction in training; an utterance has 1."""
_GUARD_SLACK = 0.01
"""How much accuracy on the package's utterances a gain on corrections may cost."""


@dataclass(frozen=True, slots=True)
class RetrainResult:
    weights: bytes
    labels: list[str]
    learned_from: int
    measured: dict[str, Any]
    """Accuracy on held-out corrections and on utterances, of the new classifier and of the one in use."""

    @property
    def is_not_worse(self) -> bool:
        """Better on corrections and within the slack on utterances, or equal on corrections and no worse on utterances.

        The slack counts from the shipped classifier, so that repeated trainings cannot add it up.
        """
        measured = self.measured
        if measured["accuracy"] == measured["accuracy_before"]:
            return bool(measured["utterances"] >= measured["utterances_before"])
        floor = min(measured["utterances_before"], measured["utterances_shipped"] - _GUARD_SLACK)
        return bool(measured["accuracy"] > measured["accuracy_before"] and measured["utterances"] >= floor)


def shipped_classifier(field: Field) -> Classifier:
    """The shipped classifier of a field."""
    both = shipped()
    meaning = Part(both.meaning.space, both.meaning.heads[field]) if field in MEANING_HEADS else None
    return Classifier(Part(both.words.space, both.words.heads[field]), meaning, None)


def retrain(
    field: Field, current: bytes | None, corrections: Sequence[Correction], sentences: Sentences | None
) -> RetrainResult:
    """Takes seconds of processor time. `current` is the classifier in use, None for the shipped one.

    Raises `Conflict` with too few corrections to train or to compare on.
    """
    base = shipped_classifier(field) if current is None else Classifier.from_bytes(current)
    known = [correction for correction in corrections if correction.became in base.labels]
    learned = [correction for correction in known if not correction.held_out]
    held = [correction for correction in known if correction.held_out]
    if len(learned) < FEWEST or not held:
        raise Conflict(f"{len(known)} corrections of the {field} are too few to learn from and to compare on")
    sample = random.Random(5).sample(utterances(), _REHEARSED + _GUARD)
    rehearsed, guard = sample[:_REHEARSED], sample[_REHEARSED:]
    training = [correction.text for correction in learned] + [utterance.text for utterance in rehearsed]
    texts = classifier_inputs(training, sentences)
    labels = [correction.became for correction in learned] + _labels(rehearsed, field)
    sample_weights = np.array([_CORRECTION_WEIGHT] * len(learned) + [1.0] * len(rehearsed), np.float32)
    words_only = [text.without_meaning() for text in texts]
    adapted = Classifier(
        base.words and _adapted(base.words, words_only, labels, sample_weights),
        base.meaning and _adapted_meaning(base.meaning, texts, labels, sample_weights),
        base.scope,
    )
    held_out = (
        classifier_inputs([correction.text for correction in held], sentences),
        [correction.became for correction in held],
    )
    guarded = classifier_inputs([utterance.text for utterance in guard], sentences), _labels(guard, field)
    measured = {
        "accuracy": _accuracy(adapted, *held_out),
        "accuracy_before": _accuracy(base, *held_out),
        "held_out": len(held),
        "utterances": _accuracy(adapted, *guarded),
        "utterances_before": _accuracy(base, *guarded),
        "utterances_shipped": _accuracy(shipped_classifier(field), *guarded),
    }
    return RetrainResult(adapted.to_bytes(), list(adapted.labels), len(learned), measured)


def _labels(examples: Sequence[Utterance], field: Field) -> list[str]:
    return [str(getattr(utterance, field)) for utterance in examples]


def _adapted(
    part: Part, texts: Sequence[ClassifierInput], labels: Sequence[str], sample_weights: Floats
) -> Part:
    from frontdesk.understanding.local.fit import adapt, place, widen  # loads scipy: only for training

    bags = [text.bag for text in texts]
    space, head = widen(part.space, part.head, bags)
    vectors = meanings(texts, 0 if head.meaning is None else len(head.meaning))
    return Part(space, adapt(head, place(space, bags, vectors), labels, sample_weights))


def _adapted_meaning(
    part: Part, texts: Sequence[ClassifierInput], labels: Sequence[str], sample_weights: Floats
) -> Part:
    """Adapted by English texts only; unchanged where no English text was corrected."""
    chosen = [at for at, text in enumerate(texts) if text.meaning is not None]
    if not chosen or sample_weights[chosen].max() < _CORRECTION_WEIGHT:
        return part
    return _adapted(part, [texts[at] for at in chosen], [labels[at] for at in chosen], sample_weights[chosen])


def _accuracy(classifier: Classifier, texts: Sequence[ClassifierInput], labels: Sequence[str]) -> float:
    predictions = classifier.predict(texts)
    right = sum(prediction.best == label for prediction, label in zip(predictions, labels, strict=True))
    return round(right / len(labels), 4)
