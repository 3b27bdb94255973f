"""Trains a classifier on a desk's own examples and measures it on those it held out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from frontdesk.errors import ValidationFailed
from frontdesk.understanding.learning.classifier import (
    Classifier,
    Part,
    Prediction,
    Scope,
    Seen,
    Sentences,
    meanings,
    see,
    width_of,
)
from frontdesk.understanding.learning.examples import OUT_OF_SCOPE, Example
from frontdesk.understanding.learning.measure import Measured, measure
from frontdesk.understanding.local.fit import Learned, Texts, learn, place, prepare
from frontdesk.understanding.local.linear import Floats, energy, softmax

_ENGLISH_ENOUGH = 0.3
"""From this share of English examples on a part is trained that reads meaning too."""
_NOT_ENGLISH = 0.1
"""From this share of others on a part is trained that reads words alone."""
_ACCEPTED = 0.97
"""The share of held-out texts that the threshold lets pass, where no strange texts tell a better one."""
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    classifier: Classifier
    held_out: Measured
    """On a fifth of the examples (of few: each once, by models that had not seen it)."""


def train(examples: Sequence[Example], sentences: Sentences | None = None) -> Trained:
    """Seconds for thousands of examples. Texts labelled `oos` teach what belongs to no label.

    Raises `ValidationFailed` with fewer than two labels.
    """
    inside = [one for one in examples if one.label != OUT_OF_SCOPE]
    outside = see([one.text for one in examples if one.label == OUT_OF_SCOPE], sentences)
    if len({one.label for one in inside}) < 2:
        raise ValidationFailed("the examples must have at least two different labels besides `oos`")
    # The name of a label is an example of it, worth much where there are few others.
    named = [Example(_spoken(label), label) for label in sorted({one.label for one in inside})]
    named = [one for one in named if _WORD.search(one.text)]
    told = [*inside, *named]
    seen = see([one.text for one in told], sentences)
    labels = [one.label for one in told]
    english = np.array([one.meaning is not None for one in seen])
    share = float(english.mean())
    words = meaning = None
    if share < _ENGLISH_ENOUGH or 1 - share > _NOT_ENGLISH:
        words = _learn([one.without_meaning() for one in seen], labels, outside, len(named))
    if share >= _ENGLISH_ENOUGH:
        meaning = _learn(seen, labels, outside, len(named))
    return _assembled(words, meaning, labels)


@dataclass(frozen=True, slots=True, eq=False)
class _Taught:
    part: Part
    learned: Learned


def _learn(seen: Sequence[Seen], labels: Sequence[str], outside: Sequence[Seen], named: int) -> _Taught:
    width = width_of(seen)
    texts = prepare([one.bag for one in seen], meanings(seen, width))
    strange: Texts | None = None
    if outside:
        strange = place(texts.space, [one.bag for one in outside], meanings(outside, width))
    learned = learn(texts, labels, strange, named)
    return _Taught(Part(texts.space, learned.head), learned)


def _assembled(words: _Taught | None, meaning: _Taught | None, labels: Sequence[str]) -> Trained:
    telling = meaning or words
    assert telling is not None, "one part is always taught"
    learned = telling.learned
    scope = _scope(energy(learned.held_out.logits), energy(learned.strange))
    classifier = Classifier(words.part if words else None, meaning.part if meaning else None, scope)
    chances = softmax(learned.held_out.logits / np.float32(learned.head.temperature))
    best = [learned.head.labels[at] for at in chances.argmax(axis=1)]
    # Measured as if all were in scope: what is strange is measured by `model evaluate` on texts that are.
    found = [
        Prediction(label, float(row.max()), label, 1.0) for label, row in zip(best, chances, strict=True)
    ]
    return Trained(classifier, measure(found, [labels[at] for at in learned.held_out.chosen]))


def _scope(inside: Floats, outside: Floats) -> Scope:
    """Where strange texts were given, the threshold that tells them best (balanced accuracy)."""
    width = max(float(inside.std()) / 4, 1e-3)
    if not len(outside):
        return Scope(float(np.quantile(inside, 1 - _ACCEPTED)), width, taught=False)
    options = np.unique(np.quantile(np.concatenate([inside, outside]), np.linspace(0, 1, 201)))
    best = max(options, key=lambda cut: float((inside >= cut).mean() + (outside < cut).mean()))
    return Scope(float(best), width, taught=True)


def _spoken(label: str) -> str:
    return re.sub(r"[_\W]+", " ", label).strip().lower()
