"""How far somebody has read the log of tickets, exactly, whatever order transactions commit in.

Ids are drawn before their transactions commit, so no id is a safe place to go on from: a smaller one may
still appear. A cursor is therefore a horizon of transactions, before which everything was consumed, and
the ids that were consumed beyond it. Nothing waits for a transaction that is still running, and the
entries of one ticket come in the order in which they were written. See docs/decisions/0014.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.db.pool import Connection, fetch_all, fetch_one
from frontdesk.errors import PermanentError
from frontdesk.tickets.log import COLUMNS, Entry

# Index scans are asked for by ORDER BY and OFFSET 0: no statistics tell the planner that a horizon lies
# at the end of the log.
_UNREAD = f"""
    with next as (
        select event_id, ticket_id from ticket_event
         where xact >= %(horizon)s::text::xid8 and not event_id <@ %(beyond)s::int8multirange
         order by xact, event_id limit %(limit)s
    ), ticket_part as (
        select ticket_id, max(event_id) as upto from next group by ticket_id
    )
    select entry.* from ticket_part cross join lateral (
        select {COLUMNS} from ticket_event e
         where e.ticket_id = ticket_part.ticket_id and e.event_id <= ticket_part.upto
           and e.xact >= %(horizon)s::text::xid8 and not e.event_id <@ %(beyond)s::int8multirange
        offset 0
    ) entry order by event_id
"""

_AT_END = """
    select pg_snapshot_xmin(now.seen)::text::bigint as horizon, coalesce((
        select range_agg(int8range(event_id, event_id, '[]')) from ticket_event
         where xact >= pg_snapshot_xmin(now.seen)
    ), '{}')::text as beyond
    from (select pg_current_snapshot() as seen) now
"""

# The horizon moves to the first transaction that still runs, or that left an entry which was not consumed.
_ADVANCE = """
    with consumed as (
        select %(beyond)s::int8multirange + coalesce((
            select range_agg(int8range(id, id, '[]')) from unnest(%(ids)s::bigint[]) id
        ), '{}') as ids, pg_snapshot_xmin(pg_current_snapshot()) as running
    ), reached as (
        select ids, running, least(running, (
            select xact from ticket_event
             where xact >= %(horizon)s::text::xid8 and not event_id <@ ids order by xact limit 1
        )) as horizon from consumed
    )
    select running::text::bigint, horizon::text::bigint, coalesce((
        select range_agg(int8range(event_id, event_id, '[]')) from ticket_event
         where event_id >= lower(ids) and event_id < upper(ids) and event_id <@ ids and xact >= horizon
    ), '{}')::text as beyond
    from reached
"""


@dataclass(frozen=True, slots=True)
class Cursor:
    horizon: int
    """Every entry of a transaction before this one was consumed."""
    beyond: str
    """The ids that were consumed of this transaction and later ones, as PostgreSQL writes a multirange."""


BEGINNING = Cursor(0, "{}")


async def at_end(conn: Connection) -> Cursor:
    """The cursor of who has consumed everything that has been committed by now."""
    cursor = await fetch_one(conn, Cursor, _AT_END)
    assert cursor is not None
    return cursor


async def unread(conn: Connection, cursor: Cursor, limit: int) -> list[Entry]:
    """The committed entries that come next, by id; about `limit` of them, none only where there is none."""
    params = {"horizon": str(cursor.horizon), "beyond": cursor.beyond, "limit": limit}
    return await fetch_all(conn, Entry, _UNREAD, params)


async def advance(conn: Connection, cursor: Cursor, consumed: Sequence[Entry]) -> Cursor:
    """The cursor once these entries, which `unread` gave for it, have been consumed too.

    Raises `PermanentError` for a cursor of another PostgreSQL, whose transactions had other numbers.
    """
    params = {
        "horizon": str(cursor.horizon),
        "beyond": cursor.beyond,
        "ids": [entry.event_id for entry in consumed],
    }
    reached = await fetch_one(conn, _Reached, _ADVANCE, params)
    assert reached is not None
    if reached.running < cursor.horizon:
        raise PermanentError(
            "the log's cursor is ahead of this database: run `frontdesk migrate` after restoring a dump"
        )
    return Cursor(reached.horizon, reached.beyond)


@dataclass(frozen=True, slots=True)
class _Reached:
    running: int
    horizon: int
    beyond: str
