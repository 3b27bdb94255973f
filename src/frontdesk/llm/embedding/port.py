"""The port of sentence vectors: what the desk asks of a model that turns texts into vectors."""

from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

Role = Literal["query", "passage"]
"""Some models are trained to read a question and a text that answers it differently."""

TEXT_CHARACTERS = 20_000
"""Of a longer text only the beginning is read; models read less than that anyway."""


class Embedder(Protocol):
    @property
    def name(self) -> str:
        """Kind and model, stored with each vector; another name is another space of meaning."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """Languages in which near vectors mean near texts; in others they would only do harm."""
        ...

    async def dimensions(self) -> int:
        """How many numbers a vector has; where that is not known yet, one text is embedded to see."""
        ...

    async def embed(self, texts: list[str], role: Role = "passage") -> Matrix:
        """One unit vector a text, in order; runs off the event loop, in batches of its own.

        An empty text, and one of broken characters, has a vector too. A query waits for no bulk of passages,
        and of one sent over the network personal data is redacted first. Raises `ModelUnavailable` where the
        model is away after some tries, `SetupError` where it cannot be had so, `PermanentError` where it
        refuses the texts.
        """
        ...

    async def aclose(self) -> None:
        """Give back connections and threads."""
        ...


def readable(text: str) -> str:
    """What any tokenizer and wire can take: no lone surrogates, which broken input may carry; bounded."""
    return text[:TEXT_CHARACTERS].encode("utf-8", "replace").decode()


def unit(vectors: Matrix) -> Matrix:
    """Each row brought to length 1."""
    norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return np.asarray(vectors / norms, np.float32)
