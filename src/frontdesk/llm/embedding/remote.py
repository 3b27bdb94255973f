"""Embedders of servers: OpenAI and compatible ones, and Ollama."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

import numpy as np

from frontdesk.errors import ModelUnavailable, SetupError
from frontdesk.llm.embedding.names import languages_of, prefixes_of
from frontdesk.llm.embedding.port import Matrix, Role, readable, unit
from frontdesk.llm.json_server import JsonServer, Refused
from frontdesk.llm.redact import Redactor
from frontdesk.settings import Settings

_BATCH_TEXTS = 64
_BATCH_CHARACTERS = 60_000
_LONGEST = 6_000
"""Characters; a text of 8,192 tokens, the limit of many models, is longer in every language."""
_SHORTEST = 200
"""A refused text is halved until it is shorter than this."""
_PASSAGE_TRIES, _PASSAGE_SECONDS = 5, 60.0
_QUERY_TRIES, _QUERY_SECONDS = 2, 3.0


class _Remote(ABC):
    """The common part: redaction, batches, retries, and checks of the reply."""

    kind: str

    def __init__(self, model: str, server: JsonServer, languages: frozenset[str] | None = None) -> None:
        self.model = model
        self.name = f"{self.kind}:{model}"
        self.languages = languages or languages_of(model)
        self._server = server
        self._prefixes = prefixes_of(model)
        self._dimensions: int | None = None

    async def dimensions(self) -> int:
        if self._dimensions is None:
            await self.embed(["dimensions"])
        return self._dimensions or 0

    async def embed(self, texts: list[str], role: Role = "passage") -> Matrix:
        vectors = [await self._embed(batch, role) for batch in _batches(self._written(texts, role))]
        return unit(np.concatenate(vectors)) if vectors else np.zeros((0, self._dimensions or 0), np.float32)

    async def aclose(self) -> None:
        await self._server.aclose()

    def _written(self, texts: list[str], role: Role) -> list[str]:
        """With prefixes; queries are redacted, because customers write them."""
        prefix = self._prefixes.of_role(role)
        if role == "query":
            texts = [Redactor().redact(text) for text in texts]
        # Servers refuse an empty text.
        return [prefix + (readable(text)[:_LONGEST].strip() or "-") for text in texts]

    async def _embed(self, texts: list[str], role: Role) -> Matrix:
        """Halve a refused batch until the text that is too long is alone, then cut that text."""
        tries, seconds = (
            (_QUERY_TRIES, _QUERY_SECONDS) if role == "query" else (_PASSAGE_TRIES, _PASSAGE_SECONDS)
        )
        try:
            return self._checked(await self._ask(texts, tries, seconds), len(texts))
        except Refused:
            half = len(texts) // 2
            if half:
                return np.concatenate(
                    [await self._embed(texts[:half], role), await self._embed(texts[half:], role)]
                )
            if len(texts[0]) <= _SHORTEST:
                raise
            return await self._embed([texts[0][: len(texts[0]) // 2]], role)

    @abstractmethod
    async def _ask(self, texts: list[str], tries: int, seconds: float) -> list[Any]:
        """The vectors as the server sent them, in order; empty for a reply of another form."""

    def _checked(self, rows: list[Any], count: int) -> Matrix:
        try:
            vectors = np.asarray(rows, np.float32)
        except (TypeError, ValueError):
            vectors = np.zeros((0, 0), np.float32)
        if (
            vectors.ndim != 2
            or len(vectors) != count
            or not vectors.shape[1]
            or not np.isfinite(vectors).all()
        ):
            raise ModelUnavailable(f"{self._server.place} gave no vectors for {self.model}")
        if self._dimensions not in (None, vectors.shape[1]):
            raise ModelUnavailable(f"{self._server.place} gave vectors of another length than before")
        self._dimensions = vectors.shape[1]
        return vectors


class OpenAIEmbedder(_Remote):
    """`POST /embeddings`, as OpenAI, vLLM, TEI, Infinity, LM Studio and others serve it."""

    kind = "openai"

    async def _ask(self, texts: list[str], tries: int, seconds: float) -> list[Any]:
        body = {"model": self.model, "input": texts, "encoding_format": "float"}
        answer = await self._server.post("/embeddings", body, tries=tries, timeout=seconds)
        try:
            rows = sorted(answer["data"], key=lambda row: int(row["index"]))
            return [row["embedding"] for row in rows]
        except (LookupError, TypeError, ValueError):
            return []


class OllamaEmbedder(_Remote):
    """`POST /api/embed`."""

    kind = "ollama"

    async def _ask(self, texts: list[str], tries: int, seconds: float) -> list[Any]:
        body = {"model": self.model, "input": texts, "truncate": True}
        answer = await self._server.post("/api/embed", body, tries=tries, timeout=seconds)
        rows = answer.get("embeddings") if isinstance(answer, dict) else None
        return rows if isinstance(rows, list) else []


def openai_embedder(model: str, settings: Settings, languages: frozenset[str] | None) -> OpenAIEmbedder:
    """Raises `SetupError` without a key, unless `OPENAI_BASE_URL` names a server of your own."""
    key = settings.openai_api_key
    if not settings.openai_base_url and (key is None or not key.get_secret_value().strip()):
        raise SetupError("EMBEDDING_MODEL=openai:... has no access: set OPENAI_API_KEY (sk-...)")
    root = settings.openai_base_url or "https://api.openai.com/v1"
    return OpenAIEmbedder(
        model, JsonServer(root, settings_hint="OPENAI_BASE_URL, OPENAI_API_KEY", key=key), languages
    )


def ollama_embedder(model: str, settings: Settings, languages: frozenset[str] | None) -> OllamaEmbedder:
    root = settings.ollama_base_url.rstrip("/").removesuffix("/v1")
    return OllamaEmbedder(
        model, JsonServer(root, settings_hint=f"OLLAMA_BASE_URL, `ollama pull {model}`"), languages
    )


def _batches(texts: list[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    characters = 0
    for text in texts:
        if batch and (len(batch) == _BATCH_TEXTS or characters + len(text) > _BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(text)
        characters += len(text)
    if batch:
        yield batch
