"""Make `weights.npz` anew from the utterances: `python -m frontdesk.understanding.local.train`."""

import hashlib
import json
import sys
from importlib.resources import as_file, files
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from frontdesk.kit.words import words
from frontdesk.understanding.local.features import SIZE, Vector, forms_of, vector

Matrix = NDArray[np.float64]
PENALTY = {"category": 1e-4, "intent": 2e-5, "scope": 1e-4}
_STEPS = 250
_FOLDS = 5
_SOURCES = ("utterances.en.jsonl", "utterances.kk.jsonl", "utterances.ru.jsonl", "topics.json")


class Utterance(TypedDict):
    text: str
    lang: str
    category: str
    intent: str
    scope: str


def utterances() -> list[Utterance]:
    """All training texts in a fixed order."""
    found: list[Utterance] = []
    for name in _SOURCES[:3]:
        for line in _data(name).splitlines():
            record = json.loads(line)
            found.append(
                Utterance(
                    text=record["text"],
                    lang=record["lang"],
                    category=record["category"],
                    intent=record["intent"],
                    scope=record.get("scope", "in"),
                )
            )
    return found


def data_hash() -> str:
    """Changes whenever a file changes that the weights are made of."""
    return hashlib.sha256("\n".join(_data(name) for name in _SOURCES).encode()).hexdigest()


def train(texts: list[Utterance]) -> dict[str, NDArray[np.generic]]:
    """The arrays of `weights.npz`."""
    vectors = [vector(forms_of(words(text["text"]), text["lang"])) for text in texts]
    gram = _gram(vectors)
    arrays: dict[str, NDArray[np.generic]] = {"data_hash": np.array(data_hash())}
    for name, penalty in PENALTY.items():
        answers = [str(text[name]) for text in texts]  # type: ignore[literal-required]  # the heads are named as the fields
        labels = sorted(set(answers))
        target = np.array([labels.index(answer) for answer in answers])
        alphas, bias = _fit(gram, target, len(labels), penalty)
        weights = np.zeros((SIZE, len(labels)))
        for (indexes, values), row in zip(vectors, alphas, strict=True):
            weights[indexes] += values[:, None] * row
        arrays[f"{name}_labels"] = np.array(labels)
        arrays[f"{name}_weights"] = weights.astype(np.float16)
        arrays[f"{name}_bias"] = bias.astype(np.float32)
        arrays[f"{name}_temperature"] = np.array(_temperature(gram, target, len(labels), penalty))
    return arrays


def held_out_accuracy(texts: list[Utterance], name: str) -> float:
    """Accuracy of a head on texts it was not trained on, by cross-validation."""
    gram = _gram([vector(forms_of(words(text["text"]), text["lang"])) for text in texts])
    answers = [str(text[name]) for text in texts]  # type: ignore[literal-required]  # as above
    labels = sorted(set(answers))
    target = np.array([labels.index(answer) for answer in answers])
    logits = _held_out(gram, target, len(labels), PENALTY[name])
    return float((logits.argmax(axis=1) == target).mean())


def _gram(vectors: list[Vector]) -> Matrix:
    """Inner products of all texts: a thousand texts are fewer than sixteen thousand features."""
    dense = np.zeros((len(vectors), SIZE), np.float32)
    for row, (indexes, values) in enumerate(vectors):
        dense[row, indexes] = values
    product: Matrix = (dense @ dense.T).astype(np.float64)
    return product


def _fit(gram: Matrix, target: NDArray[np.intp], classes: int, penalty: float) -> tuple[Matrix, Matrix]:
    """Multinomial logistic regression in its dual form, by Nesterov's accelerated gradient."""
    count = len(target)
    truth = np.eye(classes)[target]
    # Rare answers must be heard too: weights grow with the root of rarity.
    rarity = np.sqrt(count / (classes * truth.sum(axis=0)))[target][:, None]
    alphas, ahead, bias = np.zeros((count, classes)), np.zeros((count, classes)), np.zeros(classes)
    rate = 1.0 / (0.5 * float(np.linalg.norm(gram, 2)) * float(rarity.max()) / count + penalty)
    for step in range(_STEPS):
        error = (_softmax(gram @ ahead + bias) - truth) * rarity / count
        previous, alphas = alphas, ahead - rate * (error + penalty * ahead)
        ahead = alphas + step / (step + 3) * (alphas - previous)
        bias -= 0.5 * error.sum(axis=0)
    return alphas, bias


def _held_out(gram: Matrix, target: NDArray[np.intp], classes: int, penalty: float) -> Matrix:
    logits = np.zeros((len(target), classes))
    for fold in range(_FOLDS):
        test = np.arange(len(target)) % _FOLDS == fold
        alphas, bias = _fit(gram[np.ix_(~test, ~test)], target[~test], classes, penalty)
        logits[test] = gram[np.ix_(test, ~test)] @ alphas + bias
    return logits


def _temperature(gram: Matrix, target: NDArray[np.intp], classes: int, penalty: float) -> float:
    """The divisor that makes held-out probabilities most likely."""
    logits = _held_out(gram, target, classes, penalty)
    rows = np.arange(len(target))
    options = np.geomspace(0.2, 5.0, 40)
    losses = [-float(np.log(_softmax(logits / option)[rows, target] + 1e-9).mean()) for option in options]
    return float(options[int(np.argmin(losses))])


def _softmax(logits: Matrix) -> Matrix:
    powers: Matrix = np.exp(logits - logits.max(axis=1, keepdims=True))
    scaled: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return scaled


def _data(name: str) -> str:
    return files(__package__).joinpath(f"data/{name}").read_text(encoding="utf-8")


def main() -> None:
    texts = utterances()
    for name in PENALTY:
        sys.stdout.write(f"{name}: {held_out_accuracy(texts, name):.3f} on held-out texts\n")
    with as_file(files(__package__).joinpath("data/weights.npz")) as path:
        np.savez_compressed(path, **train(texts))  # type: ignore[arg-type]  # numpy's stub takes bool only for **kwargs
        sys.stdout.write(f"{path}: {path.stat().st_size // 1024} kB from {len(texts)} texts\n")


if __name__ == "__main__":
    main()
