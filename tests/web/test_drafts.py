"""A draft is written as its own conversation's channel wants it."""

from dataclasses import replace

import httpx2
import pytest

from frontdesk.desk import Desk
from frontdesk.terms import ChannelName
from tests.contracts.channel_suite import CONTRACT
from tests.journeys.scripted import BY_SCRIPT, ScriptedAnswerer
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


async def test_a_colleagues_wish_is_told_to_the_model(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    path = f"{API}/ai/tickets/{(await submit())['ticket_id']}/draft-response"
    answerer = desk.ai_actions.answerer
    assert isinstance(answerer, ScriptedAnswerer)
    made = await client.post(path, json={"instruction": " Shorter,\x00 please "})
    assert made.status_code == 200
    assert [case.wish for case in answerer.cases if case.wish] == ["Shorter, please"]
    too_long = await client.post(path, json={"instruction": "x" * 501})
    assert too_long.json()["error"]["code"] == "validation_error"


async def test_local_intelligence_says_that_it_follows_no_wish_and_the_draft_stays(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{API}/ai/tickets/{(await submit())['ticket_id']}/draft-response"
    kept = (await client.get(path)).json()
    by_local = replace(BY_SCRIPT, provider="local")
    monkeypatch.setattr("tests.journeys.scripted.BY_SCRIPT", by_local)
    refused = await client.post(path, json={"instruction": "Shorter"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "unavailable")
    assert (await client.get(path)).json() == kept
