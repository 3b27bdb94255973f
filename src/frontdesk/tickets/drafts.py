"""The draft of a reply that a ticket keeps, made for the customer's last message."""

from typing import Any

from psycopg.types.json import Jsonb

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, execute, fetch_value
from frontdesk.terms import TicketId


async def keep(conn: Connection, ticket_id: TicketId, seq: int, draft: dict[str, Any]) -> None:
    """Replaces the one before; `seq` is the customer's message that it answers.

    Nothing is kept for a ticket that was erased while the draft was made.
    """
    await execute(
        conn,
        "insert into reply_draft (ticket_id, seq, draft)"
        " select ticket_id, %s, %s from ticket where ticket_id = %s and erased_at is null for key share"
        " on conflict (ticket_id) do update set seq = excluded.seq, draft = excluded.draft, created_at = now()",
        (seq, Jsonb(draft), ticket_id),
    )


async def kept(conn: Connection, ticket_id: TicketId, seq: int, scope: Scope) -> dict[str, Any] | None:
    """The draft that was made for this very message, if any."""
    query = (
        "select d.draft from reply_draft d where d.ticket_id = %(ticket_id)s and d.seq = %(seq)s and "
        + scope.of("d.ticket_id")
    )
    draft: dict[str, Any] | None = await fetch_value(
        conn, query, {"ticket_id": ticket_id, "seq": seq, **scope.params}
    )
    return draft
