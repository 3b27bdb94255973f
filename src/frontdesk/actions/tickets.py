"""What an actor does to one ticket, each in the caller's transaction: reply, note, take over, hand back, change."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from frontdesk.access.actor import Actor, Permission
from frontdesk.access.scope import scope_of
from frontdesk.audit import door
from frontdesk.audit.act import AuditAction, Change, ObjectKind
from frontdesk.channels.outbound import Template
from frontdesk.db.pool import Connection
from frontdesk.delivery import outbox
from frontdesk.delivery.outbox import SendOptions
from frontdesk.delivery.post import Post
from frontdesk.delivery.reach import closed, window_end
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import Conflict, NotFound
from frontdesk.escalation.rules import HandoverRules
from frontdesk.kit.times import stamp
from frontdesk.terms import EscalationReason, LaneKind, MessageId, SenderType, TicketId, TicketStatus
from frontdesk.tickets import conversation as conversations
from frontdesk.tickets import escalation, message, ticket
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import (
    UNCHANGED,
    Closed,
    FieldsChanged,
    HandedBack,
    NoteAdded,
    PersonReplied,
    Resolved,
    TakenOver,
)
from frontdesk.tickets.message import Message
from frontdesk.tickets.ticket import Ticket
from frontdesk.understanding.learning.corrections import FIELDS
from frontdesk.understanding.learning.lane import Learning


@dataclass(frozen=True, slots=True)
class TicketActions:
    """Every method raises `Forbidden` for an actor who may not, `NotFound` for an unknown ticket, and
    `Conflict` where the ticket's state does not allow it."""

    lanes: Lanes
    post: Post
    changes: TicketChanges
    rules: HandoverRules
    learning: Learning
    mails_resolved: bool
    """Whether a manager gets a summary of each resolved conversation."""

    async def reply(
        self,
        conn: Connection,
        actor: Actor,
        ticket_id: TicketId,
        content: str,
        message_id: MessageId,
        template: Template | None = None,
    ) -> Message:
        """Say it to the customer; who says it owns the ticket from now on.

        `template`: what the customer gets in place of the content. Raises `Conflict` where the channel's reply
        window is closed for free text.
        """
        locked = await self._lock(conn, actor, ticket_id)
        await self._in_time(conn, locked, template)
        now = await self._take_over(conn, actor, locked)
        reply = await message.add(
            conn,
            ticket_id,
            SenderType.MANAGER,
            content,
            now.channel,
            message_id=message_id,
            sender_name=actor.name,
        )
        await self.changes.apply(conn, now, PersonReplied(reply.message_id, reply.seq), actor)
        await self.post.put(
            conn, now.conversation_id, reply, SendOptions(template=template) if template else None
        )
        return reply

    async def resend(
        self, conn: Connection, actor: Actor, ticket_id: TicketId, message_id: MessageId
    ) -> None:
        """Try a message again that could not be sent. Raises `Conflict` for one that is not set aside."""
        await self._lock(conn, actor, ticket_id)
        written = await message.get(conn, message_id, scope_of(actor))
        if written is None or written.ticket_id != ticket_id:
            raise NotFound("there is no such message")
        conversation_id = await outbox.try_again(conn, message_id)
        if conversation_id is None:
            raise Conflict("the message does not wait to be sent again")
        sent = Change("message", None, message_id)
        await door.record(conn, actor, AuditAction.TICKET_RESENT, ObjectKind.TICKET, ticket_id, [sent])
        await self.lanes.wake(conn, LaneKind.SEND, conversation_id)

    async def note(
        self, conn: Connection, actor: Actor, ticket_id: TicketId, content: str, message_id: MessageId
    ) -> Message:
        """Only staff will see it; nobody's ownership changes."""
        now = await self._lock(conn, actor, ticket_id)
        note = await message.add(
            conn,
            ticket_id,
            SenderType.MANAGER,
            content,
            now.channel,
            message_id=message_id,
            sender_name=actor.name,
            kind="note",
        )
        await self.changes.note(conn, ticket_id, NoteAdded(note.message_id), actor)
        return note

    async def take_over(self, conn: Connection, actor: Actor, ticket_id: TicketId) -> None:
        """From now on the AI is silent."""
        await self._take_over(conn, actor, await self._lock(conn, actor, ticket_id))

    async def hand_back(self, conn: Connection, actor: Actor, ticket_id: TicketId) -> None:
        """The AI owns it again, and answers what nobody has."""
        now = await self._lock(conn, actor, ticket_id)
        await self.changes.apply(conn, now, HandedBack(await message.answered_up_to(conn, now)), actor)
        await self.lanes.wake(conn, LaneKind.TICKET, ticket_id)

    async def resolve(self, conn: Connection, actor: Actor, ticket_id: TicketId) -> None:
        """The matter is settled; a customer's next message opens it again for some days."""
        now = await self._lock(conn, actor, ticket_id)
        await self.changes.apply(conn, now, Resolved(), actor)
        if self.mails_resolved:
            await self._mail_summary(conn, now)

    async def close(self, conn: Connection, actor: Actor, ticket_id: TicketId) -> None:
        """For good: a customer's next message opens a new ticket."""
        await self.changes.apply(conn, await self._lock(conn, actor, ticket_id), Closed(), actor)

    async def set_status(
        self, conn: Connection, actor: Actor, ticket_id: TicketId, status: TicketStatus
    ) -> None:
        """Do what leads to this status; the ticket that has it already stays as it is."""
        now = await self._lock(conn, actor, ticket_id)
        if status is now.status:
            return
        match status:
            case TicketStatus.ESCALATED:
                await self.take_over(conn, actor, ticket_id)
            case TicketStatus.AI_PROCESSING:
                await self.hand_back(conn, actor, ticket_id)
            case TicketStatus.RESOLVED:
                await self.resolve(conn, actor, ticket_id)
            case TicketStatus.CLOSED:
                await self.close(conn, actor, ticket_id)
            case _:
                raise Conflict(f"a person cannot set a ticket to {status}: the road does")

    async def change(
        self, conn: Connection, actor: Actor, ticket_id: TicketId, wanted: FieldsChanged
    ) -> None:
        """Set what a person sets right; local intelligence learns from it."""
        now = await self._lock(conn, actor, ticket_id)
        changed = _different(now, wanted)
        if changed == FieldsChanged():
            return
        await self._learn(conn, now, actor, changed)
        await self.changes.apply(conn, now, changed, actor)

    async def notify(self, conn: Connection, actor: Actor, ticket_id: TicketId, note: str | None) -> None:
        """Send the escalation e-mail by hand, with a note."""
        now = await self._lock(conn, actor, ticket_id)
        reason = EscalationReason(now.escalation_reason or EscalationReason.ASKS_HUMAN)
        words, mail_to = self.rules.reason_text(reason), self.rules.manager(now.category)
        request = secrets.token_hex(8)
        added = await escalation.add(conn, ticket_id, now.last_seq, reason, words, mail_to, request, note)
        if added is not None:
            asked = Change("escalation_id", None, added)
            action = AuditAction.TICKET_MAIL_REQUESTED
            await door.record(conn, actor, action, ObjectKind.TICKET, ticket_id, [asked])
            await self.lanes.wake(conn, LaneKind.MAIL, added)

    async def _in_time(self, conn: Connection, now: Ticket, template: Template | None) -> None:
        """Said before anything is written: the lane would only set it aside."""
        conversation = await conversations.get(conn, now.conversation_id)
        channel = (
            self.post.channels.find(conversation.channel, conversation.account) if conversation else None
        )
        if conversation is None or channel is None:
            return
        can = channel.capabilities
        if template is not None and not can.templates:
            raise Conflict("this channel has no templates")
        end = window_end(conversation.last_inbound_at, can, SenderType.MANAGER)
        if template is None and end is not None and datetime.now(UTC) >= end:
            details = {"reason": "window_closed", "closed_at": stamp(end), "templates": can.templates}
            raise Conflict(closed(end, can), details)

    async def _lock(self, conn: Connection, actor: Actor, ticket_id: TicketId) -> Ticket:
        actor.require(Permission.TICKETS_WRITE)
        return await ticket.lock(conn, ticket_id, scope_of(actor))

    async def _take_over(self, conn: Connection, actor: Actor, now: Ticket) -> Ticket:
        """What had no answer when it was resolved waits for one again."""
        reopens = now.status is TicketStatus.RESOLVED
        waiting_since = await message.oldest_unanswered(conn, now) if reopens else None
        return await self.changes.apply(conn, now, TakenOver(actor.name, waiting_since), actor)

    async def _learn(self, conn: Connection, now: Ticket, actor: Actor, changed: FieldsChanged) -> None:
        """What a person set right, local intelligence will not read wrongly again."""
        for field in FIELDS:
            became = getattr(changed, field)
            if became is not UNCHANGED and became:
                was = getattr(now, field)
                await self.learning.record_correction(
                    conn, now.ticket_id, field, was=was, became=str(became), by=actor.name
                )

    async def _mail_summary(self, conn: Connection, now: Ticket) -> None:
        """Once for each time the conversation is resolved."""
        mail_to = self.rules.manager(now.category)
        added = await escalation.add(conn, now.ticket_id, now.last_seq, None, "", mail_to, request="resolved")
        if added is not None:
            await self.lanes.wake(conn, LaneKind.MAIL, added)


def _different(now: Ticket, wanted: FieldsChanged) -> FieldsChanged:
    """What is wanted and is not so already; a person who confirms what the AI chose makes it a person's."""
    tags = UNCHANGED if wanted.tags is UNCHANGED or list(wanted.tags) == now.tags else wanted.tags
    return FieldsChanged(
        priority=UNCHANGED
        if (wanted.priority, "person") == (now.priority, now.priority_set_by)
        else wanted.priority,
        category=UNCHANGED
        if (wanted.category, "person") == (now.category, now.category_set_by)
        else wanted.category,
        intent=UNCHANGED if wanted.intent == now.intent else wanted.intent,
        assignee=UNCHANGED if wanted.assignee == now.assignee else wanted.assignee,
        tags=tags,
    )
