"""Signals wake sleeping workers: at once in this process, by a coalesced NOTIFY in the others.

The NOTIFY goes out after the commit on a connection of its own: inside the transaction it would
serialise all commits of the database. Each costs a transaction, so a process that is alone sends none:
who listens holds an advisory lock, and who sends looks for others' locks once a second.
"""

import asyncio
import secrets
import time
from collections import defaultdict
from typing import LiteralString

import psycopg
import structlog

from frontdesk.engine.presence import PRESENT
from frontdesk.kit.tasks import end, not_cancelled

CHANNEL = "frontdesk"
_LOOK_SECONDS = 1.0
"""A process that has just begun to listen misses signals for so long; every listener polls as often."""
_CLASS = 0x51941
"""Of the advisory locks of those who listen."""
_OTHERS: LiteralString = f"select exists ({PRESENT} and objid <> %(own)s)"
_log = structlog.get_logger("frontdesk.signals")


class Signals:
    """One per process. `ring()` is cheap and may be called a thousand times a second."""

    def __init__(self, dsn: str | None = None, spacing: float = 0.005) -> None:
        self._dsn = dsn
        self._spacing = spacing
        self._number = secrets.randbits(31)
        self._name = f"{self._number:08x}"
        self._has_company = True
        self._looked_at = 0.0
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
                        if await self._others_listen(conn):
                            payloads = [f"{self._name} {signal}" for signal in signals]
                            await conn.execute(
                                "select pg_notify(%s, payload) from unnest(%s::text[]) payload",
                                (CHANNEL, payloads),
                            )
                        await asyncio.sleep(self._spacing)
            except psycopg.OperationalError:
                _log.warning("signals_unreachable", direction="out")
                await asyncio.sleep(1)

    async def _others_listen(self, conn: psycopg.AsyncConnection) -> bool:
        now = time.monotonic()
        if now - self._looked_at >= _LOOK_SECONDS:
            cursor = await conn.execute(_OTHERS, {"class": _CLASS, "own": self._number})
            row = await cursor.fetchone()
            self._has_company, self._looked_at = row is None or bool(row[0]), now
        return self._has_company

    async def _hear(self, dsn: str) -> None:
        while not_cancelled():
            try:
                async with await psycopg.AsyncConnection.connect(
                    dsn, autocommit=True, connect_timeout=5
                ) as conn:
                    await conn.execute(f"listen {CHANNEL}")
                    await conn.execute("select pg_advisory_lock_shared(%s, %s)", (_CLASS, self._number))
                    async for notice in conn.notifies():
                        sender, _, signal = notice.payload.partition(" ")
                        if sender != self._name:
                            self.send_here(signal)
            except psycopg.OperationalError:
                _log.warning("signals_unreachable", direction="in")
                await asyncio.sleep(1)
