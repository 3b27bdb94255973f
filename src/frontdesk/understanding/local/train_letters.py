"""Rebuild `letters.npz` from utterances and vocabulary: `python -m frontdesk.understanding.local.train_letters`."""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from frontdesk.kit.words import fold, words
from frontdesk.understanding.local.corpus import sources, utterances
from frontdesk.understanding.local.letters import LANGUAGES, SIZE, grams

_STEPS = 150
_RATE = 0.15
_PENALTY = 2e-6
_FOLDED_WEIGHT = 0.3
_LATIN_WEIGHT = 0.5
_PAIR_WEIGHT = 0.3
"""Weight of a generated spelling, or of a stem joined with an ending, against a word from a text."""
_STYLES = (
    {"қ": "q", "ғ": "g", "ң": "n", "ж": "j", "й": "i", "х": "h", "ц": "c", "я": "ia", "ю": "iu", "ё": "yo", "ш": "sh"},
    {"қ": "k", "ғ": "g", "ң": "n", "ж": "zh", "й": "y", "х": "kh", "ц": "ts", "я": "ya", "ю": "yu", "ё": "e", "ш": "sh"},
)  # fmt: skip
_LATIN = dict(zip("абвгдезиклмнопрстуфыэәөұүі", "abvgdeziklmnoprstufyeaouui", strict=True)) | {
    "ч": "ch", "щ": "sch", "ь": "", "ъ": "", "һ": "h",
}  # fmt: skip
_TABLES = tuple(str.maketrans(_LATIN | style) for style in _STYLES)
Weights = defaultdict[str, float]


def data_hash() -> str:
    """Changes when a file that the model is trained on changes."""
    return hashlib.sha256("\n".join([sources(), *map(_vocabulary, LANGUAGES)]).encode()).hexdigest()


def word_weights() -> dict[str, Weights]:
    """For each language, how much each word counts as an example of it."""
    weights: dict[str, Weights] = {language: defaultdict(float) for language in LANGUAGES}
    for utterance in utterances():
        for form in _of_text(utterance.text):
            weights[utterance.language][form] += 1.0
    for language in LANGUAGES:
        for form, weight in _of_vocabulary(_vocabulary(language)).items():
            for variant, share in _variants(form) if language != "en" else ((form, 1.0),):
                weights[language][variant] += share * weight
    return weights


def _variants(form: str) -> Iterator[tuple[str, float]]:
    """A word as it should be written, on a Russian keyboard, and in Latin letters."""
    yield form, 1.0
    if fold(form) != form:
        yield fold(form), _FOLDED_WEIGHT
    for table in _TABLES:
        yield form.translate(table), _LATIN_WEIGHT


def train(counts: dict[str, Weights]) -> dict[str, NDArray[np.generic]]:
    """The arrays of `letters.npz`: multinomial logistic regression, by Adam."""
    examples = [
        (grams(form), language, weight) for language in counts for form, weight in counts[language].items()
    ]
    flat = np.concatenate([np.array(features, np.int64) for features, _, _ in examples])
    lengths = np.array([len(features) for features, _, _ in examples])
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    rows = np.repeat(np.arange(len(examples)), lengths)
    truth = np.array([[language == other for other in LANGUAGES] for _, language, _ in examples], float)
    share = np.log1p(np.array([weight for _, _, weight in examples]))[:, None]
    share = share * (truth @ (1.0 / (truth.T @ share))) / len(LANGUAGES)
    weights, momentum, power = np.zeros((3, SIZE, len(LANGUAGES)))
    for step in range(1, _STEPS + 1):
        logits = np.add.reduceat(weights[flat], starts, axis=0)
        chance = np.exp(logits - logits.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        error = ((chance - truth) * share)[rows]
        gradient = (
            np.stack([np.bincount(flat, column, SIZE) for column in error.T], axis=1) + _PENALTY * weights
        )
        momentum = 0.9 * momentum + 0.1 * gradient
        power = 0.99 * power + 0.01 * gradient**2
        weights = weights - _RATE * (momentum / (1 - 0.9**step)) / (np.sqrt(power / (1 - 0.99**step)) + 1e-6)
    scale = float(np.abs(weights).max()) / 127
    return {
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": np.array(scale),
        "data_hash": np.array(data_hash()),
    }


def _vocabulary(language: str) -> str:
    names = ("en",) if language == "en" else (language, "alike")
    folder = files(__package__).joinpath("data/vocabulary")
    return "\n".join(folder.joinpath(f"{name}.txt").read_text(encoding="utf-8") for name in names)


def _of_vocabulary(text: str) -> Weights:
    counts: Weights = defaultdict(float)
    for line in text.lower().splitlines():
        if line.startswith("#"):
            continue
        stems, joined, endings = line.partition(" + ")
        if not joined:
            for form in line.split():
                counts[form] += 1.0
        for stem in stems.split() if joined else ():
            for ending in endings.split():
                counts[ending if stem == "-" else stem + ending] += 1.0 if stem == "-" else _PAIR_WEIGHT
    return counts


def _of_text(text: str) -> Iterator[str]:
    """Its words in lower case as they are written, not folded."""
    return (text[word.start : word.end].lower() for word in words(text) if not word.form[0].isdigit())


def main() -> None:
    counts = word_weights()
    with as_file(files(__package__).joinpath("data/letters.npz")) as path:
        np.savez_compressed(path, **train(counts))  # type: ignore[arg-type]  # numpy's stub takes bool only for **kwargs
        total = sum(map(len, counts.values()))
        sys.stdout.write(f"{path}: {path.stat().st_size // 1024} kB from {total} words\n")


if __name__ == "__main__":
    main()
