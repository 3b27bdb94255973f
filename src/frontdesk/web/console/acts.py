"""What a person does to a ticket, each in one transaction: reply, note, take over, hand back, change."""

from dataclasses import dataclass
from typing import Any

from frontdesk.db.pool import Connection, fetch_value
from frontdesk.delivery import outbox
from frontdesk.desk import Desk
from frontdesk.errors import Conflict
from frontdesk.inbox.order import refresh_score
from frontdesk.inbox.scoring import Weights
from frontdesk.terms import LaneKind, MessageId, SenderType, TicketId, TicketStatus
from frontdesk.tickets import escalation, log, message, ticket
from frontdesk.tickets.message import Message
from frontdesk.tickets.state import Happening, after
from frontdesk.tickets.ticket import Ticket
from frontdesk.understanding.learning.corrections import FIELDS
from frontdesk.web.caller import Caller

_TOWARDS = {
    TicketStatus.ESCALATED: Happening.TAKEN_OVER,
    TicketStatus.AI_PROCESSING: Happening.HANDED_BACK,
    TicketStatus.RESOLVED: Happening.RESOLVED,
    TicketStatus.CLOSED: Happening.CLOSED,
}
"""What a person who sets this status does; the others only the road brings about."""


@dataclass(frozen=True, slots=True)
class Changes:
    """`fields` are columns to set."""

    fields: dict[str, Any]
    status: TicketStatus | None = None


async def reply(
    desk: Desk, conn: Connection, ticket_id: TicketId, caller: Caller, *, content: str, message_id: str
) -> Message:
    """Say it to the customer; who says it owns the ticket from now on. Raises `Conflict` when closed."""
    now = await ticket.lock(conn, ticket_id)
    await _take(conn, now, caller)
    said = await message.add(
        conn,
        ticket_id,
        SenderType.MANAGER,
        content,
        now.channel,
        message_id=MessageId(message_id),
        sender_name=caller.name,
    )
    await outbox.queue(conn, desk.lanes, now.conversation_id, said)
    await ticket.change(conn, ticket_id, waiting_since=None, answered_seq=said.seq)
    await log.write(conn, ticket_id, log.Event.MESSAGE, caller.name, said.message_id)
    return said


async def note(
    conn: Connection, ticket_id: TicketId, caller: Caller, *, content: str, message_id: str
) -> Message:
    """Only staff will see it; nobody's ownership changes."""
    now = await ticket.lock(conn, ticket_id)
    noted = await message.add(
        conn,
        ticket_id,
        SenderType.MANAGER,
        content,
        now.channel,
        message_id=MessageId(message_id),
        sender_name=caller.name,
        kind="note",
    )
    await log.write(conn, ticket_id, log.Event.NOTE, caller.name, noted.message_id)
    return noted


async def take_over(conn: Connection, ticket_id: TicketId, caller: Caller) -> None:
    """From now on the AI is silent. Raises `Conflict` when closed."""
    await _take(conn, await ticket.lock(conn, ticket_id), caller)


async def hand_back(desk: Desk, conn: Connection, ticket_id: TicketId, caller: Caller) -> None:
    """The AI owns it again, and answers what nobody has. Raises `Conflict` where no person owns it."""
    now = await ticket.lock(conn, ticket_id)
    await _hand_back(desk, conn, now, caller)


async def change(desk: Desk, conn: Connection, ticket_id: TicketId, caller: Caller, changes: Changes) -> None:
    """Set what a person set; the AI will not change it again. Raises `Conflict` for a status out of turn."""
    now = await ticket.lock(conn, ticket_id)
    fields = {name: value for name, value in changes.fields.items() if getattr(now, name) != value}
    if fields:
        pinned = {f"{name}_set_by": "person" for name in ("priority", "category") if name in changes.fields}
        await ticket.change(conn, ticket_id, **fields, **pinned)
        await _learn(desk, conn, now, caller, fields)
        await log.write(conn, ticket_id, log.Event.CHANGED, caller.name, data={"fields": sorted(fields)})
        await refresh_score(conn, ticket_id, Weights.of(desk.settings))
    if changes.status is not None and changes.status is not now.status:
        await _bring_to(desk, conn, now, caller, changes.status)


