"""Rebuild `weights.npz` from the utterances: `python -m frontdesk.understanding.local.train`."""

import hashlib
import sys
from collections.abc import Sequence
from importlib.resources import as_file, files

import numpy as np

from frontdesk.understanding.local import corpus
from frontdesk.understanding.local.corpus import Utterance
from frontdesk.understanding.local.fit import Hyperparameters, Learned, Texts, learn, prepare
from frontdesk.understanding.local.linear import Arrays, Floats
from frontdesk.understanding.local.material import bag_of
from frontdesk.understanding.local.model import HEADS, MEANING, MEANING_HEADS, WORDS

_BY_WORDS, _WITH_MEANING = Hyperparameters(1e-5, 0.0), Hyperparameters(1e-5, 0.7)
"""The best of several on held-out utterances."""
_LEAST_WEIGHT = 0.03
"""A feature is left out where each of its weights is below this share of the label's greatest."""


def data_hash() -> str:
    """Changes when a file that the weights are trained on changes."""
    data = files(__package__).joinpath("data")
    made_of = [
        corpus.sources(),
        *(data.joinpath(n).read_text("utf-8") for n in ("topics.json", "sentiment.json")),
    ]
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()


def train(
    utterances: Sequence[Utterance], heads: Sequence[str], meaning: Floats | None = None
) -> tuple[Arrays, dict[str, float]]:
    """The arrays of one model, and each head's accuracy on held-out texts."""
    texts = prepare([bag_of(utterance.text, utterance.language)[0] for utterance in utterances], meaning)
    answers = {name: [str(getattr(utterance, name)) for utterance in utterances] for name in heads}
    setting = _BY_WORDS if meaning is None else _WITH_MEANING
    learned = {name: learn(texts, answers[name], setting=setting) for name in heads}
    return _pruned(texts, learned), {name: learned[name].held_out_accuracy(answers[name]) for name in heads}


def _pruned(texts: Texts, learned: dict[str, Learned]) -> Arrays:
    """The arrays without features that hardly change any answer."""
    least = _LEAST_WEIGHT * 127
    heads = {name: fitted.head for name, fitted in learned.items()}
    kept = np.any(
        [(np.abs(head.weights.astype(np.int16)) > least).any(axis=1) for head in heads.values()], axis=0
    )
    arrays: Arrays = {"keys": texts.space.keys[kept], "rarity": texts.space.rarity[kept]}
    for name, head in heads.items():
        arrays |= head.arrays(name) | {f"{name}_weights": head.weights[kept]}
    return arrays


def main() -> None:
    from frontdesk.llm.embedding import open_embedder
    from frontdesk.llm.embedding.minilm import MiniLM

    embedder = open_embedder("minilm")
    if not isinstance(embedder, MiniLM):
        raise SystemExit("the MiniLM weights are not installed")
    utterances = corpus.utterances()
    english = [utterance for utterance in utterances if utterance.language == "en"]
    vectors = embedder.embed_now([utterance.text for utterance in english])
    arrays: Arrays = {"data_hash": np.array(data_hash())}
    for prefix, heads, texts, meaning in (
        (WORDS, HEADS, utterances, None),
        (MEANING, MEANING_HEADS, english, vectors),
    ):
        trained, accuracy = train(texts, heads, meaning)
        arrays |= {f"{prefix}_{name}": array for name, array in trained.items()}
        for name, share in accuracy.items():
            arrays[f"held_out_{prefix}_{name}"] = np.array(share)
            sys.stdout.write(f"{prefix} {name}: {share:.3f} on held-out texts\n")
    with as_file(files(__package__).joinpath("data/weights.npz")) as path:
        np.savez_compressed(path, **arrays)  # type: ignore[arg-type]  # numpy's stub takes bool only for **kwargs
        sys.stdout.write(f"{path}: {path.stat().st_size // 1024} kB from {len(utterances)} texts\n")


if __name__ == "__main__":
    main()
