"""Changes the embedding model while the desk works: progress, the model's index, removal of old vectors.

`vectors.embed_missing` makes the vectors; `CachedSpace` decides which model a search uses meanwhile.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta

import structlog
from psycopg import sql

from frontdesk.db.pool import Connection, Database, execute, fetch_all, fetch_value
from frontdesk.knowledge.vectors import MARK_IN_USE, VectorIndexType
from frontdesk.llm.embedding import Embedder

UNUSED_AFTER = timedelta(days=1)
"""Long enough that, in a rolling update, no process deletes the vectors of another one's model."""

_DELETE_BATCH = 2_000

_PLAIN = re.compile(r"[a-z][a-z0-9_]{0,30}")

_PROGRESS = """
select d.space, d.language, count(*)::int as chunks, (count(*) - count(e.chunk_id))::int as missing
from document d join chunk c using (document_id)
left join embedding e on e.chunk_id = c.chunk_id and e.model = %s and e.part = 0
where d.language = any(%s) group by d.space, d.language order by d.space, d.language
"""

TOTAL_PROGRESS = """
select count(*)::int, (count(*) - count(e.chunk_id))::int
from document d join chunk c using (document_id)
left join embedding e on e.chunk_id = c.chunk_id and e.model = %s and e.part = 0
where d.language = any(%s)
"""
"""All chunks of the languages, and how many of them lack vectors."""

_UNUSED = "select model from embedding_model where model <> %s and seen_at < now() - %s"

_DELETE = """
with deleted as (
    select e.chunk_id, e.part from embedding e where e.model = %(model)s
        and (%(space)s::text is null or exists (
            select 1 from chunk c join document d using (document_id)
            where c.chunk_id = e.chunk_id and d.space = %(space)s))
    limit %(limit)s
)
delete from embedding e using deleted g
where e.chunk_id = g.chunk_id and e.part = g.part and e.model = %(model)s
"""

_MARK_ANEW = "update embedding_model set anew_at = clock_timestamp() where model = %s"

_BUMP = "update knowledge_space set version = version + 1 where %(space)s::text is null or space = %(space)s"

_STATE = """
select i.indisvalid from pg_class c join pg_index i on i.indexrelid = c.oid
where c.relname = %s and pg_table_is_visible(c.oid)
"""

_CREATE = sql.SQL(
    "create index concurrently {name} on embedding using hnsw (({form}) {operators}) where model = {model}"
)

_log = structlog.get_logger("frontdesk.knowledge")


@dataclass(frozen=True, slots=True)
class VectorProgress:
    """How many chunks of one language of a space there are, and lack a model's vectors."""

    space: str
    language: str
    chunks: int
    missing: int


@dataclass(frozen=True, slots=True)
class _Model:
    model: str


async def progress(database: Database, embedder: Embedder) -> list[VectorProgress]:
    """For every space and every language of the model that has chunks."""
    async with database.connection() as conn:
        return await fetch_all(conn, VectorProgress, _PROGRESS, (embedder.name, sorted(embedder.languages)))


async def mark_in_use(database: Database, model: str) -> None:
    """Store that a process uses this model now."""
    async with database.connection() as conn:
        await execute(conn, MARK_IN_USE, (model,))


async def delete_vectors(database: Database, model: str, space: str | None = None) -> int:
    """Delete a model's vectors, in one space or in all, with a transaction for each batch; how many there were."""
    asked = {"model": model, "space": space, "limit": _DELETE_BATCH}
    total = 0
    while True:
        async with database.connection() as conn:
            deleted = await execute(conn, _DELETE, asked)
        total += deleted
        if deleted < _DELETE_BATCH:
            break
    async with database.transaction() as conn:
        # Locks in the order of `embed_missing`, against deadlocks.
        await execute(conn, _BUMP, {"space": space})
        await execute(conn, _MARK_ANEW, (model,))
    return total


async def delete_unused(database: Database, model: str) -> None:
    """Delete vectors and indexes of other models that no process has used for `UNUSED_AFTER`.

    Call this when no vector of `model` is missing.
    """
    async with database.connection() as conn:
        unused = [row.model for row in await fetch_all(conn, _Model, _UNUSED, (model, UNUSED_AFTER))]
    for old in unused:
        deleted = await delete_vectors(database, old)
        async with database.connection() as conn:
            await execute(
                conn, sql.SQL("drop index concurrently if exists {}").format(sql.Identifier(index_of(old)))
            )
            await execute(conn, "delete from embedding_model where model = %s", (old,))
        _log.info("vectors_retired", model=old, vectors=deleted)


def index_of(model: str) -> str:
    """The name of a model's index; a model name that is no SQL name is replaced by its hash."""
    plain = model if _PLAIN.fullmatch(model) else hashlib.sha256(model.encode()).hexdigest()[:16]
    return f"embedding_{plain}"


async def ensure_index(database: Database, embedder: Embedder) -> bool:
    """Build the model's index if it has none, without blocking writers; whether one was built.

    One process builds at a time, the others do not wait. An index that a killed process left invalid is
    built again.
    """
    dimensions = await embedder.dimensions()
    async with database.connection() as conn:
        # Not a waiting lock: its snapshot would in turn block the builder.
        if not await fetch_value(conn, "select pg_try_advisory_lock(hashtext('embedding index'))"):
            return False
        try:
            return await _build(conn, embedder.name, VectorIndexType.of(dimensions))
        finally:
            await execute(conn, "select pg_advisory_unlock(hashtext('embedding index'))")


async def _build(conn: Connection, model: str, index_type: VectorIndexType) -> bool:
    name = index_of(model)
    valid = await fetch_value(conn, _STATE, (name,))
    if valid or index_type.operators is None:
        return False
    if valid is not None:
        await execute(conn, sql.SQL("drop index concurrently {}").format(sql.Identifier(name)))
    form = index_type.cast(sql.SQL("v"))
    create = _CREATE.format(
        name=sql.Identifier(name), form=form, operators=index_type.operators, model=sql.Literal(model)
    )
    await execute(conn, create)
    _log.info("vector_index_built", model=model)
    return True
