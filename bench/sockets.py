"""What an idle window of the widget costs: memory of the serving process for each open socket."""

import asyncio
import os
from contextlib import AsyncExitStack

import httpx2
import psutil
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from bench.place import Place
from bench.report import Aim, Figure, Report
from bench.served import serving

WARM = 20
_AT_ONCE = 50
_REST_SECONDS = 2.0


async def run(place: Place, scale: float = 1.0) -> Report:
    count = max(_AT_ONCE, round(1000 * scale))
    with serving(place, "api", place.database()) as port:
        kilobytes = await _measure(port, count)
    figures = (Figure("memory of an idle socket (RSS)", kilobytes, "KB", Aim(most=30)),)
    return Report("sockets", figures, f"{count} windows that are open and say nothing")


async def _measure(port: int, count: int) -> float:
    server = _serving_on(port)
    async with AsyncExitStack() as windows:
        sessions = await _sessions(port, WARM + count)
        await _open(windows, port, sessions[:WARM])
        before = await _rested(server)
        await _open(windows, port, sessions[WARM:])
        return (await _rested(server) - before) / 1024 / count


def _serving_on(port: int) -> psutil.Process:
    children = psutil.Process(os.getpid()).children(recursive=True)
    return next(child for child in children if child.cmdline()[-1] == str(port))


async def _rested(server: psutil.Process) -> int:
    await asyncio.sleep(_REST_SECONDS)
    return int(server.memory_info().rss)


async def _sessions(port: int, count: int) -> list[dict[str, str]]:
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        return [
            (await client.post("/api/v1/sessions", json={})).raise_for_status().json() for _ in range(count)
        ]


async def _open(windows: AsyncExitStack, port: int, sessions: list[dict[str, str]]) -> None:
    async def one(session: dict[str, str]) -> None:
        words = [Subprotocol(word) for word in ("frontdesk", session["token"])]
        address = f"ws://127.0.0.1:{port}/ws?session_id={session['session_id']}"
        await windows.enter_async_context(connect(address, subprotocols=words))

    for start in range(0, len(sessions), _AT_ONCE):
        await asyncio.gather(*map(one, sessions[start : start + _AT_ONCE]))
