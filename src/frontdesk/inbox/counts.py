"""How many tickets there are of each kind: kept counts where they tell, else counted."""

from dataclasses import dataclass
from typing import Any

from psycopg import sql

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, Database, execute, fetch_one, fetch_value
from frontdesk.inbox.scored import MATCHES, NEEDS_YOU, SNOOZED


@dataclass(frozen=True, slots=True)
class Counts:
    total: int
    """In the asked group."""
    matches: int
    """Of these, with a topic alert."""
    needs_you: int
    ai: int


async def kept(conn: Connection, where: str, params: dict[str, Any], in_group: str) -> Counts:
    """By conditions on status, channel and category alone; tells no matches."""
    return await _counts(
        conn,
        f"""
        select coalesce(sum(t.tickets) filter (where {in_group}), 0)::bigint as total, 0::bigint as matches,
            coalesce(sum(t.tickets) filter (where t.needs_you), 0)::bigint as needs_you,
            coalesce(sum(t.tickets) filter (where not t.needs_you), 0)::bigint as ai
        from ticket_count t where {where}
        """,
        params,
    )


async def counted(conn: Connection, hits: str, where: str, params: dict[str, Any], in_group: str) -> Counts:
    """By any conditions, with a look at each ticket that meets them."""
    return await _counts(
        conn,
        f"""
        with hit as materialized ({hits})
        select count(*) filter (where {in_group}) as total, count(*) filter (where {in_group} and {MATCHES}) as matches,
            count(*) filter (where t.needs_you) as needs_you, count(*) filter (where not t.needs_you) as ai
        from (select t.ticket_id, coalesce({NEEDS_YOU}, false) as needs_you from ticket t where {where}) as t
        """,
        params,
    )


async def matching(conn: Connection, hits: str, where: str, params: dict[str, Any], in_group: str) -> int:
    """How many tickets of a group have a topic alert."""
    counts = await counted(conn, hits, f"{where} and {MATCHES}", params, in_group)
    return counts.total


async def snoozed(conn: Connection, scope: Scope) -> int:
    """How many were put off; few, by an index of their own."""
    query = f"select count(*) from ticket t where {SNOOZED} and {scope.condition}"
    return int(await fetch_value(conn, sql.SQL(query), scope.params))


async def sum_up(db: Database) -> None:
    """Make one row of all differences of a kind."""
    async with db.transaction() as conn:
        await execute(
            conn,
            "with gone as (delete from ticket_count returning *)"
            " insert into ticket_count select status, needs_you, channel, category, sum(tickets) from gone"
            " group by status, needs_you, channel, category having sum(tickets) <> 0",
        )


async def _counts(conn: Connection, query: str, params: dict[str, Any]) -> Counts:
    """Composed only of literals of this package; all values are parameters."""
    row = await fetch_one(conn, Counts, sql.SQL(query), params)
    assert row is not None
    return row
