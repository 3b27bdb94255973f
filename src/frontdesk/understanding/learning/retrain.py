"""Learns from corrections: moves the classifier in use by what people set right, and says if that was better.

The classifier is moved, not made anew: new examples count several times, utterances of the package are
rehearsed so that nothing is forgotten, and the penalty is on the way from where it stood. Every fifth
correction is never learned from: on those, and on other utterances, the old and the new are compared.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from frontdesk.errors import Conflict
from frontdesk.understanding.learning.classifier import Classifier, Part, Seen, Sentences, meanings, see
from frontdesk.understanding.learning.corrections import FEWEST, Correction, Field
from frontdesk.understanding.local.corpus import utterances
from frontdesk.understanding.local.linear import Floats
from frontdesk.understanding.local.model import MEANING_HEADS, shipped

_REHEARSED, _GUARD = 1_500, 1_500
_COUNTS = 6.0
"""What a correction counts against a rehearsed utterance."""
_GUARD_SLACK = 0.01
"""So much of the accuracy on the package's utterances may be given for a gain on corrections."""


@dataclass(frozen=True, slots=True)
class Outcome:
    weights: bytes
    labels: list[str]
    learned_from: int
    measured: dict[str, Any]
    """Accuracy on held-out corrections and on utterances, of the new and of the one in use."""

    @property
    def is_not_worse(self) -> bool:
        """On what people set right; and on utterances, where only a gain may cost a little, and that once."""
        told = self.measured
        if told["accuracy"] == told["accuracy_before"]:
            return bool(told["utterances"] >= told["utterances_before"])
        floor = min(told["utterances_before"], told["utterances_shipped"] - _GUARD_SLACK)
        return bool(told["accuracy"] > told["accuracy_before"] and told["utterances"] >= floor)


def of_the_package(field: Field) -> Classifier:
    """What ships, as a classifier of its own."""
    both = shipped()
    meaning = Part(both.meaning.space, both.meaning.heads[field]) if field in MEANING_HEADS else None
    return Classifier(Part(both.words.space, both.words.heads[field]), meaning, None)


def retrain(
    field: Field, current: bytes | None, corrections: Sequence[Correction], sentences: Sentences | None
) -> Outcome:
    """Seconds of processor time. `current` is the classifier in use, None for what ships.

    Raises `Conflict` with too few corrections, or with none to compare on.
    """
    base = of_the_package(field) if current is None else Classifier.from_bytes(current)
    known = [one for one in corrections if one.became in base.labels]
    learned = [one for one in known if not one.held_out]
    held = [one for one in known if one.held_out]
    if len(learned) < FEWEST or not held:
        raise Conflict(f"{len(known)} corrections of the {field} are too few to learn from and to compare on")
    said = random.Random(5).sample(utterances(), _REHEARSED + _GUARD)
    rehearsed, guard = said[:_REHEARSED], said[_REHEARSED:]
    texts = see([one.text for one in learned] + [one.text for one in rehearsed], sentences)
    labels = [one.became for one in learned] + [str(getattr(one, field)) for one in rehearsed]
    worth = np.array([_COUNTS] * len(learned) + [1.0] * len(rehearsed), np.float32)
    moved = Classifier(
        base.words and _moved(base.words, [one.without_meaning() for one in texts], labels, worth),
        base.meaning and _moved_meaning(base.meaning, texts, labels, worth),
        base.scope,
    )
    asked = see([one.text for one in held], sentences), [one.became for one in held]
    guarded = see([one.text for one in guard], sentences), [str(getattr(one, field)) for one in guard]
    measured = {
        "accuracy": _accuracy(moved, *asked),
        "accuracy_before": _accuracy(base, *asked),
        "held_out": len(held),
        "utterances": _accuracy(moved, *guarded),
        "utterances_before": _accuracy(base, *guarded),
        "utterances_shipped": _accuracy(of_the_package(field), *guarded),
    }
    return Outcome(moved.to_bytes(), list(moved.labels), len(learned), measured)


def _moved(part: Part, texts: Sequence[Seen], labels: Sequence[str], worth: Floats) -> Part:
    from frontdesk.understanding.local.fit import adapt, place, widen  # scipy: only who trains pays for it

    bags = [one.bag for one in texts]
    space, head = widen(part.space, part.head, bags)
    vectors = meanings(texts, 0 if head.meaning is None else len(head.meaning))
    return Part(space, adapt(head, place(space, bags, vectors), labels, worth))


def _moved_meaning(part: Part, texts: Sequence[Seen], labels: Sequence[str], worth: Floats) -> Part:
    """Moved by English texts alone; as it is where none was corrected."""
    chosen = [at for at, one in enumerate(texts) if one.meaning is not None]
    if not chosen or worth[chosen].max() < _COUNTS:
        return part
    return _moved(part, [texts[at] for at in chosen], [labels[at] for at in chosen], worth[chosen])


def _accuracy(classifier: Classifier, texts: Sequence[Seen], labels: Sequence[str]) -> float:
    found = classifier.predict(texts)
    right = sum(one.best == label for one, label in zip(found, labels, strict=True))
    return round(right / len(labels), 4)
