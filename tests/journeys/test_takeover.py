"""A person takes over at every pause of an AI run: the AI says nothing afterwards."""

import asyncio

import pytest

from frontdesk.access.actor import EVERY_PERMISSION, Actor, ActorKind
from frontdesk.desk import Desk
from frontdesk.engine.lanes import LaneRun
from frontdesk.engine.worker import LaneWork, Worker
from frontdesk.kit.tasks import end
from frontdesk.terms import LaneKind, MessageId, SenderType, TicketId
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.steps import AtPause
from tests.journeys.talk import look, quiet, rows, said

MANAGER = Actor(ActorKind.PERSON, "dana", "Dana", EVERY_PERMISSION)
PAUSES = 40
"""More than a run has."""


async def take_over(desk: Desk, ticket_id: str, by: str) -> None:
    async with desk.db.transaction() as conn:
        if by == "button":
            await desk.ticket_actions.take_over(conn, MANAGER, TicketId(ticket_id))
        else:
            await desk.ticket_actions.reply(
                conn, MANAGER, TicketId(ticket_id), "I will help you myself.", MessageId(f"m-{ticket_id}")
            )


async def attend_with_takeover(desk: Desk, pause: int, by: str) -> tuple[str, int]:
    """Run the road with a takeover that begins at that pause of the AI's run; the ticket, and the pauses seen."""
    taken: list[asyncio.Task[None]] = []
    driven: list[AtPause] = []

    async def attend(run: LaneRun) -> None:
        act = lambda: taken.append(asyncio.create_task(take_over(desk, run.subject, by)))  # noqa: E731
        step = AtPause(desk.journey.attend(run), pause, act if not taken else lambda: None)
        driven.append(step)
        await step
        tickets.append(run.subject)

    tickets: list[str] = []
    work: dict[str, LaneWork] = {
        LaneKind.INTAKE: LaneWork(desk.journey.record),
        LaneKind.TICKET: LaneWork(attend),
        LaneKind.SEND: LaneWork(desk.journey.deliver),
    }
    worker = asyncio.create_task(Worker(desk.lanes, work).run())
    await desk.journey.accept(said(f"{by}-{pause}", "n1 where is my order?"))
    await quiet(desk)
    await asyncio.gather(*taken)
    await quiet(desk)
    await end([worker])
    return tickets[0], max(run.pauses for run in driven)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("by", ["button", "reply"])
async def test_nothing_by_the_ai_follows_a_takeover_at_any_pause(desk_on: OpenDesk, by: str) -> None:
    tried = 0
    async with desk_on(ScriptedAnswerer(seconds=0.01), work=False) as desk:
        for pause in range(1, PAUSES):
            ticket_id, pauses = await attend_with_takeover(desk, pause, by)
            if pauses < pause:
                break
            tried += 1
            events = await rows(
                desk,
                f"select type, actor from ticket_event where ticket_id = '{ticket_id}' order by event_id",
            )
            kinds = [row["type"] for row in events]
            after = kinds[kinds.index("taken_over") :]
            assert "answered" not in after, f"the AI spoke after a takeover at pause {pause}"
            assert "asked" not in after
            seen = await look(desk)
            [ticket] = [t for t in seen.tickets if t.ticket_id == ticket_id]
            assert (ticket.status, ticket.owner) == ("escalated", "person")
            if by == "reply":
                senders = [m.sender_type for m in seen.messages if m.ticket_id == ticket_id]
                assert "ai" not in senders[senders.index(SenderType.MANAGER) :]
    assert tried >= 10
    assert tried < PAUSES - 1


async def test_a_ticket_that_is_handed_back_is_answered_by_the_ai_again(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", "HUMAN please, where is my order?"))
        await quiet(desk)
        [ticket] = (await look(desk)).tickets
        async with desk.db.transaction() as conn:
            await desk.ticket_actions.reply(
                conn, MANAGER, ticket.ticket_id, "It is on its way.", MessageId("m1")
            )
        async with desk.db.transaction() as conn:
            await desk.ticket_actions.hand_back(conn, MANAGER, ticket.ticket_id)
        await desk.journey.accept(said("ann", "And when will it be here?", 2))
        await quiet(desk)
        seen = await look(desk)
        assert [m.sender_type for m in seen.messages] == ["customer", "ai", "manager", "customer", "ai"]
        assert seen.messages[-1].content == "RE: AND WHEN WILL IT BE HERE?"
        assert all(m.delivery_state == "sent" for m in seen.messages if m.sender_type != "customer")
