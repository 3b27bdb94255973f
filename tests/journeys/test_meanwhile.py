"""While a person is awaited: what is written on is heard once, and the assistant helps beside them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.answering.answerer import Stream
from frontdesk.channels.inbound import InboundMessage
from frontdesk.desk import Desk
from frontdesk.terms import ChannelName, EscalationReason, Owner, TicketStatus
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.message import new_message_id
from frontdesk.tickets.reading import Reading
from frontdesk.tickets.ticket import Ticket
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.talk import look, quiet, said

HELP = "HUMAN, please"
HEARD = "Added to your request"
PASSED = "A person will answer this question."


class KnowsDelivery(ScriptedAnswerer):
    """Answers about delivery; anything else is for a person."""

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        decision = await super().answer(case, reading, stream)
        if "delivery" in case.text:
            return decision
        return replace(decision, act=Act.ESCALATE, reason=EscalationReason.LOW_CONFIDENCE)


async def _say(desk: Desk, *texts: str | InboundMessage, channel: ChannelName = ChannelName.WEB_CHAT) -> None:
    """One after the other, each fully attended."""
    before = len((await look(desk)).messages)
    for n, text in enumerate(texts, before + 1):
        message = said("dana", text, n, channel) if isinstance(text, str) else text
        await desk.journey.accept(message)
        await quiet(desk)


def _to_assistant(text: str, n: int) -> InboundMessage:
    return replace(said("dana", text, 100 + n), to_assistant=True)


async def _lines(desk: Desk) -> list[str]:
    return [message.content for message in (await look(desk)).messages if message.sender_type == "system"]


async def _ticket(desk: Desk) -> Ticket:
    [ticket] = (await look(desk)).tickets
    return ticket


async def _reply(desk: Desk, content: str = "Dana here.") -> None:
    async with desk.db.transaction() as conn:
        ticket = await _ticket(desk)
        await desk.ticket_actions.reply(conn, OPERATOR, ticket.ticket_id, content, new_message_id())


def _starts(lines: Sequence[str], *beginnings: str) -> bool:
    return len(lines) == len(beginnings) and all(map(str.startswith, lines, beginnings))


async def test_who_writes_on_is_heard_once(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await _say(desk, HELP)
        assert await _lines(desk) == []
        await _say(desk, "are you there?", "hello?", "?")
        assert _starts(await _lines(desk), HEARD)
        assert len((await look(desk)).by_ai) == 1


async def test_who_talks_with_a_person_is_told_nothing(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await _say(desk, HELP)
        await _reply(desk)
        await _say(desk, "thank you")
        assert await _lines(desk) == []


async def test_a_new_episode_is_heard_again(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await _say(desk, HELP, "are you there?")
        async with desk.db.transaction() as conn:
            ticket_id = (await _ticket(desk)).ticket_id
            await desk.ticket_actions.hand_back(conn, OPERATOR, ticket_id)
        await quiet(desk)
        async with desk.db.transaction() as conn:
            await desk.ticket_actions.resolve(conn, OPERATOR, ticket_id)
        await _say(desk, HELP, "are you there?")
        assert _starts(await _lines(desk), HEARD, HEARD)


async def test_a_letter_is_not_answered_by_a_line(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await _say(desk, HELP, "are you there?", channel=ChannelName.WEB_FORM)
        assert await _lines(desk) == []


async def test_the_assistant_answers_beside_the_person(desk_on: OpenDesk) -> None:
    async with desk_on(KnowsDelivery()) as desk:
        await _say(desk, HELP)
        waiting_since = (await _ticket(desk)).waiting_since
        await _say(desk, _to_assistant("how long is delivery?", 1))
        seen = await look(desk)
        assert seen.by_ai[-1].content == "RE: HOW LONG IS DELIVERY?"
        ticket = await _ticket(desk)
        assert (ticket.status, ticket.owner) == (TicketStatus.ESCALATED, Owner.PERSON)
        assert (ticket.waiting_since, ticket.answered_seq) == (waiting_since, 3)
        assert await _lines(desk) == []


async def test_what_the_assistant_answered_does_not_wait_for_the_person(desk_on: OpenDesk) -> None:
    async with desk_on(KnowsDelivery()) as desk:
        await _say(desk, HELP)
        await _reply(desk)
        await _say(desk, _to_assistant("how long is delivery?", 1))
        assert (await _ticket(desk)).waiting_since is None


async def test_what_the_assistant_cannot_answer_waits_for_the_person(desk_on: OpenDesk) -> None:
    async with desk_on(KnowsDelivery()) as desk:
        await _say(desk, HELP)
        await _reply(desk)
        await _say(desk, _to_assistant("why is the sky blue?", 1))
        assert await _lines(desk) == [PASSED]
        ticket = await _ticket(desk)
        assert (ticket.status, ticket.waiting_since is None) == (TicketStatus.ESCALATED, False)
        assert len((await look(desk)).by_ai) == 1


async def test_only_the_question_to_the_assistant_is_answered(desk_on: OpenDesk) -> None:
    async with desk_on(KnowsDelivery()) as desk:
        await _say(desk, HELP)
        await desk.journey.accept(said("dana", "I am still angry about delivery", 50))
        await desk.journey.accept(_to_assistant("how long is delivery?", 1))
        await quiet(desk)
        assert (await look(desk)).by_ai[-1].content == "RE: HOW LONG IS DELIVERY?"
        assert _starts(await _lines(desk), HEARD)


async def test_the_assistant_that_fails_leaves_the_question_to_the_person(desk_on: OpenDesk) -> None:
    async def fail(case: Case) -> None:
        raise RuntimeError("broken")

    answerer = KnowsDelivery()
    async with desk_on(answerer) as desk:
        await _say(desk, HELP)
        await _reply(desk)
        answerer.during = fail
        await _say(desk, _to_assistant("how long is delivery?", 1))
        assert await _lines(desk) == [PASSED]
        assert (await _ticket(desk)).waiting_since is not None


@pytest.mark.parametrize("mode", ["copilot", "shadow"])
async def test_where_the_ai_only_drafts_the_person_answers(desk_on: OpenDesk, mode: str) -> None:
    async with desk_on(KnowsDelivery()) as desk:
        await _say(desk, HELP)
        desk.journey.rules.autonomy["web_chat"] = mode
        await _say(desk, _to_assistant("how long is delivery?", 1))
        assert await _lines(desk) == [PASSED]


async def test_without_a_person_it_is_a_question_like_any_other(desk_on: OpenDesk) -> None:
    async with desk_on(KnowsDelivery()) as desk:
        await _say(desk, _to_assistant("how long is delivery?", 1))
        assert (await _ticket(desk)).status is TicketStatus.WAITING
