"""The append-only log of what happened to tickets: behind timelines, live views and every figure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, fetch_all, fetch_value
from frontdesk.terms import MessageId, TicketId

BATCH = 1000
SIGNAL = "log"
"""Given when a transaction that wrote here has committed."""


@dataclass(frozen=True, slots=True)
class Entry:
    event_id: int
    ticket_id: TicketId
    type: str
    actor: str
    """A person's name, or the kind of actor: `ai`, `customer`, `system`."""
    actor_kind: str
    actor_id: str
    message_id: MessageId | None
    data: dict[str, Any]
    created_at: datetime


_COLUMNS = "event_id, ticket_id, type, actor, actor_kind, actor_id, message_id, data, created_at"


async def of_ticket(conn: Connection, ticket_id: TicketId, scope: Scope) -> list[Entry]:
    """Oldest first."""
    query = (
        f"select {_COLUMNS} from ticket_event e where e.ticket_id = %(ticket_id)s and "
        + scope.of("e.ticket_id")
        + " order by e.event_id"
    )
    return await fetch_all(conn, Entry, query, {"ticket_id": ticket_id, **scope.params})


async def newest(conn: Connection) -> int:
    """The last entry's id."""
    return int(await fetch_value(conn, "select coalesce(max(event_id), 0) from ticket_event"))


async def horizon(conn: Connection) -> int:
    """The oldest transaction that still runs: whatever is older has committed or never will."""
    return int(await fetch_value(conn, "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))


async def since(conn: Connection, horizon: int, after: int = 0) -> list[Entry]:
    """What transactions from `horizon` on have written, as far as they have committed, oldest first, in batches.

    Ids are drawn before their transactions commit, so no id is a safe place to go on from: a smaller one
    may still appear. Reading on from the horizon of the last look skips nothing, and shows again what
    was committed beyond it.
    """
    matching = "where xact >= %s::text::xid8 and event_id > %s order by event_id limit %s"
    query = f"select {_COLUMNS} from ticket_event {matching}"
    return await fetch_all(conn, Entry, query, (str(horizon), after, BATCH))
