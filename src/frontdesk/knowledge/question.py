"""Vectors of queries: remembered, and made in time or not at all."""

from collections import OrderedDict

import numpy as np

from frontdesk.knowledge.index import Floats
from frontdesk.llm.best_effort import BestEffort
from frontdesk.llm.embedding import Embedder

_SECONDS = 4.0
_REMEMBERED = 512
_UNLIKE = [
    "Where is my parcel?",
    "Volcanoes formed these islands.",
    "The warranty covers the battery for two years.",
    "He plays the violin every evening.",
    "Bread is baked at four in the morning.",
    "The vote was put off until spring.",
    "My password does not work.",
    "Frogs lay their eggs in ponds.",
]
"""Of no two of them one speaks of what the other does."""


class QueryVectors:
    """Of all models that a process asks. Where a model is away, search goes on by words."""

    def __init__(self) -> None:
        self._remembered: OrderedDict[tuple[str, str], Floats] = OrderedDict()
        self._asking: dict[str, BestEffort] = {}
        self._backgrounds: dict[str, float] = {}

    async def of(self, embedder: Embedder, text: str) -> Floats | None:
        """None where the model failed, or did not answer in time."""
        key = embedder.name, text
        vector = self._remembered.get(key)
        if vector is None:
            found = await self._embed(embedder, [text])
            if found is None:
                return None
            vector = self._remembered[key] = found[0]
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return vector

    async def background(self, embedder: Embedder) -> float | None:
        """The mean cosine of texts that have nothing in common: 0.0 with some models, 0.7 and more with others.

        Asked of a model once. None as of `of`.
        """
        known = self._backgrounds.get(embedder.name)
        if known is None:
            found = await self._embed(embedder, _UNLIKE)
            if found is None:
                return None
            pairs = (found @ found.T)[np.triu_indices(len(found), 1)]
            known = self._backgrounds[embedder.name] = float(pairs.mean())
        return known

    async def _embed(self, embedder: Embedder, texts: list[str]) -> Floats | None:
        asking = self._asking.get(embedder.name)
        if asking is None:
            asking = self._asking[embedder.name] = BestEffort("query_vectors_away", embedder.name, _SECONDS)
        return await asking.ask(lambda: embedder.embed(texts, "query"))
