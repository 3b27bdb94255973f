"""Trains a classifier on a desk's own examples and measures it on held-out ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from frontdesk.errors import ValidationFailed
from frontdesk.understanding.learning.classifier import (
    Classifier,
    ClassifierInput,
    Part,
    Prediction,
    ScopeThreshold,
    Sentences,
    classifier_inputs,
    meanings,
    width_of,
)
from frontdesk.understanding.learning.examples import OUT_OF_SCOPE, Example
from frontdesk.understanding.learning.measure import ClassifierMetrics, measure
from frontdesk.understanding.local.fit import Learned, Texts, learn, place, prepare
from frontdesk.understanding.local.linear import Floats, energy, softmax

_ENGLISH_ENOUGH = 0.3
"""From this share of English examples on, a part with sentence vectors is trained."""
_NOT_ENGLISH = 0.1
"""From this share of other examples on, a part by words alone is trained."""
_ACCEPTED = 0.97
"""Without out-of-scope examples, the threshold accepts this share of the held-out texts."""
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    classifier: Classifier
    held_out: ClassifierMetrics
    """On a fifth of the examples; with few examples, on each once, by a model not trained on it."""


def train(examples: Sequence[Example], sentences: Sentences | None = None) -> Trained:
    """Takes seconds for thousands of examples. Texts labelled `oos` are examples of what belongs to no label.

    Raises `ValidationFailed` with fewer than two labels.
    """
    inside = [example for example in examples if example.label != OUT_OF_SCOPE]
    outside = classifier_inputs(
        [example.text for example in examples if example.label == OUT_OF_SCOPE], sentences
    )
    if len({example.label for example in inside}) < 2:
        raise ValidationFailed("the examples must have at least two different labels besides `oos`")
    # The name of a label is an example of it too, valuable where there are few others.
    names = [Example(_as_words(label), label) for label in sorted({example.label for example in inside})]
    names = [example for example in names if _WORD.search(example.text)]
    training = [*inside, *names]
    texts = classifier_inputs([example.text for example in training], sentences)
    labels = [example.label for example in training]
    english = np.array([text.meaning is not None for text in texts])
    share = float(english.mean())
    words = meaning = None
    if share < _ENGLISH_ENOUGH or 1 - share > _NOT_ENGLISH:
        words = _train_part([text.without_meaning() for text in texts], labels, outside, len(names))
    if share >= _ENGLISH_ENOUGH:
        meaning = _train_part(texts, labels, outside, len(names))
    return _assembled(words, meaning, labels)


@dataclass(frozen=True, slots=True, eq=False)
class _TrainedPart:
    part: Part
    learned: Learned


def _train_part(
    texts: Sequence[ClassifierInput],
    labels: Sequence[str],
    outside: Sequence[ClassifierInput],
    train_only: int,
) -> _TrainedPart:
    width = width_of(texts)
    prepared = prepare([text.bag for text in texts], meanings(texts, width))
    out_of_scope: Texts | None = None
    if outside:
        out_of_scope = place(prepared.space, [text.bag for text in outside], meanings(outside, width))
    learned = learn(prepared, labels, out_of_scope, train_only)
    return _TrainedPart(Part(prepared.space, learned.head), learned)


def _assembled(words: _TrainedPart | None, meaning: _TrainedPart | None, labels: Sequence[str]) -> Trained:
    best_part = meaning or words
    assert best_part is not None, "one part is always trained"
    learned = best_part.learned
    scope = _scope(energy(learned.held_out.logits), energy(learned.out_of_scope))
    classifier = Classifier(words.part if words else None, meaning.part if meaning else None, scope)
    chances = softmax(learned.held_out.logits / np.float32(learned.head.temperature))
    best = [learned.head.labels[at] for at in chances.argmax(axis=1)]
    # Measured as if all were in scope: out-of-scope texts are measured by `model evaluate`.
    predictions = [
        Prediction(label, float(row.max()), label, 1.0) for label, row in zip(best, chances, strict=True)
    ]
    return Trained(classifier, measure(predictions, [labels[at] for at in learned.held_out.chosen]))


def _scope(inside: Floats, outside: Floats) -> ScopeThreshold:
    """With out-of-scope examples, the threshold of the best balanced accuracy."""
    width = max(float(inside.std()) / 4, 1e-3)
    if not len(outside):
        return ScopeThreshold(float(np.quantile(inside, 1 - _ACCEPTED)), width, trained=False)
    options = np.unique(np.quantile(np.concatenate([inside, outside]), np.linspace(0, 1, 201)))
    best = max(options, key=lambda cut: float((inside >= cut).mean() + (outside < cut).mean()))
    return ScopeThreshold(float(best), width, trained=True)


def _as_words(label: str) -> str:
    return re.sub(r"[_\W]+", " ", label).strip().lower()
