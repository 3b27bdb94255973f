"""Rerankers: models that read a question and a passage together and tell how well one answers the other."""

import math
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from pydantic import SecretStr

from frontdesk.errors import ModelUnavailable, SetupError
from frontdesk.llm.json_server import JsonServer, Refused
from frontdesk.llm.loaded import Loaded, require
from frontdesk.llm.redact import Redactor
from frontdesk.settings import Settings

_KINDS = "`none`, `fastembed:MODEL`, `sentence-transformers:MODEL` or `http://HOST/v1/rerank#MODEL`"


class Reranker(Protocol):
    @property
    def name(self) -> str:
        """Kind and model, for logs."""
        ...

    async def relevance(self, query: str, texts: list[str]) -> list[float]:
        """One finite number a text, in order; the higher, the better it answers. Only their order means anything.

        Personal data in a query that leaves the machine are redacted. Raises `ModelUnavailable`, `SetupError`
        or `PermanentError`.
        """
        ...

    async def aclose(self) -> None:
        """Give back connections and threads."""
        ...


def open_reranker(wanted: str, settings: Settings) -> Reranker | None:
    """The reranker that `RERANKER` names; None for `none`. Nothing connects or loads yet. Raises `SetupError`."""
    kind, _, model = (part.strip() for part in wanted.strip().partition(":"))
    match kind.lower():
        case "" | "none" | "off":
            return None
        case "fastembed" if model:
            return FastReranker(model)
        case "sentence-transformers" | "sentence_transformers" if model:
            return TransformerReranker(model)
        case "http" | "https" if model:
            # `http:URL` and the bare address mean the same.
            return HttpReranker(
                f"{kind}:{model}" if model.startswith("//") else model, settings.reranker_api_key
            )
        case _:
            raise SetupError(f"RERANKER={wanted!r} is not known: use {_KINDS}")


class _FastModel(Protocol):
    def rerank(self, query: str, documents: list[str]) -> Iterable[float]: ...


class FastReranker:
    """A cross-encoder of fastembed (ONNX, without torch), downloaded at first use."""

    def __init__(self, model: str) -> None:
        self.name = f"fastembed:{model}"
        require("fastembed", f"RERANKER={self.name}")
        self._loaded = Loaded(self.name, lambda: _fast_model(model))

    async def relevance(self, query: str, texts: list[str]) -> list[float]:
        found = await self._loaded.run(lambda model: list(model.rerank(query, texts)), "urgent")
        return _checked(found, len(texts), self.name)

    async def aclose(self) -> None:
        await self._loaded.aclose()


def _fast_model(model: str) -> _FastModel:
    found = import_module("fastembed.rerank.cross_encoder").TextCrossEncoder(model_name=model)
    return cast(_FastModel, found)


class _Transformer(Protocol):
    def predict(
        self, sentences: Sequence[tuple[str, str]], *, show_progress_bar: bool
    ) -> Iterable[float]: ...


class TransformerReranker:
    """A cross-encoder of sentence-transformers, of the hub or a folder."""

    def __init__(self, model: str) -> None:
        self.name = f"sentence-transformers:{model}"
        require("sentence_transformers", f"RERANKER={self.name}")
        self._loaded = Loaded(self.name, lambda: _transformer(model))

    async def relevance(self, query: str, texts: list[str]) -> list[float]:
        pairs = [(query, text) for text in texts]
        found = await self._loaded.run(
            lambda model: list(model.predict(pairs, show_progress_bar=False)), "urgent"
        )
        return _checked(found, len(texts), self.name)

    async def aclose(self) -> None:
        await self._loaded.aclose()


def _transformer(model: str) -> _Transformer:
    return cast(_Transformer, import_module("sentence_transformers").CrossEncoder(model))


class HttpReranker:
    """A server of the widespread form: `{model, query, documents}` gives `results[{index, relevance_score}]`.

    So do Cohere, Jina, Infinity, vLLM and others; TEI wants `texts` and gives a bare list with `score`, which is
    found out with the first request. The address is the endpoint's own; the model stands behind a `#`.
    """

    def __init__(self, address: str, key: SecretStr | None = None, *, seconds: float = 10.0) -> None:
        root, _, self._model = address.partition("#")
        self._server = JsonServer(root, told_by="RERANKER, RERANKER_API_KEY", key=key)
        self.name = f"{self._server.place}#{self._model}" if self._model else self._server.place
        self._seconds = seconds
        self._field = "documents"

    async def relevance(self, query: str, texts: list[str]) -> list[float]:
        asked = {"query": Redactor().redact(query)} | ({"model": self._model} if self._model else {})
        try:
            answer = await self._post(asked | {self._field: texts})
        except Refused:
            if self._field == "texts":
                raise
            answer = await self._post(asked | {"texts": texts})
            self._field = "texts"
        return _checked(_in_order(answer, len(texts)), len(texts), self.name)

    async def _post(self, body: dict[str, Any]) -> Any:
        return await self._server.post("", body, tries=1, timeout=self._seconds)

    async def aclose(self) -> None:
        await self._server.aclose()


def _in_order(answer: Any, count: int) -> list[float]:
    """The scores by the texts' places; empty where the reply has another form."""
    try:
        rows = answer["results"] if isinstance(answer, dict) else answer
        scores = {int(row["index"]): float(row.get("relevance_score", row.get("score"))) for row in rows}
    except (LookupError, TypeError, ValueError, AttributeError):
        return []
    return [scores[at] for at in range(count)] if scores.keys() == set(range(count)) else []


def _checked(found: list[float], count: int, name: str) -> list[float]:
    scores = [float(score) for score in found]
    if len(scores) != count or not all(math.isfinite(score) for score in scores):
        raise ModelUnavailable(f"{name} gave no score for each passage")
    return scores
