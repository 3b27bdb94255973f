"""What the AI proposed, over HTTP: shown, approved by its digest, rejected."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from frontdesk.desk import Desk, open_desk
from frontdesk.settings import Settings
from frontdesk.terms import Proof
from tests.contracts.toy_tool import ToyShop
from tests.journeys.proposing import ProposingAnswerer
from tests.journeys.scripted import ScriptedReader
from tests.journeys.talk import look, quiet, said
from tests.web.conftest import API


@pytest.fixture
async def desk(settings: Settings, shop: ToyShop) -> AsyncIterator[Desk]:
    settings = settings.model_copy(update={"tool_modules": ("tests.contracts.toy_tool",)})
    async with open_desk(settings, answerer=ProposingAnswerer(), reader=ScriptedReader()) as opened:
        worker = asyncio.create_task(opened.worker().run())
        yield opened
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)


@pytest.fixture
async def waiting(desk: Desk, client: httpx2.AsyncClient) -> dict[str, Any]:
    """An action that waits for approval, as the API shows it."""
    message = said("ann", "Please GIVE 500 now?")
    await desk.journey.accept(replace(message, peer=replace(message.peer, proof=Proof.ATTESTED)))
    return await shown(desk, client)


async def shown(desk: Desk, client: httpx2.AsyncClient) -> dict[str, Any]:
    await quiet(desk)
    [ticket] = (await look(desk)).tickets
    answer = await client.get(f"{API}/tickets/{ticket.ticket_id}/actions")
    [action] = answer.json()["actions"]
    assert isinstance(action, dict)
    return action


async def decide(
    client: httpx2.AsyncClient, action: dict[str, Any], verdict: str, **body: str
) -> httpx2.Response:
    given = {"digest": action["digest"], **body}
    return await client.post(f"{API}/actions/{action['action_id']}/{verdict}", json=given)


async def test_a_waiting_action_is_shown_with_what_it_would_do(waiting: dict[str, Any]) -> None:
    assert waiting["state"] == "waiting_approval"
    assert waiting["tool"] == "give_points"
    assert waiting["input"] == {"points": "500", "why": ""}
    assert waiting["summary"].startswith("give 500 points")


async def test_an_approved_action_is_done(
    waiting: dict[str, Any], desk: Desk, client: httpx2.AsyncClient, shop: ToyShop
) -> None:
    approved = await decide(client, waiting, "approve")
    assert (approved.status_code, approved.json()["state"]) == (200, "queued")
    done = await shown(desk, client)
    assert (done["state"], done["result"], done["decided_by"]) == ("done", {"given": True}, "operator")
    assert len(shop.gifts) == 1
    timeline = await client.get(f"{API}/tickets/{done['ticket_id']}/timeline")
    types = [event["type"] for event in timeline.json()["events"]]
    assert [name for name in types if name.startswith("action")] == [
        "action_proposed",
        "action_approved",
        "action_ended",
    ]


async def test_another_digest_is_a_conflict_and_changes_nothing(
    waiting: dict[str, Any], desk: Desk, client: httpx2.AsyncClient, shop: ToyShop
) -> None:
    for verdict in ("approve", "reject"):
        answer = await decide(client, waiting, verdict, digest="0" * 64)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "conflict")
    assert (await shown(desk, client))["state"] == "waiting_approval"
    assert shop.keys == []


async def test_a_rejected_action_cannot_be_approved(
    waiting: dict[str, Any], client: httpx2.AsyncClient, shop: ToyShop
) -> None:
    for _ in range(2):
        rejected = await decide(client, waiting, "reject", note="too much")
        assert (rejected.status_code, rejected.json()["state"]) == (200, "rejected")
    assert (await decide(client, waiting, "approve")).status_code == 409
    assert shop.keys == []


@pytest.mark.parametrize("body", [{}, {"digest": "short"}, {"digest": "0" * 64, "by": "me"}])
async def test_a_body_that_is_no_decision_is_named(
    waiting: dict[str, Any], client: httpx2.AsyncClient, body: dict[str, str]
) -> None:
    answer = await client.post(f"{API}/actions/{waiting['action_id']}/approve", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "validation_error")


@pytest.mark.parametrize("name", ["nothing", "%00", "a" * 65])
async def test_an_unknown_action_is_not_found(client: httpx2.AsyncClient, name: str) -> None:
    answer = await client.post(f"{API}/actions/{name}/approve", json={"digest": "0" * 64})
    assert answer.status_code in (404, 422)
