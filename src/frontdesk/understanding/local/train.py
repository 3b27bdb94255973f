"""Make `weights.npz` anew from the utterances: `python -m frontdesk.understanding.local.train`."""

import hashlib
import sys
from collections.abc import Sequence
from importlib.resources import as_file, files

import numpy as np

from frontdesk.understanding.local import corpus
from frontdesk.understanding.local.corpus import Utterance
from frontdesk.understanding.local.fit import Learned, Setting, Texts, learn, prepare
from frontdesk.understanding.local.linear import Arrays, Floats
from frontdesk.understanding.local.material import bag_of
from frontdesk.understanding.local.model import HEADS, MEANING, MEANING_HEADS, WORDS

_BY_WORDS, _WITH_MEANING = Setting(1e-5, 0.0), Setting(1e-5, 0.7)
"""The best of several on held-out utterances."""
_LEAST_PULL = 0.03
"""A feature whose every weight is below this share of the answer's greatest is left out."""


def data_hash() -> str:
    """Changes whenever a file changes that the weights are made of."""
    data = files(__package__).joinpath("data")
    made_of = [
        corpus.sources(),
        *(data.joinpath(n).read_text("utf-8") for n in ("topics.json", "sentiment.json")),
    ]
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()


def train(
    said: Sequence[Utterance], heads: Sequence[str], meaning: Floats | None = None
) -> tuple[Arrays, dict[str, float]]:
    """The arrays of one model, and each head's accuracy on texts that it had not seen."""
    texts = prepare([bag_of(one.text, one.language)[0] for one in said], meaning)
    answers = {name: [str(getattr(one, name)) for one in said] for name in heads}
    setting = _BY_WORDS if meaning is None else _WITH_MEANING
    learned = {name: learn(texts, answers[name], setting=setting) for name in heads}
    return _pruned(texts, learned), {name: learned[name].held_out_accuracy(answers[name]) for name in heads}


def _pruned(texts: Texts, learned: dict[str, Learned]) -> Arrays:
    """Features that hardly move any answer are left out of the file."""
    least = _LEAST_PULL * 127
    heads = {name: one.head for name, one in learned.items()}
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
    said = corpus.utterances()
    english = [one for one in said if one.language == "en"]
    vectors = embedder.embed_now([one.text for one in english])
    arrays: Arrays = {"data_hash": np.array(data_hash())}
    for prefix, heads, texts, meaning in (
        (WORDS, HEADS, said, None),
        (MEANING, MEANING_HEADS, english, vectors),
    ):
        made, accuracy = train(texts, heads, meaning)
        arrays |= {f"{prefix}_{name}": array for name, array in made.items()}
        for name, share in accuracy.items():
            arrays[f"held_out_{prefix}_{name}"] = np.array(share)
            sys.stdout.write(f"{prefix} {name}: {share:.3f} on held-out texts\n")
    with as_file(files(__package__).joinpath("data/weights.npz")) as path:
        np.savez_compressed(path, **arrays)  # type: ignore[arg-type]  # numpy's stub takes bool only for **kwargs
        sys.stdout.write(f"{path}: {path.stat().st_size // 1024} kB from {len(said)} texts\n")


if __name__ == "__main__":
    main()
