"""Durable followers of the tickets' log: what each of them does is done for every entry, and done once.

A follower is one object in the desk's list; its cursor is kept in the database. Each has a lane of its own,
`follow:<name>`, so that one process at a time runs it and a failing one holds up no other. A follower that
was given up stays visible as a parked lane and is tried again every few minutes: it skips nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import assert_never

import structlog
from prometheus_client import Gauge

from frontdesk.db.pool import Connection, Database, execute, fetch_all, fetch_one
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.errors import LaneLost, SetupError, TemporaryError
from frontdesk.kit.tasks import not_cancelled
from frontdesk.terms import LaneKind
from frontdesk.tickets import log, log_cursor
from frontdesk.tickets.log import Entry
from frontdesk.tickets.log_cursor import BEGINNING, Cursor

PARKED_FOR = timedelta(minutes=5)
"""After so long a follower that was given up is tried again."""
POLL_SECONDS = 1.0
"""The net below the signals: no entry waits longer than this to be noticed."""
COUNTED = 10_000
"""A longer lag is not counted any further."""
_GATHER_SECONDS = 0.01

_log = structlog.get_logger("frontdesk.followers")
_entries = Gauge("support_follower_lag_entries", "Entries of the log not yet consumed", ["follower"])
_seconds = Gauge("support_follower_lag_seconds", "Age of the oldest entry not yet consumed", ["follower"])

_LAGS = """
    select c.consumer, count(e.created_at) as entries,
        coalesce(extract(epoch from clock_timestamp() - min(e.created_at)), 0)::float8 as seconds
    from log_cursor c left join lateral (
        select created_at from ticket_event
         where xact >= c.horizon and not event_id <@ c.beyond order by xact, event_id limit %(counted)s
    ) e on true
    where c.consumer = any(%(names)s) group by c.consumer
"""


class Start(StrEnum):
    NOW = "now"
    BEGINNING = "beginning"


@dataclass(frozen=True, slots=True)
class InTransaction:
    """An effect in the database: done on the connection that is given, it commits together with the cursor."""

    apply: Callable[[Connection, Sequence[Entry]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Outside:
    """An effect elsewhere, with no transaction open meanwhile.

    A batch may be given again after a crash, whole or in part: the effect must be idempotent by `event_id`.
    """

    deliver: Callable[[Sequence[Entry]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Follower:
    """A named consumer of the log. It gets every entry; those of one ticket in the order of their writing."""

    name: str
    """Names the cursor and the lane: a new name starts anew."""
    effect: InTransaction | Outside
    start: Start = Start.NOW
    """Where the very first run begins."""
    batch: int = 500
    """About so many entries at a time."""


@dataclass(frozen=True, slots=True)
class Lag:
    consumer: str
    entries: int
    """At most `COUNTED`."""
    seconds: float
    """Age of the oldest of them; 0 where there is none."""


class Followers:
    """The followers of one desk. Raises `SetupError` where two have the same name."""

    def __init__(self, db: Database, lanes: Lanes, followers: Sequence[Follower]) -> None:
        self._db = db
        self._lanes = lanes
        self._by_name = {follower.name: follower for follower in followers}
        if len(self._by_name) < len(followers):
            raise SetupError("two followers of the log have the same name")

    def __len__(self) -> int:
        return len(self._by_name)

    def __iter__(self) -> Iterator[Follower]:
        return iter(self._by_name.values())

    async def start(self) -> None:
        """Note where each new follower begins; what is written from now on reaches it."""
        async with self._db.transaction() as conn:
            for follower in self:
                await _open_cursor(conn, follower)

    async def run(self, run: LaneRun) -> None:
        """Lane follow:<name>: the next batch."""
        follower = self._by_name.get(run.subject)
        if follower is None:
            _log.warning("unknown_follower", follower=run.subject)  # another version's: it will remind again
            return
        match follower.effect:
            case InTransaction(apply):
                await self._apply(run, follower, apply)
            case Outside(deliver):
                await self._deliver(run, follower, deliver)
            case _:
                assert_never(follower.effect)

    async def keep_up(self) -> None:
        """Until cancelled: wake the followers that have something to read, and measure how far behind they are."""
        woken = self._lanes.signals.listen(log.SIGNAL)
        try:
            while not_cancelled():
                woken.clear()
                with suppress(TemporaryError):  # workers tell that the database is away
                    await self._remind()
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await woken.wait()
                await asyncio.sleep(_GATHER_SECONDS)  # a burst of entries is one wake-up
        finally:
            self._lanes.signals.forget(log.SIGNAL, woken)

    async def lags(self) -> list[Lag]:
        """How far each follower is behind."""
        async with self._db.connection() as conn:
            return await fetch_all(conn, Lag, _LAGS, {"names": list(self._by_name), "counted": COUNTED})

    async def _remind(self) -> None:
        lags = await self.lags()
        for lag in lags:
            _entries.labels(lag.consumer).set(lag.entries)
            _seconds.labels(lag.consumer).set(lag.seconds)
        behind = [lag.consumer for lag in lags if lag.entries]
        if behind:
            async with self._db.connection() as conn:
                await self._lanes.remind(conn, LaneKind.FOLLOW, behind, PARKED_FOR)

    async def _apply(
        self,
        run: LaneRun,
        follower: Follower,
        apply: Callable[[Connection, Sequence[Entry]], Awaitable[None]],
    ) -> None:
        async with run.transaction() as conn:
            cursor = await _open_cursor(conn, follower)
            entries = await log_cursor.unread(conn, cursor, follower.batch)
            if entries:
                await apply(conn, entries)
                await self._move(run, conn, follower, cursor, entries)

    async def _deliver(
        self, run: LaneRun, follower: Follower, deliver: Callable[[Sequence[Entry]], Awaitable[None]]
    ) -> None:
        async with run.transaction() as conn:
            cursor = await _open_cursor(conn, follower)
            entries = await log_cursor.unread(conn, cursor, follower.batch)
        if not entries:
            return
        await deliver(entries)
        async with run.transaction() as conn:
            if await _open_cursor(conn, follower) != cursor:
                raise LaneLost(f"follower {follower.name} was run by another worker")
            await self._move(run, conn, follower, cursor, entries)

    async def _move(
        self, run: LaneRun, conn: Connection, follower: Follower, cursor: Cursor, entries: Sequence[Entry]
    ) -> None:
        """Past these entries, and go on at once where the batch was full."""
        reached = await log_cursor.advance(conn, cursor, entries)
        await execute(
            conn,
            "update log_cursor set horizon = %s::text::xid8, beyond = %s::int8multirange, updated_at = now()"
            " where consumer = %s",
            (str(reached.horizon), reached.beyond, follower.name),
        )
        if len(entries) >= follower.batch:
            await run.again(conn, datetime.now(UTC))


async def _open_cursor(conn: Connection, follower: Follower) -> Cursor:
    """The follower's cursor, locked until the transaction ends; made where it has none yet."""
    locked = "select horizon::text::bigint, beyond::text from log_cursor where consumer = %s for update"
    kept = await fetch_one(conn, Cursor, locked, (follower.name,))
    if kept is not None:
        return kept
    first = BEGINNING if follower.start is Start.BEGINNING else await log_cursor.at_end(conn)
    await execute(
        conn,
        "insert into log_cursor (consumer, horizon, beyond) values (%s, %s::text::xid8, %s::int8multirange)"
        " on conflict do nothing",
        (follower.name, str(first.horizon), first.beyond),
    )
    kept = await fetch_one(conn, Cursor, locked, (follower.name,))
    assert kept is not None
    return kept
