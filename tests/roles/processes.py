"""A process of some roles, within the test's own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from bench.place import free_port

from frontdesk.desk import Desk, open_desk
from frontdesk.kit.tasks import end
from frontdesk.roles import run_roles
from frontdesk.settings import Settings
from frontdesk.tickets.followers import Follower
from tests.engine.working import until
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader


@asynccontextmanager
async def opened(settings: Settings, *followers: Follower) -> AsyncIterator[Desk]:
    ports = {"port": free_port(), "probe_port": free_port()}
    async with open_desk(
        settings.model_copy(update=ports),
        answerer=ScriptedAnswerer(),
        reader=ScriptedReader(),
        followers=followers,
    ) as desk:
        yield desk


@asynccontextmanager
async def running(desk: Desk, *names: str) -> AsyncIterator[httpx2.AsyncClient]:
    """A process of these roles, and a client of what it listens on."""
    listening = asyncio.Event()
    process = asyncio.create_task(run_roles(desk, names, listening.set))
    waiting = asyncio.create_task(listening.wait())
    try:
        await asyncio.wait([process, waiting], return_when=asyncio.FIRST_COMPLETED, timeout=20)
        if process.done():
            process.result()
        port = desk.settings.port if "api" in names else desk.settings.probe_port
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            yield client
    finally:
        await end([process, waiting])


async def roles_of(client: httpx2.AsyncClient) -> dict[str, str]:
    """What the process says of its roles once it is ready."""

    async def is_ready() -> bool:
        return (await client.get("/ready")).status_code == 200

    await until(is_ready)
    return dict((await client.get("/ready")).json()["checks"]["roles"])
