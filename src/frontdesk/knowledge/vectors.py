"""Sentence vectors of chunks: made by an embedder, stored in pgvector, read as matrices."""

from dataclasses import dataclass

import numpy as np
import structlog
from psycopg import errors, sql

from frontdesk.db.pool import Connection, Database, execute, fetch_all, fetch_value
from frontdesk.errors import SetupError
from frontdesk.knowledge.index import Floats, Index, Ints, Vectors
from frontdesk.llm.embedding import Embedder

_MISSING = """
select c.chunk_id, c.ordinal, c.heading, c.text, d.title, d.questions
from chunk c join document d using (document_id)
where d.space = %(space)s and d.language = any(%(languages)s)
    and (%(document)s::text is null or d.document_id = %(document)s)
    and not exists (select 1 from embedding e where e.chunk_id = c.chunk_id and e.model = %(model)s)
order by c.chunk_id limit %(limit)s
"""

# Locks the chunks, so that none is replaced before the insert.
_EXISTING = "select chunk_id from chunk where chunk_id = any(%s) order by chunk_id for key share"

_INSERT = "insert into embedding (chunk_id, part, model, v) values (%s, %s, %s, %s) on conflict do nothing"

MARK_IN_USE = """
insert into embedding_model (model) values (%s) on conflict (model) do update set seen_at = now()
where embedding_model.seen_at < now() - interval '1 minute'
"""
"""Run by every process that makes vectors of a model or searches with it."""

_BUMP = "update knowledge_space set version = version + 1 where space = %s"

_READ = "select chunk_id, part, vector_send(v) as v from embedding where model = %s and chunk_id = any(%s)"

_STORED_DIMENSIONS = "select vector_dims(v) from embedding where model = %s limit 1"

_NEAREST = sql.SQL("""
select e.chunk_id from embedding e
join chunk c using (chunk_id) join document d using (document_id)
where e.model = {model} and d.space = %(space)s and d.language = %(language)s
order by {stored} <=> {query} limit %(limit)s
""")

# An index has vectors of all spaces and languages: so many are read before these are filtered.
_READ_MORE = "set local hnsw.ef_search = 200"

_SLICE = 50
"""Chunks written in one transaction: a killed process loses at most one slice."""

_log = structlog.get_logger("frontdesk.knowledge")


@dataclass(frozen=True, slots=True)
class _Unembedded:
    chunk_id: int
    ordinal: int
    heading: str
    text: str
    title: str
    questions: list[str]

    def parts(self) -> list[str]:
        """The texts to embed: the chunk under its headings; for a first chunk also the title and questions."""
        headings = ". ".join(part for part in (self.title, self.heading) if part)
        whole = f"{headings}. {self.text}"
        return [whole, self.title, *self.questions] if self.ordinal == 0 else [whole]


@dataclass(frozen=True, slots=True)
class _Row:
    chunk_id: int
    part: int
    v: bytes


@dataclass(frozen=True, slots=True)
class _Id:
    chunk_id: int


async def embed_missing(
    database: Database, embedder: Embedder, space: str, *, batch: int, document: str | None = None
) -> int:
    """Embed up to `batch` chunks that lack this model's vectors; how many there were.

    No transaction is open while the model works. Raises what the embedder raises; slices already written stay.
    """
    asked = {"space": space, "languages": sorted(embedder.languages), "document": document, "limit": batch}
    async with database.connection() as conn:
        chunks = await fetch_all(conn, _Unembedded, _MISSING, {**asked, "model": embedder.name})
    for start in range(0, len(chunks), _SLICE):
        written = chunks[start : start + _SLICE]
        vectors = await embedder.embed([text for chunk in written for text in chunk.parts()])
        # In the transaction of the last slice: after a separate one, a kill in between would lose it.
        last = start + _SLICE >= len(chunks)
        await _store(database, embedder.name, written, vectors, changed_space=space if last else None)
    return len(chunks)


