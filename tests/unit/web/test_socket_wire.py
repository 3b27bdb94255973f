"""WebSockets on the wire: a client that never reads is cut off."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.utils import ClientDisconnected
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from frontdesk.web import socket_wire
from frontdesk.web.socket_wire import SocketWire

HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
FRAME = "x" * 100_000
Talk = Callable[[Callable[[Any], Awaitable[None]]], Awaitable[None]]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_wire, "STALLED_SECONDS", 0.3)


@asynccontextmanager
async def serving(talk: Talk, **config: Any) -> AsyncIterator[tuple[int, asyncio.Event, uvicorn.Server]]:
    """The port of a server that talks to every socket; the event is set once a talk has ended."""
    ended = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        try:
            await send({"type": "websocket.accept"})
            await talk(send)
        except ClientDisconnected:
            pass
        finally:
            ended.set()

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws=SocketWire, **config))
        task = asyncio.create_task(server.serve([listening]))
        while not server.started:  # noqa: ASYNC110  # uvicorn tells it nowhere else
            await asyncio.sleep(0.01)
        yield listening.getsockname()[1], ended, server
        server.should_exit = True
        await task


async def talks_for_ever(send: Callable[[Any], Awaitable[None]]) -> None:
    while True:
        await send({"type": "websocket.send", "text": FRAME})


async def gone(server: uvicorn.Server) -> None:
    async with asyncio.timeout(20):
        while server.server_state.connections:  # noqa: ASYNC110  # nothing tells it
            await asyncio.sleep(0.01)


async def test_who_never_reads_is_cut_off() -> None:
    async with serving(talks_for_ever) as (port, ended, server):
        with socket.create_connection(("127.0.0.1", port)) as silent:
            silent.sendall(HANDSHAKE)
            async with asyncio.timeout(20):
                await ended.wait()
            await gone(server)


async def test_who_reads_slowly_stays() -> None:
    async def talks(send: Callable[[Any], Awaitable[None]]) -> None:
        for _ in range(100):
            await send({"type": "websocket.send", "text": FRAME})

    async with (
        serving(talks) as (port, _ended, _server),
        connect(f"ws://127.0.0.1:{port}/ws", max_queue=1) as window,
    ):
        for _ in range(100):
            assert await window.recv() == FRAME
            await asyncio.sleep(0.01)


async def test_who_sends_too_much_reads_why_it_was_closed() -> None:
    async def listens(_send: Callable[[Any], Awaitable[None]]) -> None:
        await asyncio.sleep(30)

    async with serving(listens, ws_max_size=1024) as (port, _, server):
        for _ in range(5):
            async with connect(f"ws://127.0.0.1:{port}/ws", max_size=None, compression=None) as window:
                with suppress(ConnectionClosed):
                    await window.send("x" * 20 * 2**20)
                await window.wait_closed()
                assert window.close_code == 1009
        server.force_exit = True
