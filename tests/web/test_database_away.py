"""While the database is away everybody is told so at once, by the contract; when it is back, work goes on."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from bench.place import free_port
from websockets.asyncio.client import connect

from frontdesk.desk import Desk, open_desk
from frontdesk.settings import Settings
from frontdesk.web.app import create_app
from tests.engine.breakable import BreakablePostgres, postgres_under
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader
from tests.web.talking import served, visit

pytestmark = pytest.mark.xdist_group("outage")

API = "/api/v1"
TICKET = f"{API}/tickets/T-000001"
QUESTION = {"subject": "S", "body": "Where is it?", "channel": "web_form"}
SOUND: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", f"{API}/tickets", {}),
    ("POST", f"{API}/tickets", {"json": QUESTION}),
    ("POST", f"{API}/tickets", {"json": QUESTION, "headers": {"Idempotency-Key": "k"}}),
    ("GET", TICKET, {}),
    ("PATCH", TICKET, {"json": {"status": "resolved"}}),
    ("GET", f"{TICKET}/messages", {}),
    ("POST", f"{TICKET}/messages", {"json": {"content": "Hello"}}),
    ("POST", f"{TICKET}/takeover", {}),
    ("GET", f"{API}/ai/tickets/T-000001/draft-response", {}),
    ("POST", f"{API}/ai/respond", {"json": {"ticket_id": "T-000001"}}),
    ("POST", f"{API}/notify", {"json": {"ticket_id": "T-000001"}}),
    ("GET", f"{API}/kb/search?q=delivery", {}),
    ("POST", f"{API}/kb/upload", {"files": {"file": ("a.txt", b"How long does delivery take? Two days.")}}),
    ("GET", f"{API}/analytics/summary", {}),
    ("POST", f"{API}/sessions", {"json": {}}),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BreakablePostgres]:
    with postgres_under(tmp_path_factory.mktemp("away")) as running:
        yield running


@pytest.fixture
def settings(server: BreakablePostgres, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None, database_url=server.dsn, frontdesk_home=tmp_path / "home", port=free_port(),
        secret_key="a-key-for-tests-only-0123456789", embedding_model="none",
    )  # fmt: skip


def opened(settings: Settings) -> AbstractAsyncContextManager[Desk]:
    return open_desk(settings, demo=True, answerer=ScriptedAnswerer(), reader=ScriptedReader())


@pytest.mark.timeout(180)
async def test_every_route_that_needs_it_answers_503_without_a_wait(
    server: BreakablePostgres, settings: Settings
) -> None:
    async with opened(settings) as desk, served(desk) as client:
        session = (await client.post(f"{API}/sessions", json={})).json()
        await asyncio.to_thread(server.break_down)
        await _away(desk, client)
        async with asyncio.timeout(60):  # a few dozen requests; waiting for the pool was ten seconds for each
            sound = [await client.request(method, path, **given) for method, path, given in SOUND]
            sound.append(await _say(client, session))
            others = [await client.request(method, path) for method, path in _routes(desk)]
        await asyncio.to_thread(server.mend)
        async with asyncio.timeout(30):
            while (await client.get("/ready")).status_code != 200:  # noqa: ASYNC110  # nobody else is told
                await asyncio.sleep(0.05)
        assert (await client.get(f"{API}/tickets")).status_code == 200
    for answer in sound:
        assert answer.status_code == 503, (answer.request.method, answer.request.url, answer.text)
        assert answer.json()["error"]["code"] == "unavailable"
        assert int(answer.headers["retry-after"]) >= 1
    assert not [
        answer.request.url for answer in others if answer.status_code >= 500 and answer.status_code != 503
    ]


async def _say(client: httpx2.AsyncClient, session: dict[str, str]) -> httpx2.Response:
    path, token = f"{API}/chat/sessions/{session['session_id']}/messages", session["token"]
    return await client.post(path, data={"content": "Hello"}, headers={"Authorization": f"Bearer {token}"})


def _routes(desk: Desk) -> list[tuple[str, str]]:
    paths = create_app(desk).openapi()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


async def _away(desk: Desk, client: httpx2.AsyncClient) -> None:
    async with asyncio.timeout(30):
        while not desk.db.is_away:
            await client.get(f"{API}/tickets")


@pytest.mark.timeout(180)
async def test_an_open_window_is_told_stays_open_and_goes_on(
    server: BreakablePostgres, settings: Settings
) -> None:
    async with opened(settings) as desk, served(desk) as client:
        visitor = await visit(client)
        async with visitor.window() as window:
            await window.say("Where is my order?", "m-1")
            await window.first("complete")
            await asyncio.to_thread(server.break_down)
            await _away(desk, client)
            await window.say("Are you there?", "m-2")
            error = await window.first("error")
            assert (error["code"], error["retryable"]) == ("unavailable", True)
            await asyncio.to_thread(server.mend)
            async with asyncio.timeout(30):
                while desk.db.is_away:  # noqa: ASYNC110  # nobody else is told
                    await asyncio.sleep(0.05)
            await window.say("Are you there?", "m-2")
            await window.first("complete", 2)
            assert len(window.of("ack", client_msg_id="m-2")) == 1


async def test_a_new_window_and_the_consoles_are_closed_with_try_again(
    server: BreakablePostgres, settings: Settings
) -> None:
    async with opened(settings) as desk, served(desk) as client:
        visitor = await visit(client)
        await asyncio.to_thread(server.break_down)
        try:
            await _away(desk, client)
            async with visitor.window() as window:
                assert await window.gone() == 1013
                assert window.of("error", code="unavailable", retryable=True)
            address = f"ws://127.0.0.1:{settings.port}{API}/live"
            async with connect(address) as console, asyncio.timeout(30):
                await console.wait_closed()
                assert console.close_code == 1013
        finally:
            await asyncio.to_thread(server.mend)