async def _store(
    database: Database, model: str, chunks: list[_Unembedded], vectors: Floats, changed_space: str | None
) -> None:
    keys = [(chunk.chunk_id, part) for chunk in chunks for part in range(len(chunk.parts()))]
    async with database.transaction() as conn:
        if changed_space is not None:
            # First, like `documents.put`: another order of the same locks could deadlock.
            await execute(conn, _BUMP, (changed_space,))
        stored = await fetch_value(conn, _STORED_DIMENSIONS, (model,))
        if stored not in (None, vectors.shape[1]):
            raise SetupError(
                f"{model} now gives {vectors.shape[1]} numbers for a text, its kept vectors have {stored}:"
                " make them anew with `frontdesk kb reindex --anew`"
            )
        ids = [chunk.chunk_id for chunk in chunks]
        existing = {row.chunk_id for row in await fetch_all(conn, _Id, _EXISTING, (ids,))}
        rows = [
            (chunk_id, part, model, as_text(vector))
            for (chunk_id, part), vector in zip(keys, vectors, strict=True)
            if chunk_id in existing
        ]
        async with conn.cursor() as cursor:
            await cursor.execute(MARK_IN_USE, (model,))
            await cursor.executemany(_INSERT, rows)


async def read_vectors(conn: Connection, model: str, chunk_ids: list[int]) -> dict[int, dict[int, Floats]]:
    """By chunk and part; chunks without vectors are left out."""
    vectors: dict[int, dict[int, Floats]] = {}
    for row in await fetch_all(conn, _Row, _READ, (model, chunk_ids)) if chunk_ids else []:
        # pgvector's wire format: two 16-bit numbers, then big-endian floats.
        vectors.setdefault(row.chunk_id, {})[row.part] = np.frombuffer(row.v, ">f4", offset=4).astype(
            np.float32
        )
    return vectors


async def nearest(
    conn: Connection, model: str, space: str, language: str, *, vector: Floats, limit: int
) -> list[int]:
    """The chunks nearest to a vector, with the model's index if it has one."""
    index_type = VectorIndexType.of(len(vector))
    query = _NEAREST.format(
        model=sql.Literal(model),
        stored=index_type.cast(sql.SQL("e.v")),
        query=index_type.cast(sql.SQL("%(vector)s")),
    )
    asked = {"space": space, "language": language, "vector": as_text(vector), "limit": limit}
    try:
        async with conn.transaction():
            await conn.execute(_READ_MORE)
            rows = await fetch_all(conn, _Id, query, asked)
    except errors.DataException:
        _log.warning("vectors_of_another_length", model=model, dimensions=len(vector))
        return []
    return list(dict.fromkeys(row.chunk_id for row in rows))


@dataclass(frozen=True, slots=True)
class VectorIndexType:
    """The type with which pgvector can index vectors of so many dimensions."""

    type: sql.SQL
    dimensions: int
    operators: sql.SQL | None
    """None: too long for an index, all vectors are compared."""

    @classmethod
    def of(cls, dimensions: int) -> "VectorIndexType":
        if dimensions <= 2000:
            return cls(sql.SQL("vector"), dimensions, sql.SQL("vector_cosine_ops"))
        if dimensions <= 4000:
            return cls(sql.SQL("halfvec"), dimensions, sql.SQL("halfvec_cosine_ops"))
        return cls(sql.SQL("vector"), dimensions, None)

    def cast(self, value: sql.SQL) -> sql.Composed:
        return sql.SQL("{}::{}({})").format(value, self.type, sql.Literal(self.dimensions))


def as_text(vector: Floats) -> str:
    """In pgvector's text format."""
    return "[" + ",".join(f"{value:.7g}" for value in vector.tolist()) + "]"


def to_matrices(index: Index, vectors: dict[int, dict[int, Floats]]) -> Vectors | None:
    """The vectors of an index's chunks as matrices; None if there are none."""
    has_vector = np.array([int(chunk) in vectors for chunk in index.chunk_ids], np.bool_)
    if not has_vector.any():
        return None
    of_chunk: list[tuple[int, Floats]] = []
    of_document: list[tuple[int, Floats]] = []
    for row in np.flatnonzero(has_vector):
        for part, vector in vectors[int(index.chunk_ids[row])].items():
            if part == 0:
                of_chunk.append((int(row), vector))
            else:
                of_document.append((int(index.document_of[row]), vector))
    return Vectors(*_stack(of_chunk), *_stack(of_document), has_vector)


def _stack(rows: list[tuple[int, Floats]]) -> tuple[Ints, Floats]:
    if not rows:
        return np.zeros(0, np.int32), np.zeros((0, 0), np.float32)
    return np.array([row for row, _ in rows], np.int32), np.stack([vector for _, vector in rows])
