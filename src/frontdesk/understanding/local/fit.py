"""Fits linear classifiers: multinomial logistic regression by L-BFGS, chosen and calibrated on held-out texts.

scipy is imported only here and in `loss`: nothing but training loads it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from frontdesk.understanding.local.features import Bag
from frontdesk.understanding.local.linear import Floats, Head, Space, in_bytes, softmax
from frontdesk.understanding.local.loss import Answers, Loss

_STEPS, _FEW_STEPS = 60, 30
"""Iterations of the optimiser; fewer where hyperparameters are only compared."""
_MANY = 2_000
"""From this many texts on, features of a single text are left out, and only one fold is held out."""
_FOLDS = 5
_TUNED_ON = 3_000
"""Hyperparameters are compared on at most this many texts, and on two folds."""


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    penalty: float
    """On the squared weights, for each text."""
    meaning: float
    """Weight of the sentence vector against the words."""


_BY_WORDS = tuple(Hyperparameters(penalty, 0.0) for penalty in (1e-5, 1e-4, 3e-4, 1e-3))
_ADAPTING = Hyperparameters(1e-3, 1.0)
_WITH_MEANING = (Hyperparameters(1e-5, 0.7), Hyperparameters(1e-5, 2.0), Hyperparameters(3e-4, 2.0))


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts ready for training: their rows in a space, and their sentence vectors where known."""

    space: Space
    rows: csr_matrix
    meaning: Floats | None
    """One row for each text; zeros where the sentence model does not know its language."""

    def some(self, chosen: NDArray[np.intp]) -> "Texts":
        return Texts(self.space, self.rows[chosen], None if self.meaning is None else self.meaning[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """A model's outputs for texts that it was not trained on."""

    chosen: NDArray[np.intp]
    """Which texts."""
    logits: Floats
    """Before the temperature."""


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    head: Head
    held_out: HeldOut
    out_of_scope: Floats
    """The logits of texts that belong to no label, by a model not trained on them; may be empty."""

    def held_out_accuracy(self, labels: Sequence[str]) -> float:
        """On the held-out texts; `labels` are those of all texts."""
        predicted = self.held_out.logits.argmax(axis=1)
        right = [
            self.head.labels[at] == labels[of] for at, of in zip(predicted, self.held_out.chosen, strict=True)
        ]
        return float(np.mean(right))


def prepare(bags: Sequence[Bag], meaning: Floats | None = None) -> Texts:
    """The space of some texts and the texts in it."""
    space = _space(bags, 2 if len(bags) >= _MANY else 1)
    return Texts(space, _rows(space, bags), meaning)


def place(space: Space, bags: Sequence[Bag], meaning: Floats | None = None) -> Texts:
    """Other texts in an existing space."""
    return Texts(space, _rows(space, bags), meaning)


def learn(
    texts: Texts,
    labels: Sequence[str],
    out_of_scope: Texts | None = None,
    train_only: int = 0,
    setting: Hyperparameters | None = None,
) -> Learned:
    """Fit a head. Raises `ValueError` with fewer than two labels.

    Without a setting, the one with the best accuracy on held-out texts is chosen. The temperature makes the
    held-out probabilities most likely. The head itself is then fitted on all texts. The last `train_only`
    texts are never held out.
    """
    names = sorted(set(labels))
    if len(names) < 2:
        raise ValueError("at least two labels are needed")
    place_of = {name: at for at, name in enumerate(names)}
    answers = np.array([place_of[label] for label in labels], np.intp)
    task = _Task(texts, answers, len(names))
    folds = _folds(answers, train_only)
    setting = setting or _choose(task, folds)
    parts = list(_cross_validated(task, folds, setting, _STEPS))
    held = HeldOut(
        np.concatenate([part.out for part in parts]), np.concatenate([part.logits for part in parts])
    )
    outside = (
        np.zeros((0, len(names)), np.float32)
        if out_of_scope is None
        else parts[0].fitted.logits(out_of_scope)
    )
    fitted = _fit(task, setting, _STEPS, near=parts[0].fitted)
    return Learned(_head(names, fitted, _temperature(held.logits, answers[held.chosen])), held, outside)


def adapt(head: Head, texts: Texts, labels: Sequence[str], sample_weights: Floats) -> Head:
    """A head fitted to new examples with a penalty on the distance from where it was. Same labels, same space."""
    answers = np.array([head.labels.index(label) for label in labels], np.intp)
    start = _Weights(head.weights.astype(np.float32) * head.scales, head.meaning, head.bias)
    fitted = _fit(_Task(texts, answers, len(head.labels)), _ADAPTING, _STEPS, start, sample_weights)
    return _head(head.labels, fitted, head.temperature)


def widen(space: Space, head: Head, bags: Sequence[Bag]) -> tuple[Space, Head]:
    """The space extended by the features of these texts, and the head with zero weights for the new ones."""
    known = np.concatenate([space.keys, *(bag.keys for bag in bags)])
    fresh = np.setdiff1d(known, space.keys)
    keys = np.concatenate([space.keys, fresh])
    order = np.argsort(keys)
    rarity = np.concatenate([space.rarity, np.full(len(fresh), space.rarity.max(initial=1.0), np.float32)])
    weights = np.concatenate([head.weights, np.zeros((len(fresh), len(head.labels)), np.int8)])
    return Space(keys[order], rarity[order]), replace(head, weights=weights[order])


def _head(labels: Sequence[str], fitted: "_Weights", temperature: float) -> Head:
    small, scales = in_bytes(fitted.features)
    return Head(tuple(labels), small, scales, fitted.meaning, fitted.bias, temperature)


def _space(bags: Sequence[Bag], least: int) -> Space:
    keys, counts = np.unique(
        np.concatenate([np.zeros(0, np.uint32), *(bag.keys for bag in bags)]), return_counts=True
    )
    kept = counts >= least
    rarity = np.log((len(bags) + 1) / (counts[kept] + 0.5)) + 1
    return Space(keys[kept], rarity.astype(np.float32))


def _rows(space: Space, bags: Sequence[Bag]) -> csr_matrix:
    vectors = [space.vector(bag) for bag in bags]
    lengths = np.cumsum([0, *(len(vector.places) for vector in vectors)])
    places = np.concatenate([np.zeros(0, np.intp), *(vector.places for vector in vectors)])
    values = np.concatenate([np.zeros(0, np.float32), *(vector.values for vector in vectors)])
    return csr_matrix((values, places, lengths), shape=(len(bags), len(space.keys)), dtype=np.float32)


def _folds(answers: Answers, train_only: int) -> NDArray[np.intp]:
    """A fold for each text, every label spread over all; -1 for the last `train_only`, which are never held out."""
    count = len(answers) - train_only
    folds = np.full(len(answers), -1, np.intp)
    counts: Counter[int] = Counter()
    for text in np.random.default_rng(7).permutation(count):
        answer = int(answers[text])
        folds[text] = (counts[answer] + answer) % _FOLDS
        counts[answer] += 1
    return folds


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    texts: Texts
    answers: Answers
    classes: int

    def some(self, chosen: NDArray[np.intp]) -> "_Task":
        return _Task(self.texts.some(chosen), self.answers[chosen], self.classes)


@dataclass(frozen=True, slots=True, eq=False)
class _Fold:
    """A model fitted on all folds but one, and its logits for that one."""

    out: NDArray[np.intp]
    logits: Floats
    fitted: "_Weights"


def _choose(task: _Task, folds: NDArray[np.intp]) -> Hyperparameters:
    some = np.arange(len(task.answers))
    if len(some) > _TUNED_ON:
        some = np.sort(np.random.default_rng(11).choice(some, _TUNED_ON, replace=False))
    part, part_folds = task.some(some), np.where(folds[some] > 1, -1, folds[some])

    def accuracy(setting: Hyperparameters) -> float:
        validated = _cross_validated(part, part_folds, setting, _FEW_STEPS)
        right = [fold.logits.argmax(axis=1) == part.answers[fold.out] for fold in validated]
        return float(np.concatenate(right).mean())

    best = max(_BY_WORDS if task.texts.meaning is None else _WITH_MEANING, key=accuracy)
    # The penalty is for each text: with more texts, less of it is needed.
    return replace(best, penalty=best.penalty * len(some) / len(task.answers))


def _cross_validated(
    task: _Task, folds: NDArray[np.intp], setting: Hyperparameters, steps: int
) -> Iterator[_Fold]:
    """Each fold by a model fitted on the others; with many texts only the first fold."""
    for fold in range(1 if len(folds) >= _MANY else int(folds.max()) + 1):
        out, kept = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        fitted = _fit(task.some(kept), setting, steps)
        yield _Fold(out, fitted.logits(task.texts.some(out)), fitted)


@dataclass(frozen=True, slots=True, eq=False)
class _Weights:
    features: Floats
    meaning: Floats | None
    bias: Floats

    def logits(self, texts: Texts) -> Floats:
        logits = texts.rows @ self.features + self.bias
        if self.meaning is not None and texts.meaning is not None:
            logits = logits + texts.meaning @ self.meaning
        return np.asarray(logits, np.float32)


def _fit(
    task: _Task,
    setting: Hyperparameters,
    steps: int,
    start: _Weights | None = None,
    sample_weights: Floats | None = None,
    near: _Weights | None = None,
) -> _Weights:
    """The weights of least loss; with a start, the penalty is on the distance from it.

    `near` is only where the optimiser begins.
    """
    texts = task.texts
    meaning = None if texts.meaning is None else texts.meaning * np.float32(setting.meaning)
    features, width = texts.rows.shape[1], 0 if meaning is None else meaning.shape[1]
    origin = np.zeros((features + width + 1, task.classes), np.float32)
    if start is not None:
        origin = _stacked(start, width, setting, task.classes)
    begin = origin if near is None else _stacked(near, width, setting, task.classes)
    sample_weights = _sample_weights(task.answers, task.classes) if sample_weights is None else sample_weights
    optimum = minimize(
        Loss(texts.rows, meaning, task.answers, sample_weights, origin, setting.penalty),
        begin.ravel().astype(np.float64),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": steps, "maxcor": 6},
    )
    parts = optimum.x.reshape(origin.shape).astype(np.float32)
    meaning_weights = None
    if meaning is not None:
        meaning_weights = np.asarray(parts[features:-1] * np.float32(setting.meaning), np.float32)
    return _Weights(parts[:features], meaning_weights, parts[-1])


def _stacked(start: _Weights, width: int, setting: Hyperparameters, classes: int) -> Floats:
    meaning = np.zeros((width, classes), np.float32)
    if start.meaning is not None and width:
        meaning = start.meaning / np.float32(setting.meaning)
    return np.concatenate([start.features, meaning, start.bias[None]]).astype(np.float32)


def _sample_weights(answers: Answers, classes: int) -> Floats:
    """A text weighs more the rarer its answer: by the square root, so that rare answers are learned too."""
    held = np.maximum(np.bincount(answers, minlength=classes), 1)
    return np.asarray(np.sqrt(len(answers) / (classes * held))[answers], np.float32)


def _temperature(logits: Floats, answers: Answers) -> float:
    """The divisor that makes held-out probabilities most likely.

    Computed as if one more text had been wrong (Platt, 1999): a few right answers do not prove certainty.
    """
    rows, doubt = np.arange(len(answers)), 1 / (len(answers) + 2)

    def surprise(divisor: float) -> float:
        log_chances = np.log(softmax(logits / np.float32(divisor)) + 1e-9)
        return -float(((1 - doubt) * log_chances[rows, answers] + doubt * log_chances.mean(axis=1)).mean())

    return float(min(np.geomspace(0.1, 10.0, 80), key=surprise))
