"""Signals wake sleeping workers: at once in this process, by a coalesced NOTIFY in the others.

The NOTIFY goes out after the commit on a connection of its own: inside the transaction it would
serialise all commits of the database.
"""

import asyncio
import secrets
from collections import defaultdict

import psycopg
import structlog

from frontdesk.kit.tasks import end, not_cancelled

CHANNEL = "frontdesk"
_log = structlog.get_logger("frontdesk.signals")


class Signals:
    """One per process. `ring()` is cheap and may be called a thousand times a second."""

    def __init__(self, dsn: str | None = None, spacing: float = 0.005) -> None:
        self._dsn = dsn
        self._spacing = spacing
        self._name = secrets.token_hex(8)
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._pending: set[str] = set()
        self._outward = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Connect this process's signals with those of the others."""
        if self._dsn is not None:
            self._tasks = [
                asyncio.create_task(self._tell(self._dsn)),
                asyncio.create_task(self._hear(self._dsn)),
            ]

    async def stop(self) -> None:
        await end(self._tasks)
        self._tasks = []

    def listen(self, signal: str) -> asyncio.Event:
        """An event that each sending of this signal sets; the listener clears it."""
        event = asyncio.Event()
        self._listeners[signal].add(event)
        return event

    def forget(self, signal: str, event: asyncio.Event) -> None:
        self._listeners[signal].discard(event)

    def send(self, signal: str) -> None:
        self.send_here(signal)
        if self._tasks:
            self._pending.add(signal)
            self._outward.set()

    def send_here(self, signal: str) -> None:
        for event in self._listeners[signal]:
            event.set()

    async def _tell(self, dsn: str) -> None:
        while not_cancelled():
            try:
                async with await psycopg.AsyncConnection.connect(
                    dsn, autocommit=True, connect_timeout=5
                ) as conn:
                    # A lost signal costs a poll's second: no commit of it need wait for the disk.
                    await conn.execute("set synchronous_commit = off")
                    while not_cancelled():
                        await self._outward.wait()
                        self._outward.clear()
                        signals, self._pending = sorted(self._pending), set()
                        for signal in signals:
                            await conn.execute(
                                "select pg_notify(%s, %s)", (CHANNEL, f"{self._name} {signal}")
                            )
                        await asyncio.sleep(self._spacing)
            except psycopg.OperationalError:
                _log.warning("signals_unreachable", direction="out")
                await asyncio.sleep(1)

    async def _hear(self, dsn: str) -> None:
        while not_cancelled():
            try:
                async with await psycopg.AsyncConnection.connect(
                    dsn, autocommit=True, connect_timeout=5
                ) as conn:
                    await conn.execute(f"listen {CHANNEL}")
                    async for notice in conn.notifies():
                        sender, _, signal = notice.payload.partition(" ")
                        if sender != self._name:
                            self.send_here(signal)
            except psycopg.OperationalError:
                _log.warning("signals_unreachable", direction="in")
                await asyncio.sleep(1)
