"""The port of embedding models: texts in, sentence vectors out."""

from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

Role = Literal["query", "passage"]
"""Some models embed a question and a text that answers it differently."""

TEXT_CHARACTERS = 20_000
"""Longer texts are cut; models read less than that anyway."""


class Embedder(Protocol):
    @property
    def name(self) -> str:
        """Kind and model, stored with each vector; vectors of different names are not comparable."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """Languages in which near vectors mean similar texts; vectors are not used for others."""
        ...

    async def dimensions(self) -> int:
        """The length of a vector; if it is not known yet, one text is embedded."""
        ...

    async def embed(self, texts: list[str], role: Role = "passage") -> Matrix:
        """One unit vector for each text, in order; runs off the event loop, in batches.

        Empty and malformed texts have vectors too. A query does not wait for passages, and its personal data
        is redacted before it is sent over the network. Raises `ModelUnavailable` after failed retries,
        `SetupError` for a wrong setting, `PermanentError` where the model refuses the texts.
        """
        ...

    async def aclose(self) -> None:
        """Close connections and threads."""
        ...


def readable(text: str) -> str:
    """The text without lone surrogates, cut to `TEXT_CHARACTERS`."""
    return text[:TEXT_CHARACTERS].encode("utf-8", "replace").decode()


def unit(vectors: Matrix) -> Matrix:
    """Each row scaled to length 1."""
    norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return np.asarray(vectors / norms, np.float32)
