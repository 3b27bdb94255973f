"""What the AI proposes is done once, after the decision; whatever does not work out is a person's."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from frontdesk.access.actor import OPERATOR, Actor, ActorKind, Permission
from frontdesk.channels.inbound import InboundMessage
from frontdesk.desk import Desk, open_desk
from frontdesk.engine.worker import Worker
from frontdesk.errors import Conflict, Forbidden
from frontdesk.kit.canonical import canonical
from frontdesk.kit.tasks import end
from frontdesk.settings import Settings
from frontdesk.terms import ActionId, LaneKind, Proof, TicketId
from frontdesk.tickets import action as actions
from frontdesk.tickets.action import ActionState, ProposedAction
from frontdesk.tickets.case import Case
from tests.contracts.toy_tool import ToyShop, toy_shop
from tests.journeys.conftest import OpenDesk
from tests.journeys.proposing import ProposingAnswerer
from tests.journeys.scripted import ScriptedReader
from tests.journeys.talk import look, quiet, rows, said


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[ToyShop]:
    with toy_shop() as opened:
        monkeypatch.setenv("TOY_SHOP", opened.url)
        yield opened


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"tool_modules": ("tests.contracts.toy_tool",)})


def proven(peer: str, text: str, n: int = 1) -> InboundMessage:
    message = said(peer, text, n)
    return replace(message, peer=replace(message.peer, proof=Proof.ATTESTED))


@dataclass(frozen=True)
class Seen:
    """The one action of a test, and what stands around it."""

    action: dict[str, Any]
    events: list[str]
    replies: list[str]
    owner: str

    @property
    def state(self) -> str:
        return str(self.action["state"])


async def seen(desk: Desk) -> Seen:
    await quiet(desk)
    [action] = await rows(desk, "select * from action")
    events = await rows(desk, "select type from ticket_event order by event_id")
    around = await look(desk)
    replies = [message.content for message in around.by_ai]
    return Seen(action, [event["type"] for event in events], replies, around.tickets[0].owner)


async def approve(desk: Desk, action: dict[str, Any], digest: str = "", actor: Actor = OPERATOR) -> None:
    async with desk.db.transaction() as conn:
        await desk.approvals.approve(conn, actor, ActionId(action["action_id"]), digest or action["digest"])


async def reject(desk: Desk, action: dict[str, Any]) -> None:
    async with desk.db.transaction() as conn:
        action_id = ActionId(action["action_id"])
        await desk.approvals.reject(conn, OPERATOR, action_id, action["digest"], "not this time")


@asynccontextmanager
async def asked(desk_on: OpenDesk, text: str) -> AsyncIterator[Desk]:
    async with desk_on(ProposingAnswerer()) as desk:
        await desk.journey.accept(proven("ann", text))
        yield desk


async def test_an_act_is_done_after_the_reply_and_told_by_its_result(
    desk_on: OpenDesk, shop: ToyShop
) -> None:
    async with asked(desk_on, "Please GIVE 50 now?") as desk:
        now = await seen(desk)
    assert (now.state, now.owner) == ("done", "ai")
    assert [gift["points"] for gift in shop.gifts] == ["50"]
    assert now.replies == ["RE: PLEASE GIVE 50 NOW?", "You have 50 points more."]
    assert now.action["result"] == {"given": True}
    assert [event for event in now.events if event.startswith("action")] == [
        "action_proposed",
        "action_ended",
    ]


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


async def test_a_shop_that_says_later_is_asked_again_with_the_same_key(
    desk_on: OpenDesk, shop: ToyShop
) -> None:
    shop.answers = ["later", "later"]
    async with asked(desk_on, "Please BLINDLY 50 now?") as desk:
        now = await seen(desk)
    assert (now.state, now.action["attempts"]) == ("done", 3)
    assert len(shop.gifts) == 1
    assert len(set(shop.keys)) == 1


@pytest.mark.parametrize("answers", [["never"], ["later"] * 9])
async def test_what_was_not_done_reaches_a_person(
    desk_on: OpenDesk, shop: ToyShop, answers: list[str]
) -> None:
    shop.answers = answers
    async with asked(desk_on, "Please GIVE 50 now?") as desk:
        now = await seen(desk)
    assert (now.state, now.owner) == ("failed", "person")
    assert now.action["error"]
    assert "escalated" in now.events
    assert shop.gifts == []


async def test_an_unseen_end_is_settled_by_the_key_where_the_shop_knows_it(
    desk_on: OpenDesk, shop: ToyShop
) -> None:
    shop.answers = ["silent"]
    async with asked(desk_on, "Please GIVE 50 now?") as desk:
        now = await seen(desk)
    assert (now.state, now.owner) == ("done", "ai")
    assert len(shop.keys) == 2
    assert len(shop.gifts) == 1


async def test_an_unseen_end_is_a_persons_where_it_cannot_be_settled(
    desk_on: OpenDesk, shop: ToyShop
) -> None:
    shop.answers = ["silent"]
    async with asked(desk_on, "Please BLINDLY 50 now?") as desk:
        now = await seen(desk)
    assert (now.state, now.owner) == ("unknown", "person")
    assert len(shop.keys) == len(shop.gifts) == 1


async def test_an_act_whose_ticket_a_person_took_waits_for_them(desk_on: OpenDesk, shop: ToyShop) -> None:
    async with desk_on(ProposingAnswerer(), work=False) as desk:
        await desk.journey.accept(proven("ann", "Please GIVE 50 now?"))
        await _work_without_acting(desk)
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


async def _work_without_acting(desk: Desk) -> None:
    """Until the proposal is kept and due."""
    road = desk.journey
    worker = Worker(desk.lanes, {LaneKind.INTAKE: road.record, LaneKind.TICKET: road.attend})
    task = asyncio.create_task(worker.run())
    while not await rows(desk, "select 1 from action where state = 'queued'"):  # noqa: ASYNC110  # no event tells it
        await asyncio.sleep(0.02)
    await end([task])


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


async def test_a_draft_that_is_redone_acts_once(desk_on: OpenDesk, shop: ToyShop) -> None:
    desks: list[Desk] = []

    async def write_more(case: Case) -> None:
        if len(case.pending) == 1:
            await desks[0].journey.accept(proven("ann", "please", 2))
            await desks[0].journey.record(_NoLane(desks[0], case))  # type: ignore[arg-type]  # enough of a lane run

    async with desk_on(ProposingAnswerer(during=write_more)) as desk:
        desks.append(desk)
        await desk.journey.accept(proven("ann", "Please GIVE 50 now?"))
        now = await seen(desk)
    assert now.state == "done"
    assert len(shop.gifts) == 1


class _NoLane:
    """Lets a test record a message in the middle of an answer, without a worker."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self._desk = desk
        self.subject = case.conversation_id

    def transaction(self) -> Any:
        return self._desk.db.transaction()


async def test_one_proposal_for_one_message_is_kept_once(desk_on: OpenDesk, shop: ToyShop) -> None:
    async with asked(desk_on, "Please GIVE 500 now?") as desk:
        kept = (await seen(desk)).action
        proposed = ProposedAction(kept["tool"], canonical(kept["input"]), "told otherwise")
        async with desk.db.transaction() as conn:
            ticket_id = TicketId(kept["ticket_id"])
            again = [
                await actions.add(conn, ticket_id, kept["seq"] + later, proposed, ActionState.PROPOSED)
                for later in (0, 1, 1)
            ]
    assert [action_id is None for action_id in again] == [True, False, True]


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
