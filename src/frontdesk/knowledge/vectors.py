"""Sentence vectors of chunks: made for what lacks them, kept in pgvector, read as matrices."""

from dataclasses import dataclass

import numpy as np
from psycopg import sql

from frontdesk.db.pool import Connection, Database, fetch_all
from frontdesk.knowledge.index import Floats, Index, Ints, Vectors
from frontdesk.llm.embeddings import Embedder

_MISSING = """
select c.chunk_id, c.ordinal, c.heading, c.text, d.title, d.questions
from chunk c join document d using (document_id)
where d.space = %(space)s and d.language = any(%(languages)s)
    and (%(document)s::text is null or d.document_id = %(document)s)
    and not exists (select 1 from embedding e where e.chunk_id = c.chunk_id and e.model = %(model)s)
order by c.chunk_id limit %(limit)s
"""

# Locked, so that no chunk is replaced between the look and the insert.
_LIVE = "select chunk_id from chunk where chunk_id = any(%s) order by chunk_id for key share"

_INSERT = "insert into embedding (chunk_id, part, model, v) values (%s, %s, %s, %s) on conflict do nothing"

_BUMP = "update knowledge_space set version = version + 1 where space = %s"

_READ = "select chunk_id, part, vector_send(v) as v from embedding where model = %s and chunk_id = any(%s)"

_NEAREST = sql.SQL("""
select e.chunk_id from embedding e
join chunk c using (chunk_id) join document d using (document_id)
where e.model = {model} and d.space = %(space)s and d.language = %(language)s
order by e.v::vector({dimensions}) <=> %(vector)s::vector({dimensions}) limit %(limit)s
""")


@dataclass(frozen=True, slots=True)
class _Bare:
    chunk_id: int
    ordinal: int
    heading: str
    text: str
    title: str
    questions: list[str]

    def parts(self) -> list[str]:
        """What is embedded: the text under its title; with a first chunk the title and questions too."""
        above = ". ".join(part for part in (self.title, self.heading) if part)
        whole = f"{above}. {self.text}"
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

    No transaction is open while the model works.
    """
    async with database.connection() as conn:
        asked = {"space": space, "languages": sorted(embedder.languages), "document": document}
        bare = await fetch_all(conn, _Bare, _MISSING, {**asked, "model": embedder.name, "limit": batch})
    if not bare:
        return 0
    texts = [text for one in bare for text in one.parts()]
    vectors = await embedder.embed(texts)
    keys = [(one.chunk_id, part) for one in bare for part in range(len(one.parts()))]
    async with database.transaction() as conn:
        live = {row.chunk_id for row in await fetch_all(conn, _Id, _LIVE, ([one.chunk_id for one in bare],))}
        rows = [
            (chunk, part, embedder.name, as_text(vector))
            for (chunk, part), vector in zip(keys, vectors, strict=True)
            if chunk in live
        ]
        async with conn.cursor() as cursor:
            await cursor.executemany(_INSERT, rows)
            await cursor.execute(_BUMP, (space,))
    return len(bare)


async def read_vectors(conn: Connection, model: str, chunk_ids: list[int]) -> dict[int, dict[int, Floats]]:
    """By chunk and part, for those chunks that have them."""
    vectors: dict[int, dict[int, Floats]] = {}
    for row in await fetch_all(conn, _Row, _READ, (model, chunk_ids)) if chunk_ids else []:
        # pgvector's wire form: two 16-bit numbers, then the values, most significant byte first.
        vectors.setdefault(row.chunk_id, {})[row.part] = np.frombuffer(row.v, ">f4", offset=4).astype(
            np.float32
        )
    return vectors


async def nearest(
    conn: Connection, embedder: Embedder, space: str, language: str, *, vector: Floats, limit: int
) -> list[int]:
    """The chunks nearest to a vector, by the model's own index."""
    model, dimensions = sql.Literal(embedder.name), sql.Literal(embedder.dimensions)
    query = _NEAREST.format(model=model, dimensions=dimensions)
    asked = {"space": space, "language": language, "vector": as_text(vector), "limit": limit}
    return list(dict.fromkeys(row.chunk_id for row in await fetch_all(conn, _Id, query, asked)))


def as_text(vector: Floats) -> str:
    """As pgvector reads it."""
    return "[" + ",".join(f"{value:.7g}" for value in vector.tolist()) + "]"


def arrange(index: Index, vectors: dict[int, dict[int, Floats]]) -> Vectors | None:
    """The vectors of an index's chunks as matrices; None where there are none."""
    known = np.array([int(chunk) in vectors for chunk in index.chunk_ids], np.bool_)
    if not known.any():
        return None
    of_chunk: list[tuple[int, Floats]] = []
    of_document: list[tuple[int, Floats]] = []
    for row in np.flatnonzero(known):
        for part, vector in vectors[int(index.chunk_ids[row])].items():
            if part == 0:
                of_chunk.append((int(row), vector))
            else:
                of_document.append((int(index.document_of[row]), vector))
    return Vectors(*_stack(of_chunk), *_stack(of_document), known)


def _stack(rows: list[tuple[int, Floats]]) -> tuple[Ints, Floats]:
    if not rows:
        return np.zeros(0, np.int32), np.zeros((0, 0), np.float32)
    return np.array([row for row, _ in rows], np.int32), np.stack([vector for _, vector in rows])
