"""Hand a ticket to a person: recorded with its reason and mailed, in the commit that tells the customer."""

from dataclasses import dataclass

from frontdesk.access.actor import AI
from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import Lanes
from frontdesk.escalation.rules import HandoverRules
from frontdesk.terms import EscalationReason, LaneKind
from frontdesk.tickets import escalation
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.case import Case
from frontdesk.tickets.events import Escalated
from frontdesk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Handoff:
    lanes: Lanes
    changes: TicketChanges
    rules: HandoverRules

    async def hand_over(
        self,
        conn: Connection,
        case: Case,
        now: Ticket,
        reason: EscalationReason,
        suggested_reply: str,
        *,
        category: str | None = None,
        answered_seq: int | None = None,
        confidence: float | None = None,
    ) -> None:
        """A person owns the ticket; its e-mail goes out once this transaction commits.

        `now` is the ticket as the caller has locked it, `category` what chooses the manager (else the ticket's).
        Raises `Conflict` where the AI may not act on it.
        """
        words = self.rules.in_words(reason)
        event = Escalated(reason, words, suggested_reply, answered_seq, confidence)
        await self.changes.apply(conn, now, event, AI)
        about = (case.pending or case.turns)[-1].seq
        mail_to = self.rules.manager(category or now.category)
        added = await escalation.add(conn, case.ticket_id, about, reason, words, mail_to)
        if added is not None:
            await self.lanes.wake(conn, LaneKind.MAIL, added)
