"""A person of the desk answers an escalation's e-mail: what they wrote is said to the customer, as that person.

The seal in the mail says which escalation it answers, and nothing of who wrote: whoever is nobody of the desk,
or may not answer this ticket, is not listened to. What is not said stays in the list of what was set aside.
"""

import dataclasses
import uuid
from dataclasses import dataclass

import structlog

from frontdesk.access import people
from frontdesk.access.actor import MANAGER_BY_MAIL, SYSTEM, Actor
from frontdesk.access.scope import scope_of
from frontdesk.actions.tickets import TicketActions
from frontdesk.channels.inbound import EventKind, StaffReplied
from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import LaneRun
from frontdesk.errors import RequestError
from frontdesk.intake import raw_event
from frontdesk.intake.parked import set_aside
from frontdesk.kit.text import clip
from frontdesk.phrases import say
from frontdesk.terms import MessageId, Proof, SenderType, TicketId
from frontdesk.tickets import escalation, message, ticket
from frontdesk.tickets.events import NoteAdded

_NAMESPACE = uuid.UUID("0f6c1a52-7c0e-4f0f-9a55-6a3f5d2b9e10")
_log = structlog.get_logger("frontdesk.actions")


@dataclass(frozen=True, slots=True)
class StaffReplies:
    actions: TicketActions
    language: str

    async def take(self, run: LaneRun) -> None:
        """Lane staff_reply:<event>: say it once, in the commit that ends the run, or set it aside."""
        async with run.transaction() as conn:
            event_id = int(run.subject)
            event = await raw_event.read(conn, event_id)
            if isinstance(event, StaffReplied):
                await self._take(conn, event_id, event)
            await run.finish(conn)

    async def give_up(self, run: LaneRun, error: str) -> None:
        """The dead end: it is set aside for a person, who may have it tried again."""
        async with run.transaction() as conn:
            await set_aside(conn, int(run.subject), EventKind.STAFF_REPLY, error)
            await run.finish(conn)

    async def _take(self, conn: Connection, event_id: int, event: StaffReplied) -> None:
        actor = await self._author(conn, event)
        if actor is None or event.ticket_id is None:
            _log.warning("staff_reply_refused", event_id=event_id)
            await set_aside(conn, event_id, event.kind, f"{event.peer.address} may not answer for the desk")
            return
        ticket_id = TicketId(event.ticket_id)
        if not event.content:
            await self._not_said(conn, event_id, event, ticket_id, "it says nothing new")
            return
        message_id = MessageId(str(uuid.uuid5(_NAMESPACE, str(event_id))))
        try:
            async with conn.transaction():
                await self.actions.reply(conn, actor, ticket_id, event.content, message_id)
        except RequestError as error:
            await self._not_said(conn, event_id, event, ticket_id, error.message)
            return
        if event.files:
            await self._note(conn, ticket_id, "note.mail_reply_files", count=event.files)

    async def _author(self, conn: Connection, event: StaffReplied) -> Actor | None:
        """None for whoever is nobody of the desk, and where the sender's own domain denies the mail."""
        record = await escalation.get(conn, event.escalation_id, scope_of(MANAGER_BY_MAIL))
        if record is None or event.peer.proof is Proof.NONE:
            return None
        person = await people.by_email(conn, event.peer.address)
        if person is not None:
            return person.actor if person.disabled_at is None else None
        if event.peer.address.lower() != record.mail_to.rpartition("<")[2].rstrip("> ").lower():
            return None
        return dataclasses.replace(MANAGER_BY_MAIL, name=clip(event.peer.name or MANAGER_BY_MAIL.name, 80))

    async def _not_said(
        self, conn: Connection, event_id: int, event: StaffReplied, ticket_id: TicketId, reason: str
    ) -> None:
        """Who wrote believes that the customer was answered: staff see in the ticket that they were not."""
        await set_aside(conn, event_id, event.kind, reason)
        values = {"who": event.peer.address, "reason": reason, "number": event_id}
        await self._note(conn, ticket_id, "note.mail_reply_not_said", **values)

    async def _note(self, conn: Connection, ticket_id: TicketId, phrase: str, **values: object) -> None:
        locked = await ticket.lock(conn, ticket_id, scope_of(MANAGER_BY_MAIL))
        words = say(phrase, self.language, **values)
        note = await message.add(conn, ticket_id, SenderType.SYSTEM, words, locked.channel, kind="note")
        await self.actions.changes.note(conn, ticket_id, NoteAdded(note.message_id), SYSTEM)
