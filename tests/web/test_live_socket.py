"""The console's socket: every change of a ticket, one watched conversation word by word."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from bench.place import free_port
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from frontdesk.desk import Desk, open_desk
from frontdesk.kit.tasks import end
from frontdesk.settings import Settings
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader
from tests.journeys.talk import quiet, said
from tests.web.talking import Window, served

QUESTION = "How long does delivery take?"


@pytest.fixture
async def desk(settings: Settings) -> AsyncIterator[Desk]:
    on_a_port = settings.model_copy(update={"port": free_port()})
    answerer = ScriptedAnswerer(seconds=0.2)
    async with open_desk(on_a_port, answerer=answerer, reader=ScriptedReader()) as opened:
        yield opened


@pytest.fixture
async def client(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    async with served(desk) as client:
        yield client


@asynccontextmanager
async def console(client: httpx2.AsyncClient, origin: str | None = None) -> AsyncIterator[Window]:
    address = str(client.base_url).replace("http://", "ws://").rstrip("/")
    async with connect(
        f"{address}/api/v1/live", additional_headers={"Origin": origin} if origin else {}
    ) as wire:
        window = Window(wire)
        reading = asyncio.create_task(window.read())
        try:
            await window.first("hello")
            yield window
        finally:
            await end([reading])


async def submit(client: httpx2.AsyncClient, body: str = QUESTION) -> str:
    given = {"subject": "A question", "body": body, "channel": "web_form"}
    accepted = await client.post("/api/v1/tickets", json=given)
    assert accepted.status_code == 202, accepted.text
    return str(accepted.json()["ticket_id"])


def statuses(window: Window, ticket_id: str) -> list[str]:
    return [f["ticket"]["status"] for f in window.of("ticket") if f["ticket"]["ticket_id"] == ticket_id]


async def test_a_new_ticket_appears_and_changes_until_it_is_answered(client: httpx2.AsyncClient) -> None:
    async with console(client) as window:
        ticket_id = await submit(client)
        await window.until(lambda w: statuses(w, ticket_id)[-1:] == ["waiting"])
        [hello] = window.of("hello")
        cursors = [hello["cursor"], *(f["cursor"] for f in window.of("ticket"))]
        assert cursors == sorted(cursors)
        assert cursors[1] > cursors[0]
        listed = await client.get(f"/api/v1/tickets/{ticket_id}")
        assert window.of("ticket")[-1]["ticket"].keys() == listed.json().keys()
        assert window.of("message") == window.of("text") == []


async def test_a_watched_conversation_is_followed_word_by_word(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    async with console(client) as window:
        await desk.journey.accept(said("ann", QUESTION))
        await window.until(lambda w: any(f["ticket"]["status"] == "waiting" for f in w.of("ticket")))
        await quiet(desk)  # the first reply is on its way still, and would be taken for the second
        await window.send("watch", ticket_id=window.of("ticket")[0]["ticket"]["ticket_id"])
        await window.settled()
        await desk.journey.accept(said("ann", "And how much does it cost?", 2))
        await window.until(lambda w: any(f["event"]["type"] == "delivered" for f in w.of("event")))
        shown = {f["message"]["message_id"]: f["message"] for f in window.of("message")}
        question, reply = sorted(shown.values(), key=lambda m: m["seq"])
        assert (question["sender_type"], question["content"]) == ("customer", "And how much does it cost?")
        assert question["reading"]["category"] == "delivery"
        assert (reply["sender_type"], reply["ai"]["provider"]) == ("ai", "scripted")
        assert window.streamed(reply["message_id"]) == reply["content"]
        types = [f["event"]["type"] for f in window.of("event")]
        assert types == ["message", "analysed", "answered", "delivered"]


async def test_only_the_watched_conversation_is_told_in_full(client: httpx2.AsyncClient) -> None:
    async with console(client) as window:
        first = await submit(client)
        await window.until(lambda w: statuses(w, first)[-1:] == ["waiting"])
        await window.send("watch", ticket_id=first)
        await window.settled()
        second = await submit(client)
        await window.until(lambda w: statuses(w, second)[-1:] == ["waiting"])
        await window.send("watch", ticket_id=None)
        await window.settled()
        await client.post(f"/api/v1/tickets/{first}/messages", json={"content": "Dana here."})
        await window.until(lambda w: statuses(w, first)[-1:] == ["escalated"])
        shown = json.dumps([*window.of("message"), *window.of("text"), *window.of("event")])
        assert second not in shown
        assert "Dana here." not in shown


async def test_every_tab_is_told(client: httpx2.AsyncClient) -> None:
    async with console(client) as first, console(client) as second:
        ticket_id = await submit(client, "HUMAN please, where is my order?")
        for tab in (first, second):
            await tab.until(lambda w: statuses(w, ticket_id)[-1:] == ["escalated"])


async def test_who_resumes_is_told_to_read_again(client: httpx2.AsyncClient) -> None:
    async with console(client) as window:
        await window.send("resume", cursor=1)
        await window.first("resync")


@pytest.mark.parametrize("bad", ["{", "[]", "7", '{"type":"dance"}', '{"type":["watch"]}', b"\x00"])
async def test_bad_frames_get_an_error_and_the_socket_lives_on(
    client: httpx2.AsyncClient, bad: str | bytes
) -> None:
    async with console(client) as window:
        await window.wire.send(bad)
        assert (await window.first("error"))["code"] == "bad_request"
        await window.send("watch", ticket_id={"no": "text"})
        await window.settled()


async def test_pages_of_other_sites_see_nothing(client: httpx2.AsyncClient) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with console(client, origin="https://evil.example"):
            pass
    assert refused.value.response.status_code == 403
