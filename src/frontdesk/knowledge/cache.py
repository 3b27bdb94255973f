"""The search indexes that a process keeps in memory for a space, updated before each search.

Every change increments the space's version in its own transaction; a process that sees a newer version reads
what changed. So a deletion takes effect at the next search of every process.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.db.pool import Connection, Database, execute, fetch_all, fetch_value
from frontdesk.knowledge.index import ChunkRow, DocumentTerms, Floats, Index, analyse
from frontdesk.knowledge.vectors import MARK_IN_USE, read_vectors, to_matrices
from frontdesk.llm.embedding import Embedder

_DOCUMENTS = """
select d.document_id, d.language, d.version, count(*)::int as chunks
from document d join chunk using (document_id) where d.space = %s group by d.document_id
order by d.created_at, d.document_id
"""

_CHUNKS = """
select c.chunk_id, d.document_id, d.version, d.title, d.questions, c.heading, c.text
from document d join chunk c using (document_id)
where d.document_id = any(%s) order by d.document_id, c.ordinal
"""

_VECTOR_COUNTS = """
select d.language, e.model, count(*)::int as chunks
from embedding e join chunk c using (chunk_id) join document d using (document_id)
where d.space = %s and e.model = any(%s) and e.part = 0 group by d.language, e.model
"""

_MARK_IN_USE_EVERY = 300.0
"""Seconds."""

_MODELS = "select model, anew_at from embedding_model where model = any(%s)"

_NEW_CHUNKS = 8
"""So many chunks, or a tenth of a language, may lack vectors: those of new articles."""


@dataclass(frozen=True, slots=True)
class _ModelRow:
    model: str
    anew_at: datetime


@dataclass(frozen=True, slots=True)
class _VectorCount:
    language: str
    model: str
    chunks: int


@dataclass(frozen=True, slots=True)
class _DocumentRow:
    document_id: str
    language: str
    version: int
    chunks: int


class CachedSpace:
    """The indexes of one space by language.

    `models` start with the current one; a later one serves a language while it has more vectors of it.
    """

    def __init__(self, database: Database, space: str, models: Sequence[Embedder], most_chunks: int) -> None:
        self._database = database
        self._space = space
        self._models = tuple(models)
        self._most_chunks = most_chunks
        self._lock = asyncio.Lock()
        self._version: int | None = None
        self._documents: dict[str, dict[str, DocumentTerms]] = {}
        self._vectors: dict[str, dict[int, dict[int, Floats]]] = {}
        self._anew_at: dict[str, datetime] = {}
        self._mark_in_use_at = 0.0
        self.indexes: dict[str, Index] = {}
        """By language."""
        self.large: frozenset[str] = frozenset()
        """Languages too large for memory."""
        self.embedders: dict[str, Embedder] = {}
        """By language, where its vectors are complete enough for search."""

    async def refresh(self) -> None:
        """Update the indexes from the database."""
        async with self._database.connection() as conn:
            version = await self._current(conn)
            if self._models and time.monotonic() >= self._mark_in_use_at:
                self._mark_in_use_at = time.monotonic() + _MARK_IN_USE_EVERY
                await execute(conn, MARK_IN_USE, (self._models[0].name,))
        if version != self._version:
            async with self._lock:
                await self._reload()

    async def _current(self, conn: Connection) -> int:
        version = await fetch_value(
            conn, "select version from knowledge_space where space = %s", (self._space,)
        )
        return int(version or 0)

    async def _reload(self) -> None:
        async with self._database.connection() as conn:
            # Read before the documents, so that the next search sees a change in between.
            version = await self._current(conn)
            if version == self._version:
                return
            rows = await fetch_all(conn, _DocumentRow, _DOCUMENTS, (self._space,))
            sizes: dict[str, int] = {}
            for row in rows:
                sizes[row.language] = sizes.get(row.language, 0) + row.chunks
            embedders = await self._choose(conn, sizes)
            large = frozenset(language for language, size in sizes.items() if size > self._most_chunks)
            rows = [row for row in rows if row.language not in large]
            changed = await self._read_changed(conn, rows)
            documents = await asyncio.to_thread(self._merge, rows, changed)
            vectors = await self._read_vectors(conn, documents, embedders)
        indexes = await asyncio.to_thread(self._build, documents, vectors, embedders)
        self._documents, self._vectors, self.indexes = documents, vectors, indexes
        self._version, self.large, self.embedders = version, large, embedders

    async def _choose(self, conn: Connection, sizes: dict[str, int]) -> dict[str, Embedder]:
        """For each language the model with most vectors of it, the current one among equals."""
        if not self._models:
            return {}
        names = [model.name for model in self._models]
        rows = await fetch_all(conn, _VectorCount, _VECTOR_COUNTS, (self._space, names))
        embedded = {(row.language, row.model): row.chunks for row in rows}
        chosen: dict[str, Embedder] = {}
        for language, size in sizes.items():
            counts = [
                embedded.get((language, model.name), 0) if language in model.languages else 0
                for model in self._models
            ]
            most = max(counts)
            if most and size - most <= max(_NEW_CHUNKS, size // 10):
                chosen[language] = self._models[counts.index(most)]
        return chosen

    async def _read_changed(self, conn: Connection, rows: list[_DocumentRow]) -> dict[str, list[ChunkRow]]:
        """The chunks of new and changed documents, by document."""
        versions = {
            key: terms.version for cached in self._documents.values() for key, terms in cached.items()
        }
        wanted = [row.document_id for row in rows if versions.get(row.document_id) != row.version]
        changed: dict[str, list[ChunkRow]] = {}
        for chunk in await fetch_all(conn, ChunkRow, _CHUNKS, (wanted,)) if wanted else []:
            changed.setdefault(chunk.document_id, []).append(chunk)
        return changed

    def _merge(
        self, rows: list[_DocumentRow], changed: dict[str, list[ChunkRow]]
    ) -> dict[str, dict[str, DocumentTerms]]:
        """The terms of every document, by language; those of unchanged ones are kept."""
        documents: dict[str, dict[str, DocumentTerms]] = {}
        for row in rows:
            terms = self._documents.get(row.language, {}).get(row.document_id)
            if row.document_id in changed:
                terms = analyse(changed[row.document_id], row.language)
            if terms is not None:
                documents.setdefault(row.language, {})[row.document_id] = terms
        return documents

    async def _read_vectors(
        self, conn: Connection, documents: dict[str, dict[str, DocumentTerms]], embedders: dict[str, Embedder]
    ) -> dict[str, dict[int, dict[int, Floats]]]:
        """By model; those in memory are not read again."""
        ids: dict[str, set[int]] = {}
        for language, terms_by_document in documents.items():
            if language in embedders:
                wanted = ids.setdefault(embedders[language].name, set())
                wanted.update(chunk for terms in terms_by_document.values() for chunk in terms.chunk_ids)
        # Read before the vectors, so that the next search drops those that were made again in between.
        rows = await fetch_all(conn, _ModelRow, _MODELS, (list(ids),)) if ids else []
        anew_at = {row.model: row.anew_at for row in rows}
        vectors: dict[str, dict[int, dict[int, Floats]]] = {}
        for model, wanted in ids.items():
            old = self._vectors.get(model, {}) if anew_at.get(model) == self._anew_at.get(model) else {}
            vectors[model] = {chunk: parts for chunk, parts in old.items() if chunk in wanted}
            vectors[model] |= await read_vectors(conn, model, sorted(wanted - vectors[model].keys()))
        self._anew_at = anew_at
        return vectors

    def _build(
        self,
        documents: dict[str, dict[str, DocumentTerms]],
        vectors: dict[str, dict[int, dict[int, Floats]]],
        embedders: dict[str, Embedder],
    ) -> dict[str, Index]:
        indexes: dict[str, Index] = {}
        for language, terms_by_document in documents.items():
            cached = self._documents.get(language, {})
            unchanged = terms_by_document.keys() == cached.keys() and all(
                terms is cached[key] for key, terms in terms_by_document.items()
            )
            index = self.indexes[language] if unchanged else Index(language, terms_by_document)
            model = embedders.get(language)
            indexes[language] = index.with_vectors(to_matrices(index, vectors[model.name]) if model else None)
        return indexes
