"""The append-only log of what happened to tickets: behind timelines, live views and every figure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, fetch_all, fetch_value
from frontdesk.terms import ConversationId, MessageId, TicketId

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


COLUMNS = "event_id, ticket_id, type, actor, actor_kind, actor_id, message_id, data, created_at"


async def of_ticket(conn: Connection, ticket_id: TicketId, scope: Scope) -> list[Entry]:
    """Oldest first."""
    query = (
        f"select {COLUMNS} from ticket_event e where e.ticket_id = %(ticket_id)s and "
        + scope.of("e.ticket_id")
        + " order by e.event_id"
    )
    return await fetch_all(conn, Entry, query, {"ticket_id": ticket_id, **scope.params})


async def newest(conn: Connection) -> int:
    """The last entry's id."""
    return int(await fetch_value(conn, "select coalesce(max(event_id), 0) from ticket_event"))


async def conversation_of(conn: Connection, ticket_id: str) -> ConversationId | None:
    """Whose conversation a ticket of the log belongs to: names the topic that its signals go to."""
    query = "select conversation_id from ticket where ticket_id = %s"
    conversation = await fetch_value(conn, query, (ticket_id,))
    return None if conversation is None else ConversationId(conversation)
