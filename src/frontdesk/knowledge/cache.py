"""What a process holds in memory of a space, brought up to date before each search.

Every change raises the space's version in the database, in the change's own transaction; a process that
sees a newer version reads what changed. So a deletion in one process takes effect at the next search of all.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.db.pool import Connection, Database, execute, fetch_all, fetch_value
from frontdesk.knowledge.index import Analysed, Entry, Floats, Index, analyse
from frontdesk.knowledge.vectors import IN_USE, arrange, read_vectors
from frontdesk.llm.embedding import Embedder

_DOCUMENTS = """
select d.document_id, d.language, d.version, count(*)::int as chunks
from document d join chunk using (document_id) where d.space = %s group by d.document_id
"""

_ENTRIES = """
select c.chunk_id, d.document_id, d.version, d.title, d.questions, c.heading, c.text
from document d join chunk c using (document_id)
where d.document_id = any(%s) order by d.document_id, c.ordinal
"""

_EMBEDDED = """
select d.language, e.model, count(*)::int as chunks
from embedding e join chunk c using (chunk_id) join document d using (document_id)
where d.space = %s and e.model = any(%s) and e.part = 0 group by d.language, e.model
"""

_TELL_EVERY = 300.0

_SINCE = "select model, anew_at from embedding_model where model = any(%s)"

_ON_THEIR_WAY = 8
"""So many chunks, or a tenth of a language, may lack vectors: those of articles that have just come."""


@dataclass(frozen=True, slots=True)
class _Since:
    model: str
    anew_at: datetime


@dataclass(frozen=True, slots=True)
class _Embedded:
    language: str
    model: str
    chunks: int


@dataclass(frozen=True, slots=True)
class _Listed:
    document_id: str
    language: str
    version: int
    chunks: int


class CachedSpace:
    """The indexes of one space by language.

    `models` begin with the one that is wanted; a later one serves a language as long as it knows more of it.
    """

    def __init__(self, database: Database, space: str, models: Sequence[Embedder], most_chunks: int) -> None:
        self._database = database
        self._space = space
        self._models = tuple(models)
        self._most_chunks = most_chunks
        self._lock = asyncio.Lock()
        self._version: int | None = None
        self._documents: dict[str, dict[str, Analysed]] = {}
        self._vectors: dict[str, dict[int, dict[int, Floats]]] = {}
        self._since: dict[str, datetime] = {}
        self._tell_at = 0.0
        self.indexes: dict[str, Index] = {}
        """By language."""
        self.large: frozenset[str] = frozenset()
        """Languages too large to be held."""
        self.embedders: dict[str, Embedder] = {}
        """By language, where its vectors are complete enough to be searched."""

    async def refresh(self) -> None:
        """Bring the indexes to where the database stands now."""
        async with self._database.connection() as conn:
            version = await self._current(conn)
            if self._models and time.monotonic() >= self._tell_at:
                self._tell_at = time.monotonic() + _TELL_EVERY
                await execute(conn, IN_USE, (self._models[0].name,))
        if version != self._version:
            async with self._lock:
                await self._reload()

    async def _current(self, conn: Connection) -> int:
        found = await fetch_value(
            conn, "select version from knowledge_space where space = %s", (self._space,)
        )
        return int(found or 0)

    async def _reload(self) -> None:
        async with self._database.connection() as conn:
            # Read before the documents: a change in between is then seen by the next search.
            version = await self._current(conn)
            if version == self._version:
                return
            listed = await fetch_all(conn, _Listed, _DOCUMENTS, (self._space,))
            sizes: dict[str, int] = {}
            for one in listed:
                sizes[one.language] = sizes.get(one.language, 0) + one.chunks
            embedders = await self._choose(conn, sizes)
            large = frozenset(language for language, size in sizes.items() if size > self._most_chunks)
            listed = [one for one in listed if one.language not in large]
            fresh = await self._read_changed(conn, listed)
            documents = await asyncio.to_thread(self._merge, listed, fresh)
            vectors = await self._read_vectors(conn, documents, embedders)
        indexes = await asyncio.to_thread(self._build, documents, vectors, embedders)
        self._documents, self._vectors, self.indexes = documents, vectors, indexes
        self._version, self.large, self.embedders = version, large, embedders

    async def _choose(self, conn: Connection, sizes: dict[str, int]) -> dict[str, Embedder]:
        """For each language the model that knows most of it, the wanted one among equals."""
        if not self._models:
            return {}
        names = [model.name for model in self._models]
        rows = await fetch_all(conn, _Embedded, _EMBEDDED, (self._space, names))
        known = {(row.language, row.model): row.chunks for row in rows}
        chosen: dict[str, Embedder] = {}
        for language, size in sizes.items():
            counts = [
                known.get((language, model.name), 0) if language in model.languages else 0
                for model in self._models
            ]
            most = max(counts)
            if most and size - most <= max(_ON_THEIR_WAY, size // 10):
                chosen[language] = self._models[counts.index(most)]
        return chosen

    async def _read_changed(self, conn: Connection, listed: list[_Listed]) -> dict[str, list[Entry]]:
        old = {key: one.version for held in self._documents.values() for key, one in held.items()}
        wanted = [one.document_id for one in listed if old.get(one.document_id) != one.version]
        fresh: dict[str, list[Entry]] = {}
        for entry in await fetch_all(conn, Entry, _ENTRIES, (wanted,)) if wanted else []:
            fresh.setdefault(entry.document_id, []).append(entry)
        return fresh

    def _merge(self, listed: list[_Listed], fresh: dict[str, list[Entry]]) -> dict[str, dict[str, Analysed]]:
        documents: dict[str, dict[str, Analysed]] = {}
        for one in listed:
            held = self._documents.get(one.language, {}).get(one.document_id)
            if one.document_id in fresh:
                held = analyse(fresh[one.document_id], one.language)
            if held is not None:
                documents.setdefault(one.language, {})[one.document_id] = held
        return documents

    async def _read_vectors(
        self, conn: Connection, documents: dict[str, dict[str, Analysed]], embedders: dict[str, Embedder]
    ) -> dict[str, dict[int, dict[int, Floats]]]:
        """By model; those that are held are not read again."""
        ids: dict[str, set[int]] = {}
        for language, held in documents.items():
            if language in embedders:
                wanted = ids.setdefault(embedders[language].name, set())
                wanted.update(chunk for one in held.values() for chunk in one.chunk_ids)
        # Before the vectors: those that are made anew in between are then void with the next search.
        rows = await fetch_all(conn, _Since, _SINCE, (list(ids),)) if ids else []
        since = {row.model: row.anew_at for row in rows}
        vectors: dict[str, dict[int, dict[int, Floats]]] = {}
        for model, wanted in ids.items():
            old = self._vectors.get(model, {}) if since.get(model) == self._since.get(model) else {}
            vectors[model] = {chunk: parts for chunk, parts in old.items() if chunk in wanted}
            vectors[model] |= await read_vectors(conn, model, sorted(wanted - vectors[model].keys()))
        self._since = since
        return vectors

    def _build(
        self,
        documents: dict[str, dict[str, Analysed]],
        vectors: dict[str, dict[int, dict[int, Floats]]],
        embedders: dict[str, Embedder],
    ) -> dict[str, Index]:
        indexes: dict[str, Index] = {}
        for language, held in documents.items():
            if held.keys() == self._documents.get(language, {}).keys() and all(
                one is self._documents[language][key] for key, one in held.items()
            ):
                index = self.indexes[language]
            else:
                index = Index(language, held)
            model = embedders.get(language)
            indexes[language] = index.with_vectors(arrange(index, vectors[model.name]) if model else None)
        return indexes
