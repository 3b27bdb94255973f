"""The HTTP application on a whole desk: its worker runs, its intelligence is scripted."""

import asyncio
import io
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI

from frontdesk.desk import Desk, open_desk
from frontdesk.logs import configure
from frontdesk.settings import Settings
from frontdesk.web.app import create_app
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader

BASE = "http://127.0.0.1:8000"
API = "/api/v1"
Submit = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture(autouse=True, scope="session")
def _logs_as_shipped() -> None:
    """JSON lines; structlog's own renderer draws a fault for seconds."""
    configure("WARNING", io.StringIO())


@pytest.fixture
async def desk(settings: Settings) -> AsyncIterator[Desk]:
    """As a demo, so that every route is there."""
    async with open_desk(settings, demo=True, answerer=ScriptedAnswerer(), reader=ScriptedReader()) as opened:
        worker = asyncio.create_task(opened.worker().run())
        yield opened
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    return create_app(desk)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=BASE) as opened:
        yield opened


@pytest.fixture
async def server(app: FastAPI) -> AsyncIterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_config=None, lifespan="off", access_log=False)
        serving = uvicorn.Server(config)
        task = asyncio.create_task(serving.serve([listening]))
        while not serving.started:  # noqa: ASYNC110  # uvicorn tells it nowhere else
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        serving.should_exit = True
        await task


@pytest.fixture
def submit(client: httpx2.AsyncClient) -> Submit:
    """Submit a ticket and wait until it is recorded."""

    async def submitted(body: str = "Where is order 54321?", **fields: Any) -> dict[str, Any]:
        given = {"subject": "A question", "body": body, "channel": "web_form", **fields}
        accepted = await client.post(f"{API}/tickets", json=given)
        assert accepted.status_code == 202, accepted.text
        answer = await client.get(f"{API}/tickets/{accepted.json()['ticket_id']}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    return submitted


async def settled(client: httpx2.AsyncClient, seconds: float = 30.0) -> None:
    """Wait until the AI has nothing to do: a list that moves has no pages."""
    async with asyncio.timeout(seconds):
        while True:
            answer = await client.get(f"{API}/tickets", params={"status": "new,ai_processing"})
            if answer.json()["pagination"]["total"] == 0:
                return
            await asyncio.sleep(0.03)
