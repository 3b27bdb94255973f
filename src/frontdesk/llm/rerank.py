"""Rerankers: models that read a question with a passage and score how well it answers."""

import math
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from pydantic import SecretStr

from frontdesk.errors import ModelUnavailable, SetupError
from frontdesk.llm.json_server import JsonServer, Refused
from frontdesk.llm.lazy_model import LazyModel, require
from frontdesk.llm.redact import Redactor
from frontdesk.settings import Settings

_KINDS = "`none`, `fastembed:MODEL`, `sentence-transformers:MODEL` or `http://HOST/v1/rerank#MODEL`"


class Reranker(Protocol):
    @property
    def name(self) -> str:
        """Kind and model, for logs."""
        ...

    async def relevance(self, query: str, texts: list[str]) -> list[float]:
        """One finite number for each text, in order; higher is better. Only their order is meaningful.

        Personal data is redacted in a query that leaves the machine. Raises `ModelUnavailable`, `SetupError`
        or `PermanentError`.
        """
        ...

    async def aclose(self) -> None:
        """Close connections and threads."""
        ...


def open_reranker(wanted: str, settings: Settings) -> Reranker | None:
    """The reranker that `RERANKER` names; None for `none`. It connects or loads at first use. Raises `SetupError`."""
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
        self._lazy = LazyModel(self.name, lambda: _fast_model(model))

    async def relevance(self, query: str, texts: list[str]) -> list[float]:
        scores = await self._lazy.run(lambda model: list(model.rerank(query, texts)), "urgent")
        return _checked(scores, len(texts), self.name)

    async def aclose(self) -> None:
        await self._lazy.aclose()


def _fast_model(model: str) -> _FastModel:
    library = import_module("fastembed.rerank.cross_encoder")
    return cast(_FastModel, library.TextCrossEncoder(model_name=model))


class _Transformer(Protocol):
    def predict(
        self, sentences: Sequence[tuple[str, str]], *, show_progress_bar: bool
    ) -> Iterable[float]: ...


class TransformerReranker:
    """A cross-encoder of sentence-transformers, from the hub or a folder."""

    def __init__(self, model: str) -> None:
        self.name = f"sentence-transformers:{model}"
        require("sentence_transformers", f"RERANKER={self.name}")
        self._lazy = LazyModel(self.name, lambda: _transformer(model))

    async def relevance(self, query: str, texts: list[str]) -> list[float]:
        pairs = [(query, text) for text in texts]
        scores = await self._lazy.run(
            lambda model: list(model.predict(pairs, show_progress_bar=False)), "urgent"
        )
        return _checked(scores, len(texts), self.name)

    async def aclose(self) -> None:
        await self._lazy.aclose()


def _transformer(model: str) -> _Transformer:
    return cast(_Transformer, import_module("sentence_transformers").CrossEncoder(model))


class HttpReranker:
    """A server of the usual form: `{model, query, documents}` returns `results[{index, relevance_score}]`.

    Cohere, Jina, Infinity, vLLM and others use it. TEI expects `texts` and returns a plain list with `score`;
    the first request detects this. The address is the endpoint's URL, with the model after a `#`.
    """

    def __init__(self, address: str, key: SecretStr | None = None, *, seconds: float = 10.0) -> None:
        root, _, self._model = address.partition("#")
        self._server = JsonServer(root, settings_hint="RERANKER, RERANKER_API_KEY", key=key)
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
    """The scores in the order of the texts; empty for a reply of another form."""
    try:
        rows = answer["results"] if isinstance(answer, dict) else answer
        scores = {int(row["index"]): float(row.get("relevance_score", row.get("score"))) for row in rows}
    except (LookupError, TypeError, ValueError, AttributeError):
        return []
    return [scores[at] for at in range(count)] if scores.keys() == set(range(count)) else []


def _checked(given: list[float], count: int, name: str) -> list[float]:
    scores = [float(score) for score in given]
    if len(scores) != count or not all(math.isfinite(score) for score in scores):
        raise ModelUnavailable(f"{name} gave no score for each passage")
    return scores
