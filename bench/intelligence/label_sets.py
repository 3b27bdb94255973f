"""Public sets of labelled texts: a classifier is trained on one part and measured on another."""

import random
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bench.intelligence.section import Bench, Part, Row, Section, at_least, percent
from frontdesk.llm.embedding.minilm import MiniLM
from frontdesk.understanding.learning.classifier import Sentences, classifier_inputs
from frontdesk.understanding.learning.examples import Example, read_examples
from frontdesk.understanding.learning.measure import ClassifierMetrics, measure
from frontdesk.understanding.learning.train import train
from frontdesk.understanding.local.linear import Floats

_SHOTS, _SEEDS, _FOLDS, _TRAINED_ON = 10, 3, 5, 0.88
_THREE_WAYS = frozenset({"positive", "negative", "neutral"})
_PUBLIC = "A public set; development looked at its figures."
_BANKING = "intents/banking77_train.jsonl"
_CLINC = ("oos/clinc150_train.jsonl", "oos/clinc150_val.jsonl")
_KAZSANDRA = ("sentiment/kk_kazsandra_train.jsonl", "sentiment/kk_kazsandra_val.jsonl")
_CEDR, _VADER = "sentiment/ru_cedr_train.jsonl", "sentiment/en_vader_train.jsonl"


def banking(bench: Bench) -> Section:
    examples = _examples(bench.data / _BANKING)
    sentences = _cached(bench.sentences)
    shuffled = random.Random(0).sample(examples, len(examples))
    cut = round(_TRAINED_ON * len(shuffled))
    full = _trained_and_measured(shuffled[:cut], shuffled[cut:], sentences)
    few = [_trained_and_measured(*_few_of_each(examples, seed), sentences).accuracy for seed in range(_SEEDS)]
    return Section(
        "BANKING77",
        (
            Row("full, accuracy", percent(full.accuracy), at_least(93.5), 91.3),
            Row("10-shot, accuracy", percent(statistics.mean(few)), at_least(86), 72.0),
        ),
        f"77 intents of a bank's customers, English. Full: trained on 88 % of the training file "
        f"({cut:,} texts), measured on the other {len(shuffled) - cut:,}, split by a fixed seed; "
        f"calibration error {full.ece:.3f}. 10-shot: trained on 10 texts of each label, measured on all "
        f"others, the mean of {_SEEDS} seeds ({', '.join(f'{percent(accuracy):.1f}' for accuracy in few)}). {_PUBLIC}",
    )


def clinc(bench: Bench) -> Section:
    training, held_out = (_examples(bench.data / name) for name in _CLINC)
    metrics = _trained_and_measured(training, held_out, bench.sentences)
    return Section(
        "CLINC150",
        (
            Row("in-scope accuracy, no threshold", percent(metrics.in_scope_accuracy), at_least(95.5), 92.8),
            Row("out of scope, AUROC", percent(metrics.oos_auroc), at_least(97), 94.7),
        ),
        f"150 intents and texts outside of them, English; trained on the training file with its "
        f"out-of-scope texts, measured on the validation file. At the threshold that training chose "
        f"{percent(metrics.in_scope_accepted):.1f} % of the in-scope texts are accepted and "
        f"{percent(metrics.oos_recall):.1f} % of the others refused. {_PUBLIC}",
    )


def kazsandra(bench: Bench) -> Section:
    training, held_out = (_examples(bench.data / name) for name in _KAZSANDRA)
    metrics = _trained_and_measured(training, held_out, bench.sentences)
    return Section(
        "KazSAnDRA",
        (Row("Kazakh polarity, macro-F1", percent(metrics.macro_f1), at_least(81), 78.8),),
        f"Reviews, positive or negative, many with Russian words or without the special letters; trained on "
        f"{len(training):,}, measured on the {len(held_out):,} of the validation file. {_PUBLIC}",
    )


def cedr(bench: Bench) -> Section:
    return _in_folds(bench, _CEDR, "CEDR", "Russian, 3-way macro-F1", 82, 79.0)


def vader(bench: Bench) -> Section:
    return _in_folds(bench, _VADER, "VADER", "English, 3-way macro-F1", 68, 61.3)


def _in_folds(bench: Bench, file: str, title: str, what: str, aim: float, plain: float) -> Section:
    examples = [example for example in _examples(bench.data / file) if example.label in _THREE_WAYS]
    sentences = _cached(bench.sentences)
    shuffled = random.Random(0).sample(examples, len(examples))
    scores = [
        _trained_and_measured(
            [example for place, example in enumerate(shuffled) if place % _FOLDS != fold],
            shuffled[fold::_FOLDS],
            sentences,
        ).macro_f1
        for fold in range(_FOLDS)
    ]
    spread = f"{percent(min(scores)):.1f} to {percent(max(scores)):.1f}"
    return Section(
        title,
        (Row(what, percent(statistics.mean(scores)), at_least(aim), plain),),
        f"{len(examples):,} texts, positive, neutral or negative (others are left out); the mean over "
        f"{_FOLDS} folds ({spread}). {_PUBLIC}",
    )


def _examples(file: Path) -> list[Example]:
    return read_examples(file, "text", "label")


def _few_of_each(examples: Sequence[Example], seed: int) -> tuple[list[Example], list[Example]]:
    """Some of each label, and the rest."""
    few: list[Example] = []
    rest: list[Example] = []
    counts: dict[str, int] = {}
    for example in random.Random(seed).sample(examples, len(examples)):
        counts[example.label] = counts.get(example.label, 0) + 1
        (few if counts[example.label] <= _SHOTS else rest).append(example)
    return few, rest


def _trained_and_measured(
    training: Sequence[Example], held_out: Sequence[Example], sentences: Sentences | None
) -> ClassifierMetrics:
    classifier = train(training, sentences).classifier
    texts = classifier_inputs([example.text for example in held_out], sentences)
    return measure(classifier.predict(texts), [example.label for example in held_out])


def _cached(sentences: MiniLM | None) -> "_CachedSentences | None":
    return None if sentences is None else _CachedSentences(sentences)


class _CachedSentences:
    """Computes each sentence vector once, for sets that are trained on several times."""

    def __init__(self, sentences: MiniLM) -> None:
        self._sentences = sentences
        self._known: dict[str, Floats] = {}

    def embed_now(self, texts: list[str]) -> Floats:
        fresh = list(self._unknown(texts))
        self._known.update(zip(fresh, self._sentences.embed_now(fresh), strict=True))
        if not texts:
            return np.zeros((0, 384), np.float32)
        return np.stack([self._known[text] for text in texts])

    def _unknown(self, texts: list[str]) -> Iterator[str]:
        return (text for text in dict.fromkeys(texts) if text not in self._known)


PARTS = (
    Part("banking", "BANKING77", banking, (_BANKING,)),
    Part("clinc", "CLINC150", clinc, _CLINC),
    Part("kazsandra", "KazSAnDRA", kazsandra, _KAZSANDRA),
    Part("cedr", "CEDR", cedr, (_CEDR,)),
    Part("vader", "VADER", vader, (_VADER,)),
)
