"""What a process holds in memory of a space, brought up to date before each search.

Every change raises the space's version in the database, in the change's own transaction; a process that
sees a newer version reads what changed. So a deletion in one process takes effect at the next search of all.
"""

import asyncio
from dataclasses import dataclass

from frontdesk.db.pool import Connection, Database, fetch_all, fetch_value
from frontdesk.knowledge.index import Analysed, Entry, Floats, Index, analyse
from frontdesk.knowledge.vectors import arrange, read_vectors

_DOCUMENTS = """
select d.document_id, d.language, d.version, count(*)::int as chunks
from document d join chunk using (document_id) where d.space = %s group by d.document_id
"""

_ENTRIES = """
select c.chunk_id, d.document_id, d.version, d.title, d.questions, c.heading, c.text
from document d join chunk c using (document_id)
where d.document_id = any(%s) order by d.document_id, c.ordinal
"""


@dataclass(frozen=True, slots=True)
class _Listed:
    document_id: str
    language: str
    version: int
    chunks: int


class HeldSpace:
    """The indexes of one space by language, for one model of vectors."""

    def __init__(self, database: Database, space: str, model: str | None, most_chunks: int) -> None:
        self._database = database
        self._space = space
        self._model = model
        self._most_chunks = most_chunks
        self._lock = asyncio.Lock()
        self._version: int | None = None
        self._documents: dict[str, dict[str, Analysed]] = {}
        self._vectors: dict[int, dict[int, Floats]] = {}
        self.indexes: dict[str, Index] = {}
        """By language."""
        self.large: frozenset[str] = frozenset()
        """Languages too large to be held."""

    async def refresh(self) -> None:
        """Bring the indexes to where the database stands now."""
        async with self._database.connection() as conn:
            version = await self._current(conn)
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
            large = frozenset(language for language, size in sizes.items() if size > self._most_chunks)
            listed = [one for one in listed if one.language not in large]
            fresh = await self._read_changed(conn, listed)
            documents = await asyncio.to_thread(self._merge, listed, fresh)
            vectors = await self._read_vectors(conn, documents)
        indexes = await asyncio.to_thread(self._build, documents, vectors)
        self._documents, self._vectors, self.indexes = documents, vectors, indexes
        self._version, self.large = version, large

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
        self, conn: Connection, documents: dict[str, dict[str, Analysed]]
    ) -> dict[int, dict[int, Floats]]:
        if self._model is None:
            return {}
        ids = {chunk for held in documents.values() for one in held.values() for chunk in one.chunk_ids}
        vectors = {chunk: parts for chunk, parts in self._vectors.items() if chunk in ids}
        missing = sorted(ids - vectors.keys())
        vectors |= await read_vectors(conn, self._model, missing)
        return vectors

    def _build(
        self, documents: dict[str, dict[str, Analysed]], vectors: dict[int, dict[int, Floats]]
    ) -> dict[str, Index]:
        indexes: dict[str, Index] = {}
        for language, held in documents.items():
            if held.keys() == self._documents.get(language, {}).keys() and all(
                one is self._documents[language][key] for key, one in held.items()
            ):
                index = self.indexes[language]
            else:
                index = Index(language, held)
            indexes[language] = index.with_vectors(arrange(index, vectors))
        return indexes
