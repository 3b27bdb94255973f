"""A draft is written as its own conversation's channel wants it."""

import httpx2
import pytest

from frontdesk.desk import Desk
from frontdesk.terms import ChannelName
from tests.contracts.channel_suite import CONTRACT
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.talk import quiet, said
from tests.web.conftest import API, Submit, settled


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


async def test_looking_at_a_draft_makes_the_ai_work_once_and_asking_for_another_makes_it_work_again(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    path = f"{API}/ai/tickets/{(await submit())['ticket_id']}/draft-response"
    await settled(client)
    answerer = desk.ai_actions.answerer
    assert isinstance(answerer, ScriptedAnswerer)
    before = len(answerer.cases)
    first = await client.get(path)
    assert (first.status_code, (await client.get(path)).json()) == (200, first.json())
    assert len(answerer.cases) == before + 1
    assert (await client.post(path)).status_code == 200
    assert len(answerer.cases) == before + 2
