"""A takeover, or a newer message, ends an answer that is still being written: nothing of it is shown afterwards."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from frontdesk.access.actor import EVERY_PERMISSION, Actor, ActorKind
from frontdesk.answering.answerer import Stream
from frontdesk.desk import Desk
from frontdesk.terms import TicketId
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.reading import Reading
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ARTICLE, BY_SCRIPT
from tests.journeys.talk import look, quiet, rows, said

MANAGER = Actor(ActorKind.PERSON, "dana", "Dana", EVERY_PERMISSION)
CHUNKS = 4
Overtake = Callable[[Desk, Case], Awaitable[None]]


async def take_over(desk: Desk, case: Case) -> None:
    async with desk.db.transaction() as conn:
        await desk.ticket_actions.take_over(conn, MANAGER, TicketId(case.ticket_id))


async def write_more(desk: Desk, case: Case) -> None:
    await desk.journey.accept(said("ann", "One more thing.", 2))
    while len((await look(desk)).messages) < 2:  # noqa: ASYNC110  # recorded by another lane
        await asyncio.sleep(0.01)


class Chunked:
    """Writes in chunks; something happens before one of them, and then the model hangs."""

    name = "scripted"

    def __init__(self, before: int, overtake: Overtake) -> None:
        self.before = before
        self.overtake = overtake
        self.desk: Desk | None = None
        self.cancelled = False
        self.runs = 0

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        self.runs += 1
        if self.runs > 1:
            return Decision(Act.ANSWER, "Anew.", 0.9, "", BY_SCRIPT, (ARTICLE,))
        try:
            for chunk in range(CHUNKS + 1):
                if chunk == self.before:
                    assert self.desk is not None
                    await self.overtake(self.desk, case)
                if chunk < CHUNKS:
                    await stream.text(f"chunk {chunk}. ")
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        raise AssertionError("the model was not ended")


@pytest.mark.parametrize("before", range(CHUNKS + 1))
@pytest.mark.parametrize("overtake", [take_over, write_more])
async def test_no_chunk_is_shown_and_the_model_is_ended(
    desk_on: OpenDesk, overtake: Overtake, before: int
) -> None:
    answerer = Chunked(before, overtake)
    async with desk_on(answerer) as desk:
        answerer.desk = desk
        signals: list[tuple[str, object]] = []
        publish = desk.fanout.publish

        def noted(topic: str, signal: object) -> None:
            if topic.startswith("ticket:"):
                signals.append((signal.kind, signal.data.get("content")))  # type: ignore[attr-defined]
            publish(topic, signal)  # type: ignore[arg-type]

        desk.fanout.publish = noted  # type: ignore[method-assign]
        await desk.journey.accept(said("ann", "where is my order?"))
        await quiet(desk)
        shown = [content for kind, content in signals if kind == "text"]
        assert shown == [f"chunk {n}. " for n in range(before)]
        assert [kind for kind, _ in signals].count("retract") == (1 if before else 0)
        assert answerer.cancelled
        events = await rows(desk, "select type from ticket_event order by event_id")
        kinds = [event["type"] for event in events]
        if overtake is take_over:
            assert "answered" not in kinds
            assert answerer.runs == 1
        else:
            assert kinds.count("answered") == 1
            assert (await look(desk)).messages[-1].content == "Anew."
