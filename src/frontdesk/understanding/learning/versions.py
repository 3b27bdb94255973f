"""The versions of each task's classifier in the database; at most one of a task is promoted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.types.json import Jsonb

from frontdesk.access.actor import Actor
from frontdesk.audit import door
from frontdesk.audit.act import AuditAction, Change, ObjectKind
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.errors import Conflict, NotFound

MadeFrom = Literal["examples", "corrections"]

_COLUMNS = "task, number, state, made_from, examples, labels, measured, created_at, promoted_at"


@dataclass(frozen=True, slots=True)
class Version:
    task: str
    number: int
    """1, 2, ... within its task."""
    state: str
    """`candidate` (never used yet), `promoted` (in use), `retired`."""
    made_from: MadeFrom
    examples: int
    labels: list[str]
    measured: dict[str, Any]
    created_at: datetime
    promoted_at: datetime | None


async def add(
    conn: Connection,
    task: str,
    weights: bytes,
    *,
    made_from: MadeFrom,
    examples: int,
    labels: list[str],
    measured: dict[str, Any],
) -> Version:
    """Store a newly trained classifier as a candidate."""
    await _one_at_a_time(conn, task)
    number = 1 + int(
        await fetch_value(conn, "select coalesce(max(number), 0) from model_version where task = %s", (task,))
    )
    await execute(
        conn,
        "insert into model_version (task, number, state, made_from, examples, labels, measured, weights)"
        " values (%s, %s, 'candidate', %s, %s, %s, %s, %s)",
        (task, number, made_from, examples, labels, Jsonb(measured), weights),
    )
    return await get(conn, task, number)


async def get(conn: Connection, task: str, number: int) -> Version:
    """Raises `NotFound`."""
    version = await fetch_one(
        conn, Version, f"select {_COLUMNS} from model_version where task = %s and number = %s", (task, number)
    )
    if version is None:
        raise NotFound(f"task {task!r} has no version {number}")
    return version


async def listed(conn: Connection, task: str | None = None) -> list[Version]:
    """By task, newest first."""
    return await fetch_all(
        conn,
        Version,
        f"select {_COLUMNS} from model_version where %(task)s::text is null or task = %(task)s"
        " order by task, number desc",
        {"task": task},
    )


async def promoted(conn: Connection) -> dict[str, int]:
    """The number of the version in use, of each task that has one."""
    rows = await fetch_all(conn, _Promoted, "select task, number from model_version where state = 'promoted'")
    return {row.task: row.number for row in rows}


@dataclass(frozen=True, slots=True)
class _Promoted:
    task: str
    number: int


async def weights(conn: Connection, task: str, number: int) -> bytes:
    """Raises `NotFound`."""
    stored = await fetch_value(
        conn, "select weights from model_version where task = %s and number = %s", (task, number)
    )
    if stored is None:
        raise NotFound(f"task {task!r} has no version {number}")
    return bytes(stored)


async def promote(conn: Connection, task: str, number: int, by: Actor) -> Version:
    """Put a version in use; the one in use before is retired. Raises `NotFound`."""
    await _one_at_a_time(conn, task)
    now = await get(conn, task, number)
    if now.state != "promoted":
        change = Change("version", (await promoted(conn)).get(task), number)
        await door.record(conn, by, AuditAction.CLASSIFIER_PROMOTED, ObjectKind.CLASSIFIER, task, [change])
        await _retire(conn, task)
        await execute(
            conn,
            "update model_version set state = 'promoted', promoted_at = clock_timestamp()"
            " where task = %s and number = %s",
            (task, number),
        )
    return await get(conn, task, number)


async def rollback(conn: Connection, task: str, by: Actor, *, shipped: bool) -> Version | None:
    """Return to the version in use before; None where that is the shipped classifier.

    Raises `Conflict` where there is nothing to go back to.
    """
    await _one_at_a_time(conn, task)
    current = (await promoted(conn)).get(task)
    if current is None:
        raise Conflict(f"task {task!r} has no version in use")
    earlier = await fetch_value(
        conn,
        "select number from model_version where task = %(task)s and promoted_at < (select promoted_at"
        " from model_version where task = %(task)s and number = %(number)s)"
        " order by promoted_at desc limit 1",
        {"task": task, "number": current},
    )
    if earlier is None and not shipped:
        raise Conflict(f"version {current} of task {task!r} is the first: there is nothing to go back to")
    change = Change("version", current, earlier or 0)
    await door.record(conn, by, AuditAction.CLASSIFIER_ROLLED_BACK, ObjectKind.CLASSIFIER, task, [change])
    await _retire(conn, task, forget=True)
    if earlier is None:
        return None
    # `promoted_at` is not changed, so that the next rollback goes further back.
    await execute(
        conn,
        "update model_version set state = 'promoted' where task = %s and number = %s",
        (task, earlier),
    )
    return await get(conn, task, int(earlier))


async def forget_since(conn: Connection, task: str, since: datetime, by: Actor) -> int:
    """Delete what learned from corrections since then, and put in use what was before; how many there were.

    The weights may hold pieces of the words that were learned.
    """
    await _one_at_a_time(conn, task)
    before = (await promoted(conn)).get(task)
    deleted = await execute(
        conn,
        "delete from model_version where task = %s and made_from = 'corrections' and created_at >= %s",
        (task, since),
    )
    if before is not None and task not in await promoted(conn):
        earlier = await fetch_value(
            conn,
            "update model_version set state = 'promoted' where task = %(task)s and number = (select number"
            " from model_version where task = %(task)s and promoted_at is not null order by promoted_at desc limit 1)"
            " returning number",
            {"task": task},
        )
        change = Change("version", before, earlier or 0)
        await door.record(conn, by, AuditAction.CLASSIFIER_ROLLED_BACK, ObjectKind.CLASSIFIER, task, [change])
    return deleted


async def _retire(conn: Connection, task: str, *, forget: bool = False) -> None:
    """Take the version in use out of use; with `forget`, a later rollback never returns to it."""
    await execute(
        conn,
        "update model_version set state = 'retired', promoted_at = case when %(forget)s then null else promoted_at end"
        " where task = %(task)s and state = 'promoted'",
        {"task": task, "forget": forget},
    )


async def _one_at_a_time(conn: Connection, task: str) -> None:
    """Until the caller's transaction ends, no other changes the versions of the task."""
    await execute(conn, "select pg_advisory_xact_lock(hashtextextended('model ' || %s, 0))", (task,))
