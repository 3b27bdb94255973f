"""Embedders of optional libraries: fastembed and sentence-transformers."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from importlib import import_module
from typing import Generic, Protocol, TypeVar, cast

import numpy as np

from frontdesk.llm.embedding.names import Prefixes, languages_of, prefixes_of
from frontdesk.llm.embedding.port import Matrix, Role, readable, unit
from frontdesk.llm.lazy_model import LazyModel, require

_BATCH = 32

Model = TypeVar("Model")


class _Library(ABC, Generic[Model]):
    """The common part: a model that is downloaded and loaded at first use, and runs on threads."""

    kind: str

    def __init__(self, model: str, languages: frozenset[str] | None = None) -> None:
        self.name = f"{self.kind}:{model}"
        self.languages = languages or languages_of(model)
        require(self.kind.replace("-", "_"), f"EMBEDDING_MODEL={self.name}")
        self._prefixes = prefixes_of(model)
        self._dimensions: int | None = None
        self._lazy = LazyModel(self.name, lambda: self._load(model))

    async def dimensions(self) -> int:
        if self._dimensions is None:
            self._dimensions = (await self.embed(["dimensions"], "query")).shape[1]
        return self._dimensions

    async def embed(self, texts: list[str], role: Role = "passage") -> Matrix:
        if not texts:
            return np.zeros((0, self._dimensions or 0), np.float32)
        clean = [readable(text) for text in texts]
        vectors = unit(
            await self._lazy.run(
                lambda model: self._vectors(model, clean, role), "urgent" if role == "query" else "bulk"
            )
        )
        self._dimensions = vectors.shape[1]
        return vectors

    async def aclose(self) -> None:
        await self._lazy.aclose()

    @abstractmethod
    def _load(self, model: str) -> Model: ...

    @abstractmethod
    def _vectors(self, model: Model, texts: list[str], role: Role) -> Matrix: ...


class _FastModel(Protocol):
    def query_embed(self, query: list[str]) -> Iterable[Matrix]: ...

    def passage_embed(self, texts: list[str], *, batch_size: int) -> Iterable[Matrix]: ...


class FastEmbedder(_Library[_FastModel]):
    """fastembed: ONNX models on the processor, without torch."""

    kind = "fastembed"

    def _load(self, model: str) -> _FastModel:
        return cast(_FastModel, import_module("fastembed").TextEmbedding(model_name=model))

    def _vectors(self, model: _FastModel, texts: list[str], role: Role) -> Matrix:
        prefixed = [self._prefixes.of_role(role) + text for text in texts]
        if role == "query":
            return np.stack(list(model.query_embed(prefixed)))
        return np.stack(list(model.passage_embed(prefixed, batch_size=_BATCH)))


class _Transformer(Protocol):
    prompts: dict[str, str]

    def encode(
        self, sentences: list[str], *, prompt: str | None, batch_size: int, show_progress_bar: bool
    ) -> Matrix: ...


class TransformerEmbedder(_Library[_Transformer]):
    """sentence-transformers: a model of the hub or of a folder."""

    kind = "sentence-transformers"

    def _load(self, model: str) -> _Transformer:
        return cast(_Transformer, import_module("sentence_transformers").SentenceTransformer(model))

    def _vectors(self, model: _Transformer, texts: list[str], role: Role) -> Matrix:
        before = _prefixes_of(model.prompts, self._prefixes).of_role(role)
        return model.encode(texts, prompt=before or None, batch_size=_BATCH, show_progress_bar=False)


def _prefixes_of(prompts: dict[str, str], by_name: Prefixes) -> Prefixes:
    """The prompts that come with the model, else the prefixes known by its name."""
    query, passage = prompts.get("query", ""), prompts.get("document", "") or prompts.get("passage", "")
    return Prefixes(query, passage) if query or passage else by_name
