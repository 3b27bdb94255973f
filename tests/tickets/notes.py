"""An entry of the log, by the door that every change takes."""

from frontdesk.access.actor import Actor, ActorKind
from frontdesk.db.pool import Connection
from frontdesk.terms import MessageId, TicketId
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import NoteAdded
from frontdesk.tickets.scoring import Weights

_SOMEBODY = Actor(ActorKind.PERSON, "somebody", "Somebody")


async def note(conn: Connection, ticket: str) -> None:
    await TicketChanges(Weights()).note(conn, TicketId(ticket), NoteAdded(MessageId("m")), _SOMEBODY)
