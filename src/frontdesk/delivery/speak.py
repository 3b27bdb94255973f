"""Look again before speaking: the one place where an AI's words become a message."""

from dataclasses import dataclass

from frontdesk.db.pool import Connection
from frontdesk.delivery import outbox
from frontdesk.engine.lanes import Lanes
from frontdesk.terms import Owner, SenderType, TicketStatus
from frontdesk.tickets import log, message, ticket
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.records import decision_record
from frontdesk.tickets.state import Happening, after
from frontdesk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Look:
    """What a second look at the ticket shows."""

    ticket: Ticket
    stale: str | None
    """Why the run's words must not be said any more, or None."""


async def look_again(conn: Connection, case: Case) -> Look:
    """Lock the ticket and see whether a person took it, or the customer has said more since the case was opened."""
    found = await ticket.lock(conn, case.ticket_id)
    if found.owner is Owner.PERSON:
        return Look(found, "a person took over")
    if found.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED):
        return Look(found, "the ticket is over")
    if found.last_event_id is not None and await _newer_customer_message(conn, case):
        return Look(found, "the customer has written more")
    return Look(found, None)


async def _newer_customer_message(conn: Connection, case: Case) -> bool:
    newer = await message.of_ticket(conn, case.ticket_id, case.pending[-1].seq, limit=50)
    return any(one.sender_type is SenderType.CUSTOMER for one in newer)


async def say(conn: Connection, lanes: Lanes, case: Case, now: Ticket, decision: Decision, name: str) -> None:
    """Write the reply and queue it; the caller has looked again in this transaction."""
    happening = Happening.ESCALATED if decision.act is Act.ESCALATE else Happening.AI_REPLIED
    standing = after(now.standing, happening)
    if standing is None:
        raise AssertionError(f"{happening} cannot happen to {now.standing}: look_again() was not asked")
    said = await message.add(
        conn,
        case.ticket_id,
        SenderType.AI,
        decision.content,
        case.channel,
        message_id=case.reply_id,
        request_id=case.pending[-1].request_id if case.pending else None,
        sender_name=name,
        ai=decision_record(decision),
    )
    await outbox.queue(conn, lanes, case.conversation_id, said)
    fields: dict[str, object] = {"answered_seq": case.pending[-1].seq, "confidence": decision.confidence}
    if decision.act is not Act.ESCALATE:
        event = log.Event.ANSWERED if decision.act is Act.ANSWER else log.Event.ASKED
        fields["waiting_since"] = None
        data = {"provider": decision.made_by.provider, "confidence": round(decision.confidence, 3)}
        await log.write(conn, case.ticket_id, event, SenderType.AI, said.message_id, data)
    await ticket.stand(conn, case.ticket_id, standing, **fields)
