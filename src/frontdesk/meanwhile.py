"""While a person has the ticket: one quiet acknowledgement, and the assistant for who asks it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from frontdesk.access.actor import AI
from frontdesk.access.scope import ROAD
from frontdesk.db.pool import Connection
from frontdesk.delivery import speak
from frontdesk.delivery.draft import LiveDraft
from frontdesk.delivery.post import Post
from frontdesk.engine.lanes import LaneRun
from frontdesk.phrases import say
from frontdesk.terms import ChannelName, SenderType
from frontdesk.tickets import message, ticket
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.events import AiAssisted
from frontdesk.tickets.message import Message
from frontdesk.tickets.state import WITH_PERSON
from frontdesk.tickets.ticket import Ticket

_CHATS = frozenset({ChannelName.WEB_CHAT, ChannelName.TELEGRAM, ChannelName.WHATSAPP, ChannelName.INSTAGRAM})
"""Where a line of its own is a courtesy; a letter would be one too many."""

Decide = Callable[[Case], Awaitable[Decision]]


@dataclass(frozen=True, slots=True)
class Meanwhile:
    post: Post
    changes: TicketChanges
    desk_name: str

    async def acknowledge(self, conn: Connection, case: Case, now: Ticket, language: str | None) -> None:
        """Tell who writes on after an escalation that it was heard: once in an episode, until a person replies."""
        heard = any(not turn.to_assistant for turn in case.pending)
        if (
            heard
            and case.channel in _CHATS
            and now.escalated_at is not None
            and now.awaits_first_reply
            and not await message.has_system_line(conn, now)
        ):
            line = await self._system_line(conn, case, say("meanwhile.heard", language))
            await self.post.put(conn, case.conversation_id, line)

    async def assist(
        self, run: LaneRun, case: Case, language: str | None, draft: LiveDraft, decide: Decide
    ) -> None:
        """Answer what was asked of the assistant; what it cannot answer waits for the person."""
        decision = await decide(replace(case, pending=case.for_assistant))
        answers = decision.act is not Act.ESCALATE and not decision.actions
        if not answers:
            await draft.retract()
        async with run.transaction() as conn:
            look = await speak.look_beside_person(conn, case)
            if look.stale is None and answers:
                await self._answer(conn, case, decision, look.ticket)
            elif look.stale is None:
                await self._pass_on(conn, case, look.ticket, language)
            await run.finish(conn)
        if look.stale is not None:
            await draft.retract()

    async def pass_on(self, conn: Connection, case: Case, language: str | None = None) -> None:
        """The assistant fails: its questions wait for the person. Where there are none, nothing happens."""
        now = await ticket.lock(conn, case.ticket_id, ROAD)
        if case.for_assistant and now.state == WITH_PERSON:
            await self._pass_on(conn, case, now, language or now.language)

    async def _answer(self, conn: Connection, case: Case, decision: Decision, now: Ticket) -> None:
        reply = await speak.write(conn, case, decision, self.desk_name)
        answered = AiAssisted(reply.message_id, case.pending[-1].seq, decision.confidence)
        await self.changes.apply(conn, now, answered, AI)
        await self.post.put(conn, case.conversation_id, reply)

    async def _pass_on(self, conn: Connection, case: Case, now: Ticket, language: str | None) -> None:
        line = await self._system_line(conn, case, say("meanwhile.passed_on", language))
        left = AiAssisted(line.message_id, case.pending[-1].seq, 0.0, left_since=case.for_assistant[0].at)
        await self.changes.apply(conn, now, left, AI)
        await self.post.put(conn, case.conversation_id, line)

    async def _system_line(self, conn: Connection, case: Case, words: str) -> Message:
        return await message.add(
            conn,
            case.ticket_id,
            SenderType.SYSTEM,
            words,
            case.channel,
            request_id=case.pending[-1].request_id,
        )
