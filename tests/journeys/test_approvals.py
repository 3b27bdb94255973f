"""What the AI may not do by itself waits for a person, who approves exactly that or nothing."""

import asyncio

import pytest

from frontdesk.access.actor import OPERATOR, Actor, ActorKind, Permission
from frontdesk.desk import open_desk
from frontdesk.errors import Conflict, Forbidden
from frontdesk.kit.tasks import end
from frontdesk.settings import Settings
from frontdesk.terms import TicketId
from tests.contracts.toy_tool import ToyShop
from tests.journeys.acting import approve, asked, proven, reject, seen, work_without_acting
from tests.journeys.conftest import OpenDesk
from tests.journeys.proposing import ProposingAnswerer
from tests.journeys.scripted import ScriptedReader
from tests.journeys.talk import look


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"tool_modules": ("tests.contracts.toy_tool",)})


async def test_above_the_limit_a_person_gets_the_ticket_and_nothing_is_done(
    desk_on: OpenDesk, shop: ToyShop
) -> None:
    async with asked(desk_on, "Please GIVE 500 now?") as desk:
        now = await seen(desk)
        [ticket] = (await look(desk)).tickets
    assert (now.state, now.owner) == ("waiting_approval", "person")
    assert ticket.escalation_reason == "refund_above_policy"
    assert ticket.suggested_reply == "RE: PLEASE GIVE 500 NOW?"
    assert shop.keys == []


async def test_an_approval_of_exactly_this_input_has_it_done_once(desk_on: OpenDesk, shop: ToyShop) -> None:
    async with asked(desk_on, "Please GIVE 500 now?") as desk:
        waiting = await seen(desk)
        for _ in range(2):
            await approve(desk, waiting.action)
        now = await seen(desk)
    assert now.state == "done"
    assert now.action["decided_by"] == OPERATOR.name
    assert [gift["points"] for gift in shop.gifts] == ["500"]
    assert len(now.replies) == 1  # a person has the ticket: they tell the customer


async def test_an_approval_of_anything_else_is_a_conflict(desk_on: OpenDesk, shop: ToyShop) -> None:
    async with asked(desk_on, "Please GIVE 500 now?") as desk:
        waiting = await seen(desk)
        with pytest.raises(Conflict):
            await approve(desk, waiting.action, digest="0" * 64)
        assert (await seen(desk)).state == "waiting_approval"
    assert shop.keys == []


async def test_who_may_not_write_tickets_may_not_approve(desk_on: OpenDesk, shop: ToyShop) -> None:
    reader = Actor(ActorKind.PERSON, "eve", "Eve", frozenset({Permission.TICKETS_READ}))
    async with asked(desk_on, "Please GIVE 500 now?") as desk:
        waiting = await seen(desk)
        with pytest.raises(Forbidden):
            await approve(desk, waiting.action, actor=reader)


async def test_what_is_rejected_is_never_done_and_the_ticket_is_a_persons(
    desk_on: OpenDesk, shop: ToyShop
) -> None:
    async with asked(desk_on, "Please GIVE 500 now?") as desk:
        waiting = await seen(desk)
        async with desk.db.transaction() as conn:
            await desk.ticket_actions.hand_back(conn, OPERATOR, TicketId(waiting.action["ticket_id"]))
        await reject(desk, waiting.action)
        with pytest.raises(Conflict):
            await approve(desk, waiting.action)
        now = await seen(desk)
    assert (now.state, now.owner) == ("rejected", "person")
    assert "action_rejected" in now.events
    assert shop.keys == []


async def test_an_act_whose_ticket_a_person_took_waits_for_them(desk_on: OpenDesk, shop: ToyShop) -> None:
    async with desk_on(ProposingAnswerer(), work=False) as desk:
        await desk.journey.accept(proven("ann", "Please GIVE 50 now?"))
        await work_without_acting(desk)
        [ticket] = (await look(desk)).tickets
        async with desk.db.transaction() as conn:
            await desk.ticket_actions.take_over(conn, OPERATOR, ticket.ticket_id)
        worker = asyncio.create_task(desk.worker().run())
        returned = await seen(desk)
        assert (returned.state, shop.keys) == ("proposed", [])
        await approve(desk, returned.action)
        assert (await seen(desk)).state == "done"
        await end([worker])
    assert len(shop.gifts) == 1


async def test_an_input_that_was_changed_behind_the_approval_is_not_done(
    desk_on: OpenDesk, shop: ToyShop
) -> None:
    async with asked(desk_on, "Please GIVE 500 now?") as desk:
        waiting = await seen(desk)
        async with desk.db.transaction() as conn:
            await conn.execute("""update action set input = jsonb_set(input, '{points}', '"9000"')""")
        await approve(desk, waiting.action)
        now = await seen(desk)
    assert now.state == "failed"
    assert "not what was proposed" in now.action["error"]
    assert shop.keys == []


async def test_a_draft_for_a_person_leaves_its_acts_to_them(settings: Settings, shop: ToyShop) -> None:
    copilot = settings.model_copy(update={"autonomy": {"web_chat": "copilot"}})
    async with open_desk(copilot, answerer=ProposingAnswerer(), reader=ScriptedReader()) as desk:
        worker = asyncio.create_task(desk.worker().run())
        await desk.journey.accept(proven("ann", "Please GIVE 50 now?"))
        drafted = await seen(desk)
        assert (drafted.state, drafted.owner, shop.keys) == ("proposed", "person", [])
        await approve(desk, drafted.action)
        assert (await seen(desk)).state == "done"
        await end([worker])
    assert len(shop.gifts) == 1