async def _learn(desk: Desk, conn: Connection, now: Ticket, caller: Caller, fields: dict[str, Any]) -> None:
    """What a person set right, local intelligence will not read wrongly again."""
    for field in FIELDS:
        if fields.get(field):
            was, became = getattr(now, field), str(fields[field])
            await desk.learning.note(conn, now.ticket_id, field, was=was, became=became, by=caller.name)


async def _bring_to(desk: Desk, conn: Connection, now: Ticket, caller: Caller, status: TicketStatus) -> None:
    happening = _TOWARDS.get(status)
    if happening is None:
        raise Conflict(f"a person cannot set a ticket to {status}: the road does")
    if happening is Happening.TAKEN_OVER:
        await _take(conn, now, caller)
    elif happening is Happening.HANDED_BACK:
        await _hand_back(desk, conn, now, caller)
    else:
        await _end(desk, conn, now, caller, happening)


async def _take(conn: Connection, now: Ticket, caller: Caller) -> None:
    standing = after(now.standing, Happening.TAKEN_OVER)
    if standing is None:
        raise Conflict(f"the ticket is {now.status}: nobody can take it over")
    if standing == now.standing:
        return
    fields = {"assignee": now.assignee or caller.name, "resolved_at": None}
    await ticket.stand(conn, now.ticket_id, standing, **fields)
    if now.status is TicketStatus.RESOLVED:
        await log.write(conn, now.ticket_id, log.Event.REOPENED, caller.name)
    await log.write(conn, now.ticket_id, log.Event.TAKEN_OVER, caller.name)


async def _hand_back(desk: Desk, conn: Connection, now: Ticket, caller: Caller) -> None:
    standing = after(now.standing, Happening.HANDED_BACK)
    if standing is None:
        raise Conflict("only a ticket that a person owns can be handed back")
    answered = await _answered_up_to(conn, now)
    if answered == now.last_seq:
        # nothing is left to answer: the AI has it, and waits for the customer
        standing = after(standing, Happening.AI_REPLIED) or standing
    await ticket.stand(conn, now.ticket_id, standing, assignee=None, answered_seq=answered)
    await log.write(conn, now.ticket_id, log.Event.HANDED_BACK, caller.name)
    await desk.lanes.wake(conn, LaneKind.TICKET, now.ticket_id)


async def _answered_up_to(conn: Connection, now: Ticket) -> int:
    """Up to the last thing said to the customer, or everything where they said nothing since.

    The notice of an escalation answers nothing.
    """
    return int(
        await fetch_value(
            conn,
            "with said as (select coalesce(max(seq), 0) as seq from message where ticket_id = %(id)s"
            " and kind = 'text' and (sender_type = 'manager' or (sender_type = 'ai' and"
            " ai->>'decision' is distinct from 'escalate')))"
            " select case when exists (select from message m where m.ticket_id = %(id)s"
            " and m.sender_type = 'customer' and m.seq > said.seq) then said.seq else %(last)s end from said",
            {"id": now.ticket_id, "last": now.last_seq},
        )
    )


async def _end(desk: Desk, conn: Connection, now: Ticket, caller: Caller, happening: Happening) -> None:
    standing = after(now.standing, happening)
    if standing is None:
        raise Conflict(f"a ticket that is {now.status} cannot become {happening}")
    fields: dict[str, object] = {"waiting_since": None, "answered_seq": now.last_seq}
    if now.resolved_at is None:
        fields["resolved_at"] = await fetch_value(conn, "select clock_timestamp()")
    await ticket.stand(conn, now.ticket_id, standing, **fields)
    event = log.Event.RESOLVED if happening is Happening.RESOLVED else log.Event.CLOSED
    await log.write(conn, now.ticket_id, event, caller.name)
    if happening is Happening.RESOLVED and "resolved" in desk.settings.manager_email_on:
        await _tell_of_the_end(desk, conn, now)


async def _tell_of_the_end(desk: Desk, conn: Connection, now: Ticket) -> None:
    """The summary of a resolved conversation, once for each time it is resolved."""
    to = desk.journey.rules.manager(now.category)
    added = await escalation.add(conn, now.ticket_id, now.last_seq, None, "", to, request="resolved")
    if added is not None:
        await desk.lanes.wake(conn, LaneKind.MAIL, added)
