"""Put a ticket off until a time, and bring it back by hand."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from frontdesk.access.actor import Actor, Permission
from frontdesk.access.scope import scope_of
from frontdesk.db.pool import Connection
from frontdesk.errors import Conflict, ValidationFailed
from frontdesk.terms import TicketId
from frontdesk.tickets import ticket
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import Snoozed, TakenOver, Woken, WokenBy

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class SnoozeActions:
    """Every method raises `Forbidden` for an actor who may not, and `NotFound` for an unknown ticket."""

    changes: TicketChanges

    async def snooze(
        self, conn: Connection, actor: Actor, ticket_id: TicketId, until: datetime, note: str
    ) -> None:
        """The ticket asks nobody for anything until then; who puts it off owns it, as who replies does.

        Raises `ValidationFailed` for a time that is past or too far off, `Conflict` where the matter is settled.
        """
        actor.require(Permission.TICKETS_WRITE)
        if not timedelta() < until - datetime.now(UTC) <= LONGEST:
            raise ValidationFailed("a ticket can be put off until a time to come, for a year at most")
        now = await ticket.lock(conn, ticket_id, scope_of(actor))
        if now.state.is_over:
            raise Conflict(f"the ticket is {now.status}: there is nothing to put off")
        now = await self.changes.apply(conn, now, TakenOver(actor.name), actor)
        await self.changes.apply(conn, now, Snoozed(until, note), actor)

    async def wake(self, conn: Connection, actor: Actor, ticket_id: TicketId) -> None:
        """It is a person's to look at again; one that is awake stays as it is."""
        actor.require(Permission.TICKETS_WRITE)
        now = await ticket.lock(conn, ticket_id, scope_of(actor))
        if now.snoozed_until is not None:
            await self.changes.apply(conn, now, Woken(WokenBy.PERSON), actor)
