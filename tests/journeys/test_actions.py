"""What the AI proposes is done once, after the decision; whatever does not work out is a person's."""

import asyncio
from typing import Any

import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.desk import Desk
from frontdesk.kit.canonical import canonical
from frontdesk.kit.tasks import end
from frontdesk.settings import Settings
from frontdesk.terms import TicketId
from frontdesk.tickets import action as actions
from frontdesk.tickets.action import ActionState, ProposedAction
from frontdesk.tickets.case import Case
from tests.contracts.toy_tool import ToyShop
from tests.journeys.acting import asked, proven, seen, work_without_acting
from tests.journeys.conftest import OpenDesk
from tests.journeys.proposing import ProposingAnswerer
from tests.journeys.talk import look, rows


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"tool_modules": ("tests.contracts.toy_tool",)})


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


async def test_an_act_that_ends_badly_after_the_ticket_was_resolved_is_mailed_to_a_person(
    desk_on: OpenDesk, shop: ToyShop
) -> None:
    async with desk_on(ProposingAnswerer(), work=False) as desk:
        await desk.journey.accept(proven("ann", "Please BLINDLY 50 now?"))
        await work_without_acting(desk)
        [ticket] = (await look(desk)).tickets
        async with desk.db.transaction() as conn:  # an attempt whose worker died, and a person who resolved
            await conn.execute("update action set state = 'running', attempts = 1")
            await desk.ticket_actions.resolve(conn, OPERATOR, ticket.ticket_id)
        worker = asyncio.create_task(desk.worker().run())
        now = await seen(desk)
        await end([worker])
        mails = await rows(desk, "select reason, mail_state from escalation")
    assert (now.state, shop.keys) == ("unknown", [])
    assert [(mail["reason"], mail["mail_state"]) for mail in mails] == [("ai_unavailable", "saved")]


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
