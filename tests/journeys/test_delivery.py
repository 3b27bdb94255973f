"""What is said to the customer, over a channel that delays, refuses, or is never heard of again."""

import asyncio

import pytest

from frontdesk.access.actor import EVERY_PERMISSION, Actor, ActorKind
from frontdesk.channels.capabilities import Settlement
from frontdesk.desk import Desk
from frontdesk.errors import SendDelayed, SendRefused, SendUnknown
from frontdesk.terms import MessageId
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import later, look, quiet, rows, said, until, wait_for, working
from tests.journeys.wires import Wire, over

QUESTION = "How long does delivery take?"


async def assert_with_a_person(desk: Desk, why: str) -> None:
    """The send is parked with its reason, and a person has the ticket, by mail too."""
    await quiet(desk)
    [ticket] = (await look(desk)).tickets
    assert (ticket.status, ticket.owner) == ("escalated", "person")
    assert ticket.suggested_reply == f"RE: {QUESTION.upper()}"
    failed = await rows(desk, "select state, last_error from outbox where state = 'parked'")
    assert len(failed) == 1
    assert why in failed[0]["last_error"]
    [escalation] = await rows(desk, "select mail_state from escalation")
    assert escalation["mail_state"] == "saved"
    events = [row["type"] for row in await rows(desk, "select type from ticket_event")]
    assert "send_failed" in events
    [reply] = [m for m in (await look(desk)).by_ai if m.content == ticket.suggested_reply]
    assert reply.delivery_state == "failed"


async def dies_while_sending(desk: Desk, wire: Wire) -> None:
    """A worker vanishes in the middle of the attempt; its lease ends."""
    async with working(desk):
        await desk.journey.accept(said("ann", QUESTION))
        await wait_for(lambda: len(wire.tried) == 1)
    assert [row["state"] for row in await rows(desk, "select state from outbox")] == ["sending"]
    await later(desk, "update lane set lease_until = now() where lease_until is not null")


