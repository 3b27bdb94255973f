"""Who waits at the screen goes before what waits in a mailbox, however much of that there is."""

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
        [form] = await rows(desk, "update lane set due_at = due_at - interval '11 minutes' returning key")
        await desk.journey.accept(said("chat", "Where is my parcel?"))
        [first] = await desk.lanes.claim({LaneKind.INTAKE: 1})
        assert first.key == form["key"]
