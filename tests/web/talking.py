"""A chat window of the tests: a real WebSocket to a real server."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from frontdesk.desk import Desk
from frontdesk.kit.tasks import end
from frontdesk.roles import run_roles

Frame = dict[str, Any]
SECONDS = 20.0


@asynccontextmanager
async def served(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    """The desk's own server on its port, a worker beside it; a client of its API."""
    listening = asyncio.Event()
    server = asyncio.create_task(run_roles(desk, {"api", "worker"}, listening.set))
    ready = asyncio.create_task(listening.wait())
    await asyncio.wait([server, ready], return_when=asyncio.FIRST_COMPLETED)
    if server.done():
        server.result()
    try:
        async with httpx2.AsyncClient(base_url=desk.settings.base_url, timeout=60) as client:
            yield client
    finally:
        await end([server])


@dataclass(frozen=True)
class Visitor:
    """A chat session, and how its windows are opened."""

    address: str
    session_id: str
    token: str

    @asynccontextmanager
    async def window(self, **options: Any) -> AsyncIterator["Window"]:
        given: dict[str, Any] = {"subprotocols": ["frontdesk", self.token], "max_size": None} | options
        async with connect(f"{self.address}/ws?session_id={self.session_id}", **given) as wire:
            window = Window(wire)
            reading = asyncio.create_task(window.read())
            try:
                yield window
            finally:
                await end([reading])


@dataclass
class Window:
    """Everything that came over one socket, in order."""

    wire: ClientConnection
    frames: list[Frame] = field(default_factory=list)
    _came: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False

    async def read(self) -> None:
        try:
            async for text in self.wire:
                self.frames.append(json.loads(text))
                self._came.set()
        except ConnectionClosed:
            pass
        self.closed = True
        self._came.set()

    async def send(self, type: str, **fields: Any) -> None:
        await self.wire.send(json.dumps({"type": type, **fields}))

    async def say(self, content: str, client_msg_id: str) -> None:
        await self.send("message", client_msg_id=client_msg_id, content=content)

    async def until(self, true: Callable[["Window"], bool]) -> None:
        """Wait until the frames satisfy the condition; fails with what did come."""
        try:
            async with asyncio.timeout(SECONDS):
                while not true(self):
                    assert not self.closed, f"the socket was closed: {self.wire.close_code}; {self.frames}"
                    self._came.clear()
                    await self._came.wait()
        except TimeoutError:
            raise AssertionError(f"it did not come; these did: {self.frames}") from None

    async def first(self, type: str, n: int = 1, **fields: Any) -> Frame:
        """The n-th frame of that type that has these fields, once it is there."""
        wanted = lambda window: len(window.of(type, **fields)) >= n  # noqa: E731
        await self.until(wanted)
        return self.of(type, **fields)[n - 1]

    async def gone(self) -> int:
        """The code with which the server closed."""
        async with asyncio.timeout(SECONDS):
            await self.wire.wait_closed()
        return int(self.wire.close_code or 0)

    async def settled(self) -> None:
        """Everything that was on the way when this was called has come."""
        pongs = len(self.of("pong"))
        await self.send("ping")
        await self.first("pong", pongs + 1)

    def of(self, type: str, **fields: Any) -> list[Frame]:
        return [frame for frame in self.frames if frame["type"] == type and fields.items() <= frame.items()]

    def streamed(self, message_id: str) -> str:
        """The chunks of one reply, which must be numbered from 0 without a gap."""
        chunks = self.of("text", message_id=message_id)
        assert [frame["n"] for frame in chunks] == list(range(len(chunks)))
        return "".join(frame["content"] for frame in chunks)

    def shown(self) -> list[str]:
        """The contents of whole messages, as they were shown."""
        return [
            frame["message"]["content"] for frame in self.frames if frame["type"] in ("message", "complete")
        ]


async def visit(client: httpx2.AsyncClient, **fields: Any) -> Visitor:
    opened = await client.post("/api/v1/sessions", json=fields)
    assert opened.status_code == 201, opened.text
    address = str(client.base_url).rstrip("/").replace("http://", "ws://")
    return Visitor(address, opened.json()["session_id"], opened.json()["token"])
