"""Hand a ticket to a person: the escalation and its e-mail are committed with the reply to the customer."""

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
        ticket: Ticket,
        reason: EscalationReason,
        suggested_reply: str,
        *,
        category: str | None = None,
        answered_seq: int | None = None,
        confidence: float | None = None,
    ) -> None:
        """Give the ticket to a person; the e-mail is sent after this transaction commits.

        `ticket` is the row that the caller has locked; `category`, or else the ticket's, chooses the manager.
        Raises `Conflict` where the AI may not act on it.
        """
        words = self.rules.reason_text(reason)
        event = Escalated(reason, words, suggested_reply, answered_seq, confidence)
        await self.changes.apply(conn, ticket, event, AI)
        about = (case.pending or case.turns)[-1].seq
        await self._mail(conn, ticket, reason, about, category, "auto")

    async def mail(self, conn: Connection, ticket: Ticket, reason: EscalationReason, request: str) -> None:
        """Only the e-mail, once for each `request`: for a ticket that is over and stays so."""
        await self._mail(conn, ticket, reason, ticket.last_seq, None, request)

    async def _mail(
        self,
        conn: Connection,
        ticket: Ticket,
        reason: EscalationReason,
        about: int,
        category: str | None,
        request: str,
    ) -> None:
        words, mail_to = self.rules.reason_text(reason), self.rules.manager(category or ticket.category)
        escalation_id = await escalation.add(conn, ticket.ticket_id, about, reason, words, mail_to, request)
        if escalation_id is not None:
            await self.lanes.wake(conn, LaneKind.MAIL, escalation_id)
