"""The append-only log of what happened to tickets: behind timelines, live views and every figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from psycopg.types.json import Jsonb

from frontdesk.db.pool import Connection, execute, fetch_all
from frontdesk.terms import MessageId, TicketId

SIGNAL = "log"
"""Given when a transaction that wrote here has committed."""


class Event(StrEnum):
    OPENED = "opened"
    REOPENED = "reopened"
    MESSAGE = "message"
    ANALYSED = "analysed"
    ANSWERED = "answered"
    ASKED = "asked"
    DRAFTED = "drafted"
    RETRACTED = "retracted"
    ESCALATED = "escalated"
    MAIL_SENT = "mail_sent"
    MAIL_FAILED = "mail_failed"
    TAKEN_OVER = "taken_over"
    HANDED_BACK = "handed_back"
    RESOLVED = "resolved"
    CLOSED = "closed"
    DELIVERED = "delivered"
    SEND_FAILED = "send_failed"
    NOTE = "note"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Entry:
    event_id: int
    ticket_id: TicketId
    type: str
    actor: str
    message_id: MessageId | None
    data: dict[str, Any]
    created_at: datetime


_COLUMNS = "event_id, ticket_id, type, actor, message_id, data, created_at"


async def write(
    conn: Connection,
    ticket_id: TicketId,
    event: Event,
    actor: str,
    message_id: MessageId | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """`actor` is a sender type, or a person's name."""
    await execute(
        conn,
        "insert into ticket_event (ticket_id, type, actor, message_id, data) values (%s, %s, %s, %s, %s)",
        (ticket_id, event, actor, message_id, Jsonb(dict(data or {}))),
    )
    conn.signals.add(SIGNAL)


async def of_ticket(conn: Connection, ticket_id: TicketId) -> list[Entry]:
    query = f"select {_COLUMNS} from ticket_event where ticket_id = %s order by event_id"
    return await fetch_all(conn, Entry, query, (ticket_id,))


async def newest(conn: Connection) -> int:
    """The cursor from which a reader sees only what is still to come."""
    rows = await since(conn, -1, newest_first=True, limit=1)
    return rows[0].event_id if rows else 0


async def since(conn: Connection, cursor: int, limit: int = 500, newest_first: bool = False) -> list[Entry]:
    """Entries behind the cursor, none ever skipped.

    Ids are drawn before their transactions commit, so a larger id may be seen first. Only entries
    older than every running transaction are read: nothing smaller can still appear behind them.
    """
    order = "desc" if newest_first else "asc"
    query = (
        f"select {_COLUMNS} from ticket_event where event_id > %s"
        f" and xact < pg_snapshot_xmin(pg_current_snapshot()) order by event_id {order} limit %s"
    )
    return await fetch_all(conn, Entry, query, (cursor, limit))
