"""Vectors of queries: cached, and made within a time limit or not at all."""

from collections import OrderedDict

import numpy as np

from frontdesk.knowledge.index import Floats
from frontdesk.llm.best_effort import BestEffort
from frontdesk.llm.embedding import Embedder

_SECONDS = 4.0
_CACHED = 512
_UNRELATED = [
    "Where is my parcel?",
    "Volcanoes formed these islands.",
    "The warranty covers the battery for two years.",
    "He plays the violin every evening.",
    "Bread is baked at four in the morning.",
    "The vote was put off until spring.",
    "My password does not work.",
    "Frogs lay their eggs in ponds.",
]
"""No two have a subject in common."""


class QueryVectors:
    """Of all models of a process. While a model is unavailable, search uses words only."""

    def __init__(self) -> None:
        self._cached: OrderedDict[tuple[str, str], Floats] = OrderedDict()
        self._asking: dict[str, BestEffort] = {}
        self._backgrounds: dict[str, float] = {}

    async def vector_of(self, embedder: Embedder, text: str) -> Floats | None:
        """The query's vector; None where the model failed or did not answer in time."""
        key = embedder.name, text
        vector = self._cached.get(key)
        if vector is None:
            vectors = await self._embed(embedder, [text])
            if vectors is None:
                return None
            vector = self._cached[key] = vectors[0]
            if len(self._cached) > _CACHED:
                self._cached.popitem(last=False)
        return vector

    async def background(self, embedder: Embedder) -> float | None:
        """The mean cosine of unrelated texts: 0.0 with some models, 0.7 and more with others.

        Measured once for each model; None as of `vector_of`.
        """
        background = self._backgrounds.get(embedder.name)
        if background is None:
            vectors = await self._embed(embedder, _UNRELATED)
            if vectors is None:
                return None
            pairs = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
            background = self._backgrounds[embedder.name] = float(pairs.mean())
        return background

    async def _embed(self, embedder: Embedder, texts: list[str]) -> Floats | None:
        asking = self._asking.get(embedder.name)
        if asking is None:
            asking = self._asking[embedder.name] = BestEffort("query_vectors_away", embedder.name, _SECONDS)
        return await asking.ask(lambda: embedder.embed(texts, "query"))