async def test_a_send_whose_end_nobody_saw_is_never_repeated_and_a_person_gets_it(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as opened:
        wire = Wire(Settlement.NONE, asyncio.Event())
        desk = over(opened, wire)
        await dies_while_sending(desk, wire)
        async with working(desk):
            await assert_with_a_person(desk, "sent or not cannot be told")
        assert len(wire.tried) == 1


async def test_a_reply_in_our_own_database_is_sent_by_the_commit_that_speaks(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", QUESTION))
        await quiet(desk)
        [sent] = await rows(desk, "select state, attempts, sent_at - created_at as took from outbox")
        assert (sent["state"], sent["attempts"]) == ("sent", 1)
        [attempt] = await rows(desk, "select outcome, ended_at is not null as ended from send_attempt")
        assert attempt == {"outcome": "sent", "ended": True}
        assert await rows(desk, "select key from lane where kind = 'out'") == []
        assert [m.delivery_state for m in (await look(desk)).by_ai] == ["sent"]
        events = [row["type"] for row in await rows(desk, "select type from ticket_event order by event_id")]
        assert events[-2:] == ["answered", "delivered"]


async def test_a_reply_in_our_own_database_waits_behind_one_that_still_waits(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as opened:
        wire = Wire(Settlement.CLIENT_ID, SendDelayed("slow down", retry_after=3600))
        desk = over(opened, wire)
        async with working(desk):
            await desk.journey.accept(said("ann", QUESTION))
            await wait_for(lambda: len(wire.tried) == 1)
        async with working(opened):
            await opened.journey.accept(said("ann", "And how much does it cost?", 2))
            await until(opened, lambda s: len(s.by_ai) == 2)
            await _at_rest(opened)
            states = [
                row["state"] for row in await rows(opened, "select state from outbox order by created_at")
            ]
            assert states == ["queued", "queued"]


async def test_a_send_that_the_channel_knows_again_is_repeated_under_the_same_id(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as opened:
        wire = Wire(Settlement.CLIENT_ID, asyncio.Event())
        desk = over(opened, wire)
        await dies_while_sending(desk, wire)
        async with working(desk):
            await quiet(desk)
        assert wire.tried[0] == wire.tried[1]
        assert len(wire.tried) == 2
        [sent] = await rows(desk, "select state, attempts from outbox")
        assert sent == {"state": "sent", "attempts": 2}
        there = [row["external_id"] for row in await rows(desk, "select external_id from sent_part")]
        assert there == ["over there 2"]


@pytest.mark.parametrize("error", [SendRefused("550 no such mailbox"), SendUnknown("the line broke")])
async def test_a_refused_reply_goes_to_a_person_and_what_follows_is_still_sent(
    desk_on: OpenDesk, error: Exception
) -> None:
    async with desk_on(work=False) as opened:
        wire = Wire(Settlement.NONE, error)
        desk = over(opened, wire)
        async with working(desk):
            await desk.journey.accept(said("ann", QUESTION))
            await assert_with_a_person(desk, str(error))
            assert len(wire.tried) == 1
            await later(desk, "update ticket set status = 'ai_processing', owner = 'ai'")
            await desk.journey.accept(said("ann", "And now, is it better?", 2))
            await until(desk, lambda s: s.by_ai[-1].delivery_state == "sent")
            assert len(wire.tried) == 2


async def test_a_delay_is_obeyed_even_when_more_is_to_be_said_and_the_order_stays(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as opened:
        wire = Wire(Settlement.NONE, SendDelayed("slow down", retry_after=3600))
        desk = over(opened, wire)
        async with working(desk):
            await desk.journey.accept(said("ann", QUESTION))
            await wait_for(lambda: len(wire.tried) == 1)
            await desk.journey.accept(said("ann", "And how much does it cost?", 2))
            await until(desk, lambda s: len(s.by_ai) == 2)
            await _at_rest(desk)
            assert len(wire.tried) == 1
            [lane] = await rows(
                desk, "select due_at > now() + interval '50 minutes' as obeyed from lane where kind = 'out'"
            )
            assert lane["obeyed"]
            await later(desk, "update outbox set not_before = now()")
            await later(desk, "update lane set due_at = now() where kind = 'out'")
            await quiet(desk)
        first, second = [m.content for m in (await look(desk)).by_ai]
        assert wire.texts == [first, first, second]
        assert {row["state"] for row in await rows(desk, "select state from outbox")} == {"sent"}
        assert (await look(desk)).tickets[0].owner == "ai"


async def _at_rest(desk: Desk) -> None:
    for _ in range(1000):
        if not await rows(desk, "select 1 from lane where due_at <= now() or lease_until is not null"):
            return
        await asyncio.sleep(0.02)
    pytest.fail("the lanes did not come to rest")


async def test_a_refused_reply_is_not_forgotten_because_the_next_one_is_delayed(desk_on: OpenDesk) -> None:
    """Two replies wait behind a delay; then the first is refused, and the second delayed again."""
    later_on = SendDelayed("later", retry_after=3600)
    async with desk_on(work=False) as opened:
        wire = Wire(Settlement.NONE, later_on, SendRefused("550 never"), later_on)
        desk = over(opened, wire)
        async with working(desk):
            await desk.journey.accept(said("ann", QUESTION))
            await wait_for(lambda: len(wire.tried) == 1)
            await desk.journey.accept(said("ann", "And how much does it cost?", 2))
            await until(desk, lambda s: len(s.by_ai) == 2)
            await later(desk, "update outbox set not_before = now()")
            await later(desk, "update lane set due_at = now() where kind = 'out'")
            await wait_for(lambda: len(wire.tried) == 3)
            await _at_rest(desk)
            seen = await until(desk, lambda s: s.tickets[0].owner == "person")
        assert [m.delivery_state for m in seen.by_ai] == ["failed", "queued"]


async def test_a_reply_that_is_delayed_for_ever_ends_at_a_person(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as opened:
        wire = Wire(Settlement.NONE, *(SendDelayed("busy", retry_after=0.01) for _ in range(50)))
        desk = over(opened, wire)
        async with working(desk):
            await desk.journey.accept(said("ann", QUESTION))
            await wait_for(lambda: len(wire.tried) >= 1)
            # Not 6: the wait before the last attempt may be longer than the test's patience.
            await later(desk, "update lane set attempts = 7 where kind = 'out'")
            await assert_with_a_person(desk, "busy")
        assert {lane.kind for lane in await desk.lanes.parked()} == {"out"}
        assert wire.behaviour


async def test_what_a_person_says_after_the_dead_end_is_sent(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as opened:
        wire = Wire(Settlement.NONE, *(SendDelayed("busy", retry_after=0.01) for _ in range(50)))
        desk = over(opened, wire)
        async with working(desk):
            await desk.journey.accept(said("ann", QUESTION))
            await wait_for(lambda: len(wire.tried) >= 1)
            await later(desk, "update lane set attempts = 7 where kind = 'out'")
            await quiet(desk)
            wire.behaviour.clear()
            [ticket] = (await look(desk)).tickets
            async with desk.db.transaction() as conn:
                by = Actor(ActorKind.PERSON, "dana", "Dana", EVERY_PERMISSION)
                await desk.ticket_actions.reply(conn, by, ticket.ticket_id, "Dana here.", MessageId("m1"))
            seen = await until(desk, lambda s: s.messages[-1].delivery_state == "sent")
        assert seen.messages[-1].content == wire.texts[-1] == "Dana here."
