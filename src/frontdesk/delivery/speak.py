"""Look again before speaking: the one place where an AI's words become a message."""

from dataclasses import dataclass

from frontdesk.access.scope import ROAD
from frontdesk.db.pool import Connection
from frontdesk.terms import Owner, SenderType
from frontdesk.tickets import conversation as conversations
from frontdesk.tickets import message, ticket
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Decision
from frontdesk.tickets.message import Message
from frontdesk.tickets.records import decision_record
from frontdesk.tickets.state import WITH_PERSON
from frontdesk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Look:
    """What a second look at the ticket shows."""

    ticket: Ticket
    stale: str | None
    """Why the run's words must not be said any more, or None."""


async def look_again(conn: Connection, case: Case) -> Look:
    """Lock the ticket and see whether a person took it, or the customer has said more since the case was opened."""
    locked = await ticket.lock(conn, case.ticket_id, ROAD)
    if stale := await _overtaken(conn, case, locked):
        return Look(locked, stale)
    if await _has_proven_themselves(conn, case):
        return Look(locked, "who writes is known better now")
    return Look(locked, None)


async def look_beside_person(conn: Connection, case: Case) -> Look:
    """The same for what the assistant says beside the person who has the ticket."""
    locked = await ticket.lock(conn, case.ticket_id, ROAD)
    return Look(locked, await _overtaken_beside_person(conn, case, locked))


async def glance(conn: Connection, case: Case, *, beside_person: bool) -> str | None:
    """Why nothing more of the run's words should be shown, or None; nothing is locked, so only a look under lock ends."""
    now = await ticket.get(conn, case.ticket_id, ROAD)
    overtaken = _overtaken_beside_person if beside_person else _overtaken
    return await overtaken(conn, case, now)


async def _overtaken(conn: Connection, case: Case, now: Ticket) -> str | None:
    if now.owner is Owner.PERSON:
        return "a person took over"
    if now.state.is_over:
        return "the ticket is over"
    if await _said_otherwise(conn, case):
        return "the customer has written more, or changed what they wrote"
    return None


async def _overtaken_beside_person(conn: Connection, case: Case, now: Ticket) -> str | None:
    if now.state != WITH_PERSON:
        return "the ticket is no person's any more"
    if await _said_otherwise(conn, case):
        return "the customer has written more, or changed what they wrote"
    return None


async def _has_proven_themselves(conn: Connection, case: Case) -> bool:
    """Whether a proof came while the reply was made: it might refuse what may be told now."""
    conversation = await conversations.get(conn, case.conversation_id)
    return conversation is not None and conversation.proof is not case.contact.proof


async def _said_otherwise(conn: Connection, case: Case) -> bool:
    """Whether the customer's unanswered messages are others than the case has."""
    first = case.pending[0].seq
    now = [
        (written.seq, written.content)
        for written in await message.of_ticket(conn, case.ticket_id, ROAD, first - 1)
        if written.sender_type is SenderType.CUSTOMER and written.deleted_at is None
    ]
    return now != [(turn.seq, turn.content) for turn in case.pending]


async def write(conn: Connection, case: Case, decision: Decision, sender_name: str) -> Message:
    """The reply as a message, to be posted; the caller has looked again in this transaction."""
    return await message.add(
        conn,
        case.ticket_id,
        SenderType.AI,
        decision.content,
        case.channel,
        message_id=case.reply_id,
        request_id=case.pending[-1].request_id if case.pending else None,
        sender_name=sender_name,
        ai=decision_record(decision),
    )
