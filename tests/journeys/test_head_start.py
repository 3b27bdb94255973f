"""Who waits at the screen goes before what waits in a mailbox, and nobody's thousands keep another waiting."""

import dataclasses

from frontdesk.channels.inbound import InboundMessage
from frontdesk.engine.lanes import LaneRun
from frontdesk.terms import ChannelName, LaneKind
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import rows, said


async def test_a_chat_is_recorded_and_attended_before_forms_that_came_earlier(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as desk:
        for n in range(5):
            await desk.journey.accept(said(f"form-{n}", "Where is my invoice?", channel=ChannelName.WEB_FORM))
        await desk.journey.accept(said("chat", "Where is my parcel?"))
        [first] = await desk.lanes.claim({LaneKind.INTAKE: 1})
        await desk.journey.record(LaneRun(desk.lanes, first))
        [chat] = await rows(desk, "select ticket_id, channel from ticket")
        assert chat["channel"] == ChannelName.WEB_CHAT
        for claim in await desk.lanes.claim({LaneKind.INTAKE: 100}):
            await desk.journey.record(LaneRun(desk.lanes, claim))
        [ticket] = await desk.lanes.claim({LaneKind.TICKET: 1})
        assert ticket.subject == chat["ticket_id"]


async def test_a_form_is_overtaken_for_some_minutes_only(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as desk:
        await desk.journey.accept(said("form", "Where is my invoice?", channel=ChannelName.WEB_FORM))
        [form] = await rows(desk, "update lane set turn = turn - interval '11 minutes' returning key")
        await desk.journey.accept(said("chat", "Where is my parcel?"))
        [first] = await desk.lanes.claim({LaneKind.INTAKE: 1})
        assert first.key == form["key"]


def form(number: int, customer: str) -> InboundMessage:
    """A ticket of its own, as each form that is sent."""
    message = said(customer, "Where is my invoice?", number, channel=ChannelName.WEB_FORM)
    return dataclasses.replace(message, thread=f"{customer}-{number}")


async def test_one_customers_flood_of_tickets_keeps_no_other_waiting(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as desk:
        for n in range(40):
            await desk.journey.accept(form(n, "flood"))
        await desk.journey.accept(form(0, "ann"))
        await desk.journey.accept(form(0, "bob"))
        turns = await desk.lanes.claim({LaneKind.INTAKE: 3})
        for claim in [*turns, *await desk.lanes.claim({LaneKind.INTAKE: 100})]:
            await desk.journey.record(LaneRun(desk.lanes, claim))
        tickets = await rows(
            desk, "select ticket_id, address from ticket join conversation using (conversation_id)"
        )
        who = {row["ticket_id"]: row["address"] for row in tickets}
        attended = [who[claim.subject] for claim in await desk.lanes.claim({LaneKind.TICKET: 3})]
        assert sorted(attended) == ["ann", "bob", "flood"]
        recorded = await rows(desk, "select conversation_id, address from conversation")
        peers = {row["conversation_id"]: row["address"] for row in recorded}
        assert sorted(peers[claim.subject] for claim in turns) == ["ann", "bob", "flood"]
