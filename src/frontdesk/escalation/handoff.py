"""Hand a ticket to a person: recorded with its reason, told to the customer, and mailed, in one commit."""

from frontdesk.db.pool import Connection, fetch_value
from frontdesk.engine.lanes import Lanes
from frontdesk.terms import EscalationReason, LaneKind, SenderType
from frontdesk.tickets import escalation, log, ticket
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Decision
from frontdesk.tickets.state import Happening, after
from frontdesk.tickets.ticket import Ticket


async def hand_over(
    conn: Connection,
    lanes: Lanes,
    case: Case,
    reason: EscalationReason,
    reason_text: str,
    mail_to: str,
    suggested_reply: str,
) -> None:
    """Record the escalation and wake its e-mail; the caller holds the ticket and tells the customer."""
    data = {"reason": reason, "text": reason_text}
    await log.write(conn, case.ticket_id, log.Event.ESCALATED, SenderType.AI, data=data)
    await ticket.change(
        conn,
        case.ticket_id,
        escalation_reason=reason,
        suggested_reply=suggested_reply,
        escalated_at=await _now(conn),
    )
    about = (case.pending or case.turns)[-1].seq
    added = await escalation.add(conn, case.ticket_id, about, reason, reason_text, mail_to)
    if added is not None:
        await lanes.wake(conn, LaneKind.MAIL, added)


async def _now(conn: Connection) -> object:
    return await fetch_value(conn, "select clock_timestamp()")


async def keep_draft(conn: Connection, case: Case, now: Ticket, decision: Decision) -> None:
    """Copilot and shadow mode: the AI's reply waits as a draft, and a person owns the ticket."""
    standing = after(now.standing, Happening.AI_DRAFTED)
    if standing is None:
        return
    await ticket.stand(
        conn,
        case.ticket_id,
        standing,
        suggested_reply=decision.content,
        confidence=decision.confidence,
        answered_seq=case.pending[-1].seq,
    )
    data = {"confidence": round(decision.confidence, 3), "reasoning": decision.reasoning}
    await log.write(conn, case.ticket_id, log.Event.DRAFTED, SenderType.AI, data=data)
