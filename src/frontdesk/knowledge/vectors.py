"""Sentence vectors of chunks: made for what lacks them, kept in pgvector, read as matrices."""

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

# Locked, so that no chunk is replaced between the look and the insert.
_LIVE = "select chunk_id from chunk where chunk_id = any(%s) order by chunk_id for key share"

_INSERT = "insert into embedding (chunk_id, part, model, v) values (%s, %s, %s, %s) on conflict do nothing"

IN_USE = """
insert into embedding_model (model) values (%s) on conflict (model) do update set seen_at = now()
where embedding_model.seen_at < now() - interval '1 minute'
"""
"""Said by whoever makes vectors of a model or searches by it."""

_BUMP = "update knowledge_space set version = version + 1 where space = %s"

_READ = "select chunk_id, part, vector_send(v) as v from embedding where model = %s and chunk_id = any(%s)"

_KEPT_DIMENSIONS = "select vector_dims(v) from embedding where model = %s limit 1"

_NEAREST = sql.SQL("""
select e.chunk_id from embedding e
join chunk c using (chunk_id) join document d using (document_id)
where e.model = {model} and d.space = %(space)s and d.language = %(language)s
order by {kept} <=> {asked} limit %(limit)s
""")

# One index of a model holds all spaces and languages: so many are looked at before these are sifted.
_LOOK_AT = "set local hnsw.ef_search = 200"

_SLICE = 50
"""So many chunks are written at once: what a killed process had made by then is not made again."""

_log = structlog.get_logger("frontdesk.knowledge")


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

    No transaction is open while the model works. Raises what the embedder raises; what was written stays.
    """
    asked = {"space": space, "languages": sorted(embedder.languages), "document": document, "limit": batch}
    async with database.connection() as conn:
        bare = await fetch_all(conn, _Bare, _MISSING, {**asked, "model": embedder.name})
    for start in range(0, len(bare), _SLICE):
        part = bare[start : start + _SLICE]
        vectors = await embedder.embed([text for one in part for text in one.parts()])
        # Told together with the last of them: were it told apart, a kill in between would leave it untold.
        last = start + _SLICE >= len(bare)
        await _keep(database, embedder.name, part, vectors, tell=space if last else None)
    return len(bare)


async def _keep(database: Database, model: str, bare: list[_Bare], vectors: Floats, tell: str | None) -> None:
    keys = [(one.chunk_id, part) for one in bare for part in range(len(one.parts()))]
    async with database.transaction() as conn:
        if tell is not None:
            # First, as whoever replaces a document does: two orders of the same locks would meet in a deadlock.
            await execute(conn, _BUMP, (tell,))
        kept = await fetch_value(conn, _KEPT_DIMENSIONS, (model,))
        if kept not in (None, vectors.shape[1]):
            raise SetupError(
                f"{model} now gives {vectors.shape[1]} numbers for a text, its kept vectors have {kept}:"
                " make them anew with `frontdesk kb reindex --anew`"
            )
        live = {row.chunk_id for row in await fetch_all(conn, _Id, _LIVE, ([one.chunk_id for one in bare],))}
        rows = [
            (chunk, part, model, as_text(vector))
            for (chunk, part), vector in zip(keys, vectors, strict=True)
            if chunk in live
        ]
        async with conn.cursor() as cursor:
            await cursor.execute(IN_USE, (model,))
            await cursor.executemany(_INSERT, rows)


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
    conn: Connection, model: str, space: str, language: str, *, vector: Floats, limit: int
) -> list[int]:
    """The chunks nearest to a vector, by the model's own index where it has one."""
    indexed = Indexed.of(len(vector))
    query = _NEAREST.format(
        model=sql.Literal(model), kept=indexed.cast(sql.SQL("e.v")), asked=indexed.cast(sql.SQL("%(vector)s"))
    )
    asked = {"space": space, "language": language, "vector": as_text(vector), "limit": limit}
    try:
        async with conn.transaction():
            await conn.execute(_LOOK_AT)
            found = await fetch_all(conn, _Id, query, asked)
    except errors.DataException:
        _log.warning("vectors_of_another_length", model=model, dimensions=len(vector))
        return []
    return list(dict.fromkeys(row.chunk_id for row in found))


@dataclass(frozen=True, slots=True)
class Indexed:
    """In which form vectors of so many numbers can be indexed by pgvector, if at all."""

    type: sql.SQL
    dimensions: int
    operators: sql.SQL | None
    """None: too long for any index, each is looked at."""

    @classmethod
    def of(cls, dimensions: int) -> "Indexed":
        if dimensions <= 2000:
            return cls(sql.SQL("vector"), dimensions, sql.SQL("vector_cosine_ops"))
        if dimensions <= 4000:
            return cls(sql.SQL("halfvec"), dimensions, sql.SQL("halfvec_cosine_ops"))
        return cls(sql.SQL("vector"), dimensions, None)

    def cast(self, value: sql.SQL) -> sql.Composed:
        return sql.SQL("{}::{}({})").format(value, self.type, sql.Literal(self.dimensions))


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
