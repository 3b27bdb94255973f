"""Tickets that were put off come back when their time has come."""

from frontdesk.access.actor import SYSTEM
from frontdesk.access.scope import ROAD
from frontdesk.db.pool import Connection
from frontdesk.terms import TicketId
from frontdesk.tickets import ticket, upkeep
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import Woken, WokenBy


async def wake_due(conn: Connection, changes: TicketChanges) -> list[TicketId]:
    """Wake what is due, a hundred at most; which they were."""
    woken = []
    for ticket_id in await upkeep.snoozed_until_now(conn):
        now = await ticket.lock(conn, ticket_id, ROAD)
        # Somebody may have put it off again, or a message have woken it, since the look.
        if now.snoozed_until is not None and now.snoozed_until <= now.read_at:
            await changes.apply(conn, now, Woken(WokenBy.TIME), SYSTEM)
            woken.append(ticket_id)
    return woken
