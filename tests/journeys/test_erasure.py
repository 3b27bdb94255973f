"""An erasure beside lanes that run: what was in work for the customer writes nothing back."""

import asyncio

import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.errors import NotFound, TemporaryError, Unavailable
from frontdesk.privacy import held_lanes
from frontdesk.privacy.held_lanes import HeldLanes
from frontdesk.tickets import drafts
from frontdesk.tickets.case import Case
from frontdesk.understanding.learning import corrections
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.talk import look, quiet, rows, said, until

EMAIL = "dana@mail.example"


class Thinking:
    """An answerer that thinks until it is told to go on."""

    def __init__(self) -> None:
        self.began, self.go_on = asyncio.Event(), asyncio.Event()
        self.answerer = ScriptedAnswerer(during=self._wait)

    async def _wait(self, case: Case) -> None:
        self.began.set()
        await self.go_on.wait()


async def test_an_answer_in_work_is_waited_for_and_erased_too(desk_on: OpenDesk) -> None:
    thinking = Thinking()
    async with desk_on(thinking.answerer) as desk:
        await desk.journey.accept(said("dana", "marmalade"))
        await thinking.began.wait()
        erasing = asyncio.create_task(desk.privacy.eraser.erase(OPERATOR, EMAIL))
        await until(desk, lambda seen: not erasing.done())
        await desk.journey.accept(said("aset", "another customer is not held up"))
        thinking.go_on.set()
        report = await erasing
        seen = await until(desk, lambda now: len(now.by_ai) == 2)
        await quiet(desk)
        erased = {now.ticket_id for now in seen.tickets if now.erased_at}
        assert len(erased) == 1
        assert all(m.content == "" for m in (await look(desk)).messages if m.ticket_id in erased)
        assert report.record()["kinds"]["messages"]["emptied"] == 2  # type: ignore[index]  # as the API shows it
        assert (
            await rows(desk, "select 1 from outbox o join message m using (message_id) where m.content = ''")
            == []
        )


async def test_a_run_that_does_not_end_puts_the_erasure_off_and_goes_on_itself(
    desk_on: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_lanes, "PATIENCE", 0.3)
    thinking = Thinking()
    async with desk_on(thinking.answerer) as desk:
        await desk.journey.accept(said("dana", "marmalade"))
        await thinking.began.wait()
        with pytest.raises(Unavailable, match="at work for this customer"):
            await desk.privacy.eraser.erase(OPERATOR, EMAIL)
        thinking.go_on.set()
        await until(desk, lambda seen: [m.content for m in seen.by_ai] == ["RE: MARMALADE"])


async def test_what_comes_while_the_lanes_are_held_is_a_strangers_and_is_answered(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("dana", "marmalade"))
        await until(desk, lambda seen: len(seen.by_ai) == 1)
        held = HeldLanes(desk.db)
        [conversation] = await rows(desk, "select conversation_id from conversation")
        await held.take([f"in:{conversation['conversation_id']}"])
        await desk.journey.accept(said("dana", "anybody there?", 2))
        await asyncio.sleep(0.2)
        assert len((await look(desk)).messages) == 2
        async with desk.db.transaction() as conn:
            await held.end(conn, [f"in:{conversation['conversation_id']}"])
        await until(desk, lambda seen: len(seen.by_ai) == 2)
        await desk.privacy.eraser.erase(OPERATOR, EMAIL)
        await desk.journey.accept(said("dana", "a fresh start", 3))
        seen = await until(desk, lambda now: len(now.tickets) == 2 and now.by_ai[-1].content != "")
        assert [m.content for m in seen.messages if m.content] == ["a fresh start", "RE: A FRESH START"]
        await desk.privacy.eraser.erase(OPERATOR, EMAIL)
        with pytest.raises(NotFound):
            await desk.privacy.eraser.erase(OPERATOR, EMAIL)


async def test_a_draft_that_was_being_made_is_not_kept(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("dana", "marmalade"))
        seen = await until(desk, lambda now: len(now.by_ai) == 1)
        await desk.privacy.eraser.erase(OPERATOR, EMAIL)
        async with desk.db.transaction() as conn:
            await drafts.keep(conn, seen.tickets[0].ticket_id, 1, {"content": "marmalade"})
        assert await rows(desk, "select 1 from reply_draft") == []


async def test_a_training_on_erased_words_is_not_kept(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        gone = corrections.Correction(17, "marmalade", "payment", "en", held_out=False)
        async with desk.db.transaction() as conn:
            with pytest.raises(TemporaryError, match="erased while"):
                await corrections.require_all(conn, [gone])
