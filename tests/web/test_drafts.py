"""A draft is written as its own conversation's channel wants it."""

import httpx2
import pytest

from frontdesk.desk import Desk
from frontdesk.terms import ChannelName
from tests.contracts.channel_suite import CONTRACT
from tests.journeys.talk import quiet, said
from tests.web.conftest import API, Submit


@pytest.mark.parametrize("channel", ChannelName)
async def test_a_draft_has_the_tone_of_its_channel(
    client: httpx2.AsyncClient, submit: Submit, channel: ChannelName
) -> None:
    ticket = await submit(channel=channel)
    draft = (await client.get(f"{API}/ai/tickets/{ticket['ticket_id']}/draft-response")).json()
    assert (draft["channel"], draft["tone"]) == (channel, CONTRACT[channel][2])


async def test_the_draft_for_a_visitor_of_the_chat_is_friendly(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    await desk.journey.accept(said("ann", "Where is my order?"))
    await quiet(desk)
    [ticket] = (await client.get(f"{API}/tickets", params={"status": "waiting"})).json()["tickets"]
    draft = (await client.get(f"{API}/ai/tickets/{ticket['ticket_id']}/draft-response")).json()
    assert draft["tone"] == "friendly"
