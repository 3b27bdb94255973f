"""THE ROAD: what happens to a customer's message, from the channel to the answer.

    accept    -                   a channel's message is kept once, and its conversation's lane is woken
    record    in:<conversation>   kept messages become customers, tickets and messages, in order
    perceive  perceive:<message>  files are fetched from their channel and read, before the ticket is attended
    attend    ticket:<id>         what is asked is understood, then answered, asked back, or handed over
    deliver   out:<conversation>  what was decided is said, once
    act       action:<id>         what was proposed besides is done, once
    notify    mail:<escalation>   the manager gets the e-mail with the whole story

Each step runs on the lane beside it; it reads, closes, thinks without a transaction, looks again, and writes
under its lane's fence.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import assert_never

import structlog

from frontdesk.access.actor import AI, SYSTEM
from frontdesk.access.scope import ROAD
from frontdesk.answering.answerer import Answerer, Stream
from frontdesk.answering.tools.commit import commit_actions
from frontdesk.answering.tools.perform import ActionPerformer, Ended
from frontdesk.channels.channel import Channels
from frontdesk.channels.inbound import ButtonPressed, InboundEvent, InboundMessage
from frontdesk.db.pool import Connection, Database
from frontdesk.delivery import outbox, speak
from frontdesk.delivery.draft import LiveDraft
from frontdesk.delivery.overtaken import WhileDue
from frontdesk.delivery.post import Post
from frontdesk.delivery.send import Sender
from frontdesk.engine.disk import Disk
from frontdesk.engine.fanout import Fanout
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.errors import ModelUnavailable
from frontdesk.escalation import decisions, policy
from frontdesk.escalation.handoff import Handoff
from frontdesk.escalation.notify import ManagerNotifier
from frontdesk.escalation.rules import HandoverRules
from frontdesk.intake import record as recording
from frontdesk.intake.accept import Accepted, Intake, flow_of
from frontdesk.intake.effects import Effect, Heard, NotDelivered, Reread, SetAside, StaffSpoke
from frontdesk.intake.hold import hold
from frontdesk.intake.record import Recorder
from frontdesk.intake.trace import traced
from frontdesk.kit.trace import follow
from frontdesk.meanwhile import Meanwhile
from frontdesk.phrases import say
from frontdesk.terms import (
    AutonomyMode,
    ConversationId,
    EscalationReason,
    LaneKind,
    MessageId,
    SenderType,
    TicketId,
)
from frontdesk.tickets import attachments, message, ticket
from frontdesk.tickets.action import ActionState
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.events import AiDrafted, AiReplied, AiStarted, Analysed, NoteAdded
from frontdesk.tickets.load_case import load_case
from frontdesk.tickets.message import new_message_id
from frontdesk.tickets.rationale import RationaleCode
from frontdesk.tickets.reading import Reading
from frontdesk.tickets.records import reading_record
from frontdesk.understanding.understand import Understanding

GIVE_UP_AFTER = 4
"""A ticket's own failed attempts before a person gets it: a customer must not wait for all of a lane's retries."""

_log = structlog.get_logger("frontdesk.journey")


@dataclass(frozen=True, slots=True)
class Journey:
    db: Database
    lanes: Lanes
    intake: Intake
    disk: Disk
    channels: Channels
    fanout: Fanout
    understanding: Understanding
    answerer: Answerer
    post: Post
    sender: Sender
    notifier: ManagerNotifier
    rules: HandoverRules
    changes: TicketChanges
    handoff: Handoff
    meanwhile: Meanwhile
    recorder: Recorder
    performer: ActionPerformer
    perception_wait: timedelta
    answer_timeout: float
    desk_name: str

    async def accept(self, event: InboundEvent) -> Accepted:
        """The edge's call: after it returns the event cannot be lost. Raises `Unavailable`: then it was not kept."""
        self.disk.require_room()
        head_start = self._head_start(event)
        return await self.intake.accept(traced(event), head_start)

    async def record(self, run: LaneRun) -> None:
        """Lane in:<conversation>. After a failure events are taken singly: the one that fails must come first."""
        limit = recording.BATCH if run.claim.attempts == run.claim.deaths == 0 else 1
        async with run.transaction() as conn:
            recorded = await self.recorder.record(conn, ConversationId(run.subject), limit)
            for effect in recorded.effects:
                await self._follow_up(conn, effect)
            if recorded.more:
                await self.lanes.wake(conn, LaneKind.INTAKE, run.subject)
            await run.finish(conn)

    async def give_up_recording(self, run: LaneRun, error: str) -> None:
        """The dead end of a conversation's events: the one that stops the others is set aside, they go on."""
        async with run.transaction() as conn:
            aside = await self.recorder.give_up(conn, ConversationId(run.subject), error)
            if aside is not None:
                await self._follow_up(conn, aside)
                await self.lanes.wake(conn, LaneKind.INTAKE, run.subject)
            await run.finish(conn)

    async def _follow_up(self, conn: Connection, effect: Effect) -> None:
        match effect:
            case Heard():
                if effect.has_files:
                    await self.lanes.wake(conn, LaneKind.PERCEIVE, effect.message_id)
                if effect.is_by_program:
                    await self._call_person(conn, effect.ticket_id, "", EscalationReason.POLICY)
                await self._wake_for(conn, effect)
            case Reread():
                await self.lanes.wake(conn, LaneKind.TICKET, effect.ticket_id)
            case NotDelivered():
                await self._call_person(conn, effect.ticket_id, effect.content)
            case SetAside():
                await self._attend_set_aside(conn, effect)
            case StaffSpoke():
                await self.lanes.wake(conn, LaneKind.STAFF_REPLY, str(effect.event_id))
            case _:
                assert_never(effect)

    async def _wake_for(self, conn: Connection, heard: Heard) -> None:
        wait = self._hold(heard.event)
        await self.lanes.wake(
            conn,
            LaneKind.TICKET,
            heard.ticket_id,
            datetime.now(UTC) + wait if wait else None,
            flow=flow_of(heard.event),
            head_start=self._head_start(heard.event),
        )

    async def _attend_set_aside(self, conn: Connection, effect: SetAside) -> None:
        """A note in the ticket and a person for it; without a ticket the list of what was set aside tells it."""
        _log.error("event_set_aside", event_id=effect.event_id, reason=effect.reason)
        if effect.ticket_id is None:
            return
        locked = await ticket.lock(conn, effect.ticket_id, ROAD)
        words = say("note.event_set_aside", self.rules.language, number=effect.event_id, reason=effect.reason)
        note = await message.add(
            conn, effect.ticket_id, SenderType.SYSTEM, words, locked.channel, kind="note"
        )
        await self.changes.note(conn, effect.ticket_id, NoteAdded(note.message_id), SYSTEM)
        await self._call_person(conn, effect.ticket_id, "")

    async def attend(self, run: LaneRun) -> None:
        """Lane ticket:<id>: look at everything the customer said and nobody has met yet."""
        case = await self._open(run)
        if case is None:
            return
        follow(case.pending[-1].request_id)
        draft = LiveDraft(self.fanout, case)
        try:
            if run.claim.attempts >= GIVE_UP_AFTER:
                await self._speak(run, case, None, self._unavailable(RationaleCode.FAILED_OFTEN), draft)
                return
            reading = await self.understanding.read(case)
            if await self._keep(run, case, reading):
                decision = await self._think(case, reading, draft)
                await self._speak(run, case, reading, decision, draft)
            elif case.for_assistant:
                await self._assist(run, case, reading, draft)
        except BaseException:
            await draft.retract()
            raise
        finally:
            draft.end()

    async def deliver(self, run: LaneRun) -> None:
        """Lane out:<conversation>: sends have a lane of their own and never wait behind an AI."""
        await self.sender.send_waiting(run, self.attend_parked)

    async def act(self, run: LaneRun) -> None:
        """Lane action:<id>: what a tool proposed is done, once."""
        await self.performer.perform(run, self.attend_ended)

    async def notify_manager(self, run: LaneRun) -> None:
        """Lane mail:<escalation>: the one e-mail of this escalation."""
        await self.notifier.notify_manager(run)

    async def _open(self, run: LaneRun) -> Case | None:
        """The case, with the AI at work on it; None where nothing waits. A person's ticket is only read."""
        async with run.transaction() as conn:
            locked = await ticket.lock(conn, TicketId(run.subject), ROAD)
            case = await load_case(conn, locked, new_message_id())
            if not case.pending or (case.has_files and await self._waits_for_files(run, conn, locked)):
                await run.finish(conn)
                return None
            if locked.state.ai_may_act:
                await self.changes.apply(conn, locked, AiStarted(), AI)
            return case

    async def _waits_for_files(self, run: LaneRun, conn: Connection, locked: ticket.Ticket) -> bool:
        """Whether files are still being looked at; the lane of the files wakes this one, but it waits no longer."""
        since = await attachments.unseen_since(conn, locked)
        if since is None or since + self.perception_wait <= locked.read_at:
            return False
        await run.again(conn, since + self.perception_wait)
        return True

    async def _keep(self, run: LaneRun, case: Case, reading: Reading) -> bool:
        """Keep the reading; whether the AI may go on to answer."""
        async with run.transaction() as conn:
            now = await ticket.lock(conn, case.ticket_id, ROAD)
            last = case.pending[-1].seq
            await message.keep_reading(conn, case.ticket_id, last, reading_record(reading))
            if now.state.ai_may_act:
                await self.changes.apply(conn, now, Analysed(reading, last), AI)
                return True
            # what the assistant is asked stays unanswered until it has spoken
            read_by_person = case.for_assistant[0].seq - 1 if case.for_assistant else last
            now = await self.changes.apply(conn, now, Analysed(reading, read_by_person), AI)
            await self.meanwhile.acknowledge(conn, case, now, reading.language)
            if not case.for_assistant:
                await run.finish(conn)
            return False

    async def _assist(self, run: LaneRun, case: Case, reading: Reading, draft: LiveDraft) -> None:
        """A person has the ticket, and the customer asked the assistant something beside it."""
        silent = self._mode(case, reading) is not AutonomyMode.AUTOPILOT

        async def decide(asked: Case) -> Decision:
            if silent:
                return decisions.escalate(EscalationReason.POLICY, reading, RationaleCode.NEEDS_PERSON)
            return await self.decide(asked, await self.understanding.read(asked), draft)

        due = WhileDue(self.db, case, beside_person=True)
        draft.begin(silent, due.is_due)
        await self.meanwhile.assist(run, case, reading.language, draft, decide)

    async def _think(self, case: Case, reading: Reading, draft: LiveDraft) -> Decision | None:
        """The decision, or None as soon as a person takes over or the customer writes more."""
        silent = self._mode(case, reading) is not AutonomyMode.AUTOPILOT
        async with WhileDue(self.db, case) as due:
            draft.begin(silent, due.is_due)
            return await self.decide(case, reading, draft)
        return None

    async def decide(self, case: Case, reading: Reading, draft: Stream) -> Decision:
        """Answer, ask or escalate; every dead end is an escalation. Nothing is kept."""
        if reason := policy.before_answer(reading, case, self.rules.policy):
            return decisions.escalate(reason, reading, RationaleCode.NEEDS_PERSON)
        try:
            async with asyncio.timeout(self.answer_timeout):
                decision = await self.answerer.answer(case, reading, draft)
        except (ModelUnavailable, TimeoutError) as error:
            _log.warning("no_answer", error=type(error).__name__)
            return self._unavailable(RationaleCode.NO_ANSWER_IN_TIME)
        if reason := policy.after_answer(decision, case, self.rules.policy, reading):
            return decisions.escalate_instead(decision, reason)
        return decision

    async def _speak(
        self, run: LaneRun, case: Case, reading: Reading | None, decision: Decision | None, draft: LiveDraft
    ) -> None:
        """Look again; then say it and, where a person is needed, bring one, all in one commit."""
        if decision is None or decision.act is Act.ESCALATE:
            await draft.retract()
        async with run.transaction() as conn:
            look = await speak.look_again(conn, case)
            if look.stale is None and decision is not None:
                await self._commit(conn, case, reading, decision, look.ticket)
            if reading is None:
                await self.meanwhile.pass_on(conn, case)
            if look.stale is None and decision is None:
                await run.again(conn, look.ticket.read_at)  # taken and handed back while it was thought
            await run.finish(conn)
        if look.stale is None and decision is not None:
            _log.info("decided", act=decision.act, reason=decision.reason, provider=decision.made_by.provider)
        else:
            _log.info("draft_dropped", why=look.stale)
            await draft.retract()

    async def _commit(
        self, conn: Connection, case: Case, reading: Reading | None, decision: Decision, now: ticket.Ticket
    ) -> None:
        drafted = decision.act is not Act.ESCALATE and self._mode(case, reading) is not AutonomyMode.AUTOPILOT
        await commit_actions(conn, self.lanes, self.changes, case, decision, drafted=drafted)
        if drafted:
            draft = AiDrafted(decision.content, case.pending[-1].seq, decision.confidence, decision.reasoning)
            await self.changes.apply(conn, now, draft, AI)
        elif decision.act is Act.ESCALATE and decision.reason is not None:
            await self._hand_over(conn, case, reading, decision, decision.reason, now)
        else:
            await self._answer(conn, case, decision, now)

    async def _answer(self, conn: Connection, case: Case, decision: Decision, now: ticket.Ticket) -> None:
        reply = await speak.write(conn, case, decision, self.desk_name)
        replied = AiReplied(
            reply.message_id,
            case.pending[-1].seq,
            decision.confidence,
            decision.made_by.provider,
            asked_back=decision.act is Act.ASK,
        )
        await self.changes.apply(conn, now, replied, AI)
        await self.post.put(conn, case.conversation_id, reply)

    async def _hand_over(
        self,
        conn: Connection,
        case: Case,
        reading: Reading | None,
        decision: Decision,
        reason: EscalationReason,
        now: ticket.Ticket,
    ) -> None:
        notice = None
        if self._can_send(case):
            notified = self.rules.with_notice(case, reading, decision)
            notice = await speak.write(conn, case, notified, self.desk_name)
        await self.handoff.hand_over(
            conn,
            case,
            now,
            reason,
            decision.content,
            category=reading.category if reading else None,
            answered_seq=case.pending[-1].seq,
            confidence=decision.confidence,
        )
        if notice is not None:
            await self.post.put(conn, case.conversation_id, notice)

    async def give_up(self, run: LaneRun, error: str) -> None:
        """The dead end of a ticket's lane: a person gets it, the customer is told, the lane is parked."""
        async with run.transaction() as conn:
            locked = await ticket.lock(conn, TicketId(run.subject), ROAD)
            case = await load_case(conn, locked, new_message_id())
            if case.pending and locked.state.ai_may_act:
                await self._commit(conn, case, None, self._unavailable(RationaleCode.FAILED_OFTEN), locked)
            else:
                await self.meanwhile.pass_on(conn, case)
            await run.park(conn, error)

    async def give_up_sending(self, run: LaneRun, error: str) -> None:
        """The dead end of a conversation's sends."""
        await self.sender.give_up(run, error, self.attend_parked)

    async def attend_parked(self, conn: Connection, parked: outbox.Waiting) -> None:
        """A reply that cannot be sent is a person's: an unanswered customer must be seen."""
        await self._call_person(conn, parked.ticket_id, parked.content)

    async def _call_person(
        self,
        conn: Connection,
        ticket_id: TicketId,
        suggested_reply: str,
        reason: EscalationReason = EscalationReason.AI_UNAVAILABLE,
    ) -> None:
        """What the desk cannot do by itself; who has the ticket already sees it there."""
        locked = await ticket.lock(conn, ticket_id, ROAD)
        if locked.state.ai_may_act:
            case = await load_case(conn, locked, new_message_id())
            await self.handoff.hand_over(conn, case, locked, reason, suggested_reply)

    async def give_up_acting(self, run: LaneRun, error: str) -> None:
        """The dead end of an act."""
        await self.performer.give_up(run, error, self.attend_ended)

    async def attend_ended(self, conn: Connection, now: ticket.Ticket, ended: Ended) -> MessageId | None:
        """The customer is told of what was done, by its recorded result; what was not done is a person's."""
        if ended.action.state is not ActionState.DONE:
            await self._call_person(conn, now.ticket_id, "")
            if now.state.is_over:
                await self.handoff.mail(
                    conn, now, EscalationReason.AI_UNAVAILABLE, request=ended.action.action_id
                )
        elif ended.reply and now.state.ai_may_act:
            case = await load_case(conn, now, new_message_id())
            reply = await speak.write(conn, case, ended.decision, self.desk_name)
            await self.post.put(conn, case.conversation_id, reply)
            return reply.message_id
        return None

    def _mode(self, case: Case, reading: Reading | None) -> AutonomyMode:
        if not self._can_send(case):
            return AutonomyMode.COPILOT
        return self.rules.mode(case, reading.category if reading else None)

    def _can_send(self, case: Case) -> bool:
        """Not to a conversation that another system holds, and tells us of over the bus."""
        return self.channels.find(case.channel, case.account) is not None

    def _unavailable(self, why: RationaleCode) -> Decision:
        return decisions.escalate(EscalationReason.AI_UNAVAILABLE, None, why)

    def _head_start(self, event: InboundEvent) -> timedelta:
        channel = self.channels.find(event.channel, event.account)
        return channel.capabilities.head_start if channel is not None else timedelta(0)

    def _hold(self, event: InboundMessage | ButtonPressed) -> timedelta:
        channel = self.channels.find(event.channel, event.account)
        if channel is None or isinstance(event, ButtonPressed):
            return timedelta(0)
        return hold(event.content, channel.capabilities.hold)
