"""Which of ru, kk and en a word is likely to be: a linear model over its letter n-grams."""

from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

LANGUAGES = ("en", "kk", "ru")
SIZE = 1 << 15
LONGEST_GRAM = 4
_LONGEST_WORD = 24
_MASK = SIZE - 1


class LetterModel(NamedTuple):
    weights: NDArray[np.int8]
    """Features x languages, in steps of `scale`."""
    scale: float
    data_hash: str
    """Which texts and word lists it was trained on."""


@cache
def shipped() -> LetterModel:
    """The model of the package."""
    with as_file(files(__package__).joinpath("data/letters.npz")) as path, np.load(path) as stored:
        return LetterModel(stored["weights"], float(stored["scale"]), str(stored["data_hash"]))


def grams(form: str) -> list[int]:
    """The features of a lower-case word: its n-grams of one to four letters, with `_` at both ends."""
    framed = f"_{form[:_LONGEST_WORD]}_".encode("utf-16-le", "surrogatepass")
    # Two bytes a letter, so that slices of the encoded word can be hashed without encoding each.
    size = len(framed)
    return [
        crc32(framed[start : start + 2 * length]) & _MASK
        for length in range(1, LONGEST_GRAM + 1)
        for start in range(0, size - 2 * length + 1, 2)
    ]


@lru_cache(maxsize=32_768)
def leaning(form: str) -> tuple[float, float, float]:
    """The score of a lower-case word for each of `LANGUAGES`, as logarithms; only their differences count."""
    model = shipped()
    en, kk, ru = model.weights[grams(form)].sum(axis=0, dtype=np.int32).tolist()
    return en * model.scale, kk * model.scale, ru * model.scale
