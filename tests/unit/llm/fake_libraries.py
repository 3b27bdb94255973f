"""Stand-ins for fastembed and sentence-transformers, whose models would have to be downloaded.

They have the shapes that the desk calls, and hash n-grams for vectors.
"""

from collections.abc import Iterable, Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from tests.unit.llm.model_server import hashed

Vector = NDArray[np.float32]


class TextEmbedding:
    def __init__(self, model_name: str) -> None:
        if "missing" in model_name:
            raise ValueError(f"Model {model_name} is not supported in TextEmbedding.\nSee the list.")

    def query_embed(self, query: Iterable[str]) -> Iterator[Vector]:
        return self.passage_embed(query, batch_size=1)

    def passage_embed(self, texts: Iterable[str], *, batch_size: int) -> Iterator[Vector]:
        yield from (np.array(hashed(text), np.float32) for text in texts)


class TextCrossEncoder:
    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def rerank(self, query: str, documents: Iterable[str]) -> Iterator[float]:
        yield from (_shared(query, text) for text in documents)


class SentenceTransformer:
    seen: ClassVar[list[str | None]] = []
    """The prompts that were given, in order, of all models."""

    def __init__(self, model: str) -> None:
        self.prompts = {"query": "ask: ", "document": ""} if "own-prompts" in model else {}

    def encode(
        self, sentences: list[str], *, prompt: str | None, batch_size: int, show_progress_bar: bool
    ) -> Vector:
        SentenceTransformer.seen.append(prompt)
        return np.array([hashed((prompt or "") + text) for text in sentences], np.float32)


class CrossEncoder:
    def __init__(self, model: str) -> None:
        self.model = model

    def predict(self, sentences: list[tuple[str, str]], *, show_progress_bar: bool) -> Vector:
        if "broken" in self.model:
            raise RuntimeError("out of memory")
        return np.array([_shared(query, text) for query, text in sentences], np.float32)


def _shared(query: str, text: str) -> float:
    return float(len(set(query.lower().split()) & set(text.lower().split())))


def modules() -> dict[str, ModuleType]:
    """For `sys.modules`."""
    return {
        "fastembed": _module("fastembed", TextEmbedding=TextEmbedding),
        "fastembed.rerank": _module("fastembed.rerank"),
        "fastembed.rerank.cross_encoder": _module(
            "fastembed.rerank.cross_encoder", TextCrossEncoder=TextCrossEncoder
        ),
        "sentence_transformers": _module(
            "sentence_transformers", SentenceTransformer=SentenceTransformer, CrossEncoder=CrossEncoder
        ),
    }


def _module(name: str, **members: object) -> ModuleType:
    made = ModuleType(name)
    made.__spec__ = ModuleSpec(name, None)
    made.__dict__.update(members)
    return made
