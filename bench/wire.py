"""A cheap HTTP/1.1 client: connections stay open, each with one request at a time."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

Body = Callable[[int], bytes]
"""The n-th request's body."""


@dataclass(slots=True)
class Load:
    """The results of sending requests for some time."""

    seconds: float = 0.0
    answers: Counter[int] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    sent: int = 0

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds


class _Connection(asyncio.Protocol):
    def __init__(self, load: Load, head: bytes, body: Body, until: float) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._load = load
        self._head = head
        self._body = body
        self._until = until
        self._began = 0.0
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._next()

    def _next(self) -> None:
        if time.perf_counter() >= self._until:
            self._transport.close()
            return
        body = self._body(self._load.sent)
        self._load.sent += 1
        self._began = time.perf_counter()
        self._transport.write(self._head + b"content-length: %d\r\n\r\n" % len(body) + body)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        if not end or len(rest) < _length(head):
            return
        self._buffer = b""
        self._load.answers[int(head[9:12])] += 1
        self._load.took.append(time.perf_counter() - self._began)
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def post(port: int, path: str, body: Body, connections: int, seconds: float) -> Load:
    """Post over several connections at once; each sends its next request as soon as it has an answer."""
    load = Load()
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n"
        "content-type: application/json\r\naccept: application/json\r\n"
    ).encode()
    began = time.perf_counter()
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(
            lambda: _Connection(load, head, body, began + seconds), "127.0.0.1", port
        )
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.ended for _, connection in opened))
    load.seconds = time.perf_counter() - began
    return load
