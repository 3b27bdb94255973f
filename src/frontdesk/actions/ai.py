"""What an actor has the AI do for a ticket: draft a reply, or answer now."""

import asyncio
import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from frontdesk.access.actor import Actor, Permission
from frontdesk.access.scope import Scope, scope_of
from frontdesk.answering.answerer import Answerer
from frontdesk.channels.channel import Channels
from frontdesk.db.pool import Database
from frontdesk.engine.fanout import Fanout
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import Conflict, ModelUnavailable, Unavailable
from frontdesk.phrases import say
from frontdesk.terms import ChannelName, LaneKind, Owner, SenderType, TicketId
from frontdesk.tickets import drafts, escalation, message, ticket
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Decision, Source
from frontdesk.tickets.escalation import Escalation
from frontdesk.tickets.load_case import load_case
from frontdesk.tickets.message import Message, new_message_id
from frontdesk.tickets.reading import Reading
from frontdesk.understanding.understand import Understanding

RESPOND_SECONDS = 60.0
_LOCAL = "local"
_TRACKING = re.compile(r"\b[A-Z]{2}\d{6,}[A-Z]{0,2}\b")


class _NoStream:
    """A draft that nobody reads while it is written."""

    async def text(self, chunk: str) -> None:
        """Not shown."""

    async def retract(self) -> None:
        """Nothing was shown."""


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """A reply for a person to edit and send (contracts: draft-response)."""

    content: str
    tone: str
    channel: ChannelName
    reasoning: str
    confidence: float
    sources: tuple[Source, ...]
    used_order_info: bool
    mentioned_tracking: bool

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> "ReplyDraft":
        """A draft as it was kept."""
        sources = tuple(Source.from_record(source) for source in record["sources"])
        return cls(**{**record, "channel": ChannelName(record["channel"]), "sources": sources})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the AI decided: its reply, or the escalation."""

    reply: Message | None
    escalation: Escalation | None


@dataclass(frozen=True, slots=True)
class AiActions:
    """Every method raises `Forbidden` for an actor who may not, and `NotFound` for an unknown ticket."""

    db: Database
    lanes: Lanes
    fanout: Fanout
    channels: Channels
    understanding: Understanding
    answerer: Answerer
    answer_timeout: float
    """Seconds."""

    async def kept_draft(self, actor: Actor, ticket_id: TicketId) -> ReplyDraft:
        """The draft for the customer's last message; made once, then kept until the customer writes again.

        Raises as `new_draft` does.
        """
        actor.require(Permission.TICKETS_READ)
        case = await self._case(ticket_id, scope_of(actor))
        async with self.db.connection() as conn:
            kept = await drafts.kept(conn, ticket_id, case.pending[-1].seq, scope_of(actor))
        return ReplyDraft.from_record(kept) if kept else await self.new_draft(actor, ticket_id)

    async def new_draft(self, actor: Actor, ticket_id: TicketId, wish: str = "") -> ReplyDraft:
        """Another reply to what the customer wrote last, in the kept one's place; nothing is sent.

        `wish`: how it is to be, which only a language model can follow. Raises `Conflict` where the customer has
        written nothing, `Unavailable` where no model answered in time, or none that follows a wish.
        """
        actor.require(Permission.TICKETS_READ)
        case = dataclasses.replace(await self._case(ticket_id, scope_of(actor)), wish=wish)
        reading = await self.understanding.read(case)
        decision = await self._decide(case, reading)
        if wish and decision.made_by.provider == _LOCAL:
            raise Unavailable("no language model answered, and local intelligence follows no wishes")
        draft = self._draft(case, reading, decision)
        async with self.db.connection() as conn:
            await drafts.keep(conn, ticket_id, case.pending[-1].seq, dataclasses.asdict(draft))
        return draft

    async def respond(self, actor: Actor, ticket_id: TicketId) -> Outcome:
        """Run the AI on the ticket now and wait for what it decides.

        Raises `Conflict` where it may not act or nothing is unanswered, `Unavailable` after a minute.
        """
        actor.require(Permission.TICKETS_WRITE)
        async with self.db.transaction() as conn:
            locked = await ticket.lock(conn, ticket_id, scope_of(actor))
            if locked.owner is Owner.PERSON:
                raise Conflict("a person has this ticket: hand it back first")
            case = await load_case(conn, locked, new_message_id())
            if not case.pending:
                raise Conflict("there is no unanswered message")
            await self.lanes.wake(conn, LaneKind.TICKET, ticket_id)
        return await self._outcome(ticket_id, case.pending[-1].seq, scope_of(actor))

    async def _case(self, ticket_id: TicketId, scope: Scope) -> Case:
        """The case with at least the customer's last message pending. Raises `Conflict` where there is none."""
        async with self.db.connection() as conn:
            case = await load_case(conn, await ticket.get(conn, ticket_id, scope), new_message_id())
        from_customer = tuple(turn for turn in case.turns if turn.sender_type is SenderType.CUSTOMER)
        if not from_customer:
            raise Conflict("the customer has not said anything yet")
        return case if case.pending else dataclasses.replace(case, pending=from_customer[-1:])

    async def _decide(self, case: Case, reading: Reading) -> Decision:
        try:
            async with asyncio.timeout(self.answer_timeout):
                return await self.answerer.answer(case, reading, _NoStream())
        except (ModelUnavailable, TimeoutError):
            raise Unavailable("no model answered in time: try again") from None

    def _draft(self, case: Case, reading: Reading, decision: Decision) -> ReplyDraft:
        orders = [source for source in decision.sources if source.doc_id.startswith("order:")]
        content = decision.content or say("escalation.still_waiting", reading.language)
        return ReplyDraft(
            content=content,
            tone=self.channels.style(case.channel, case.account).tone,
            channel=case.channel,
            reasoning=decision.reasoning,
            confidence=decision.confidence,
            sources=decision.sources,
            used_order_info=bool(orders),
            mentioned_tracking=any(number in content for number in _tracking_numbers(orders)),
        )

    async def _outcome(self, ticket_id: TicketId, seq: int, scope: Scope) -> Outcome:
        with self.fanout.subscribe(f"ticket:{ticket_id}") as signals:
            try:
                async with asyncio.timeout(RESPOND_SECONDS):
                    while (outcome := await self._look(ticket_id, seq, scope)) is None:
                        try:
                            async with asyncio.timeout(0.25):
                                await signals.get()
                        except TimeoutError:
                            continue  # the net below a lost signal
            except TimeoutError:
                raise Unavailable("the AI is still at work: look again in a moment") from None
            return outcome

    async def _look(self, ticket_id: TicketId, seq: int, scope: Scope) -> Outcome | None:
        async with self.db.connection() as conn:
            now = await ticket.get(conn, ticket_id, scope)
            if now.answered_seq < seq:
                return None
            later = await message.of_ticket(conn, ticket_id, scope, seq)
            replies = [reply for reply in later if reply.sender_type is SenderType.AI]
            escalations = await escalation.of_ticket(conn, ticket_id, scope)
        escalated = escalations[-1] if now.owner is Owner.PERSON and escalations else None
        return Outcome(replies[-1] if replies else None, escalated)


def _tracking_numbers(orders: list[Source]) -> list[str]:
    """Words of the orders' quotes that look like tracking numbers."""
    return [number for order in orders for number in _TRACKING.findall(order.quote)]
