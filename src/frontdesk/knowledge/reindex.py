"""From one model of vectors to another while the desk works: what is left to do, the model's index, the old ones.

Making the vectors is `vectors.embed_missing`; which model a search uses meanwhile, `CachedSpace` decides.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta

import structlog
from psycopg import sql

from frontdesk.db.pool import Connection, Database, execute, fetch_all, fetch_value
from frontdesk.knowledge.vectors import IN_USE, Indexed
from frontdesk.llm.embedding import Embedder

UNUSED_AFTER = timedelta(days=1)
"""While an old and a new process run side by side, each names its model; neither deletes the other's vectors."""

_DELETED_AT_ONCE = 2_000

_PLAIN = re.compile(r"[a-z][a-z0-9_]{0,30}")

_PROGRESS = """
select d.space, d.language, count(*)::int as chunks, (count(*) - count(e.chunk_id))::int as missing
from document d join chunk c using (document_id)
left join embedding e on e.chunk_id = c.chunk_id and e.model = %s and e.part = 0
where d.language = any(%s) group by d.space, d.language order by d.space, d.language
"""

PROGRESS_OF_ALL = """
select count(*)::int, (count(*) - count(e.chunk_id))::int
from document d join chunk c using (document_id)
left join embedding e on e.chunk_id = c.chunk_id and e.model = %s and e.part = 0
where d.language = any(%s)
"""
"""The same in sum: chunks, and those that are missing."""

_UNUSED = "select model from embedding_model where model <> %s and seen_at < now() - %s"

_DELETE = """
with gone as (
    select e.chunk_id, e.part from embedding e where e.model = %(model)s
        and (%(space)s::text is null or exists (
            select 1 from chunk c join document d using (document_id)
            where c.chunk_id = e.chunk_id and d.space = %(space)s))
    limit %(limit)s
)
delete from embedding e using gone g
where e.chunk_id = g.chunk_id and e.part = g.part and e.model = %(model)s
"""

_VOID = "update embedding_model set anew_at = clock_timestamp() where model = %s"

_TELL = "update knowledge_space set version = version + 1 where %(space)s::text is null or space = %(space)s"

_STATE = """
select i.indisvalid from pg_class c join pg_index i on i.indexrelid = c.oid
where c.relname = %s and pg_table_is_visible(c.oid)
"""

_CREATE = sql.SQL(
    "create index concurrently {name} on embedding using hnsw (({form}) {operators}) where model = {model}"
)

_log = structlog.get_logger("frontdesk.knowledge")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a model is with one language of a space."""

    space: str
    language: str
    chunks: int
    missing: int


@dataclass(frozen=True, slots=True)
class _Model:
    model: str


async def progress(database: Database, embedder: Embedder) -> list[Progress]:
    """Every space and language that the model speaks and that has any text."""
    async with database.connection() as conn:
        return await fetch_all(conn, Progress, _PROGRESS, (embedder.name, sorted(embedder.languages)))


async def name_in_use(database: Database, model: str) -> None:
    """Say that a process works with this model now."""
    async with database.connection() as conn:
        await execute(conn, IN_USE, (model,))


async def forget(database: Database, model: str, space: str | None = None) -> int:
    """Delete a model's vectors, in one space or in all, a batch in each transaction; how many there were."""
    asked = {"model": model, "space": space, "limit": _DELETED_AT_ONCE}
    total = 0
    while True:
        async with database.connection() as conn:
            gone = await execute(conn, _DELETE, asked)
        total += gone
        if gone < _DELETED_AT_ONCE:
            break
    async with database.transaction() as conn:
        # In the order of `embed_missing`, lest two wait for each other.
        await execute(conn, _TELL, {"space": space})
        await execute(conn, _VOID, (model,))
    return total


async def retire(database: Database, model: str) -> None:
    """Delete what other models left that no process has named for `UNUSED_AFTER`; their indexes too.

    To be called once `model` lacks nothing.
    """
    async with database.connection() as conn:
        unused = [row.model for row in await fetch_all(conn, _Model, _UNUSED, (model, UNUSED_AFTER))]
    for old in unused:
        gone = await forget(database, old)
        async with database.connection() as conn:
            await execute(
                conn, sql.SQL("drop index concurrently if exists {}").format(sql.Identifier(index_of(old)))
            )
            await execute(conn, "delete from embedding_model where model = %s", (old,))
        _log.info("vectors_retired", model=old, vectors=gone)


def index_of(model: str) -> str:
    """The name of a model's index; a name that PostgreSQL would not take is replaced by its hash."""
    plain = model if _PLAIN.fullmatch(model) else hashlib.sha256(model.encode()).hexdigest()[:16]
    return f"embedding_{plain}"


async def ensure_index(database: Database, embedder: Embedder) -> bool:
    """Build the model's index if it has none, without stopping writers; whether one was built.

    One process builds at a time, the others go on without. What a killed one left half-built is built anew.
    """
    dimensions = await embedder.dimensions()
    async with database.connection() as conn:
        # Waiting for the lock would be a snapshot that the builder in turn waits for.
        if not await fetch_value(conn, "select pg_try_advisory_lock(hashtext('embedding index'))"):
            return False
        try:
            return await _build(conn, embedder.name, Indexed.of(dimensions))
        finally:
            await execute(conn, "select pg_advisory_unlock(hashtext('embedding index'))")


async def _build(conn: Connection, model: str, indexed: Indexed) -> bool:
    name = index_of(model)
    valid = await fetch_value(conn, _STATE, (name,))
    if valid or indexed.operators is None:
        return False
    if valid is not None:
        await execute(conn, sql.SQL("drop index concurrently {}").format(sql.Identifier(name)))
    form = indexed.cast(sql.SQL("v"))
    create = _CREATE.format(
        name=sql.Identifier(name), form=form, operators=indexed.operators, model=sql.Literal(model)
    )
    await execute(conn, create)
    _log.info("vector_index_built", model=model)
    return True
