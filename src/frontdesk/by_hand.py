"""What a person can have the desk do by hand: draft a reply, run the AI now, send the e-mail again."""

import asyncio
import dataclasses
import re
import secrets
from dataclasses import dataclass
from typing import Any

from frontdesk.db.pool import Database
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import Conflict, ModelUnavailable, Unavailable
from frontdesk.journey import Journey
from frontdesk.phrases import say
from frontdesk.terms import EscalationReason, LaneKind, Owner, SenderType, TicketId
from frontdesk.tickets import escalation, message, ticket
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Decision, Source
from frontdesk.tickets.load_case import load_case
from frontdesk.tickets.message import new_message_id
from frontdesk.tickets.reading import Reading
from frontdesk.tickets.records import source_record
from frontdesk.tickets.ticket import Ticket

RESPOND_SECONDS = 60.0
_TRACKING = re.compile(r"\b[A-Z]{2}\d{6,}[A-Z]{0,2}\b")


class _Unheard:
    """A draft that nobody reads while it is written."""

    async def text(self, chunk: str) -> None:
        """Not shown."""

    async def retract(self) -> None:
        """Nothing was shown."""


@dataclass(frozen=True, slots=True)
class ByHand:
    db: Database
    lanes: Lanes
    journey: Journey

    async def draft(self, ticket_id: TicketId) -> dict[str, Any]:
        """A reply to what the customer said last, for a person to send or edit (contracts: draft-response)."""
        case = await self._case(ticket_id)
        if not case.pending:
            raise Conflict("the customer has not said anything yet")
        reading = await self.journey.understanding.read(case)
        try:
            async with asyncio.timeout(self.journey.answer_timeout):
                decision = await self.journey.answerer.answer(case, reading, _Unheard())
        except (ModelUnavailable, TimeoutError):
            raise Unavailable("no model answered in time: try again") from None
        return self._shaped(case, reading, decision)

    async def respond(self, ticket_id: TicketId) -> dict[str, Any]:
        """Run the AI on the ticket now and wait for what it decides. Raises `Conflict` where it may not act."""
        async with self.db.transaction() as conn:
            found = await ticket.lock(conn, ticket_id)
            if found.owner is Owner.PERSON:
                raise Conflict("a person has this ticket: hand it back first")
            case = await load_case(conn, found, new_message_id())
            if not case.pending:
                raise Conflict("there is no unanswered message")
            await self.lanes.wake(conn, LaneKind.TICKET, ticket_id)
        return await self._outcome(ticket_id, case.pending[-1].seq)

    async def notify(self, ticket_id: TicketId, note: str | None) -> None:
        """Send the escalation e-mail by hand, with a note."""
        async with self.db.transaction() as conn:
            found = await ticket.lock(conn, ticket_id)
            reason = EscalationReason(found.escalation_reason or EscalationReason.ASKS_HUMAN)
            rules = self.journey.rules
            added = await escalation.add(
                conn,
                ticket_id,
                found.last_seq,
                reason,
                rules.in_words(reason),
                rules.manager(found.category),
                request=secrets.token_hex(8),
                note=note,
            )
            if added is not None:
                await self.lanes.wake(conn, LaneKind.MAIL, added)

    async def _case(self, ticket_id: TicketId) -> Case:
        """The case with at least the customer's last words pending."""
        async with self.db.connection() as conn:
            case = await load_case(conn, await ticket.get(conn, ticket_id), new_message_id())
        said = tuple(turn for turn in case.turns if turn.sender_type is SenderType.CUSTOMER)
        return case if case.pending else dataclasses.replace(case, pending=said[-1:])

    def _shaped(self, case: Case, reading: Reading, decision: Decision) -> dict[str, Any]:
        orders = [source for source in decision.sources if source.doc_id.startswith("order:")]
        content = decision.content or say("escalation.still_waiting", reading.language)
        return {
            "content": content,
            "tone": self.journey.channels.style(case.channel, case.account).tone,
            "channel": case.channel,
            "reasoning": decision.reasoning,
            "confidence": round(decision.confidence, 4),
            "sources": [source_record(source) for source in decision.sources],
            "personalization": {
                "used_order_info": bool(orders),
                "mentioned_tracking": any(entity in content for entity in _tracking(orders)),
                "referenced_past_issue": False,
                "applied_vip_treatment": False,
            },
        }

    async def _outcome(self, ticket_id: TicketId, seq: int) -> dict[str, Any]:
        with self.journey.fanout.subscribe(f"ticket:{ticket_id}") as news:
            try:
                async with asyncio.timeout(RESPOND_SECONDS):
                    while (outcome := await self._look(ticket_id, seq)) is None:
                        try:
                            async with asyncio.timeout(0.25):
                                await news.get()
                        except TimeoutError:
                            continue  # the net below a lost piece of news
            except TimeoutError:
                raise Unavailable("the AI is still at work: look again in a moment") from None
            return outcome

    async def _look(self, ticket_id: TicketId, seq: int) -> dict[str, Any] | None:
        async with self.db.connection() as conn:
            found = await ticket.get(conn, ticket_id)
            if found.answered_seq < seq:
                return None
            said = [
                m for m in await message.of_ticket(conn, ticket_id, seq) if m.sender_type == SenderType.AI
            ]
            return _told(
                found, said[-1].message_id if said else None, await escalation.of_ticket(conn, ticket_id)
            )


def _told(found: Ticket, message_id: str | None, escalations: list[escalation.Escalation]) -> dict[str, Any]:
    if found.owner is Owner.PERSON:
        told = [
            {"escalation_id": one.escalation_id, "reason": one.reason, "reason_text": one.reason_text}
            for one in escalations
        ]
        return {"decision": "escalate", "message_id": message_id, "escalation": told[-1] if told else None}
    return {"decision": "answer", "message_id": message_id}


def _tracking(sources: list[Source]) -> list[str]:
    """Words of the orders' quotes that look like tracking numbers."""
    return [word for source in sources for word in _TRACKING.findall(source.quote)]
