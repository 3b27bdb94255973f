"""Channels that have to be asked: one process at a time asks each, and keeps what came with its place.

Each has a lane of its own, `poll:<channel>/<account>`. The events of one look and the cursor behind them are
kept in one fenced transaction: killed at any moment nothing is lost, and what comes again is a duplicate.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from datetime import UTC, datetime, timedelta

from frontdesk.channels.channel import Channel, Channels, Polled, Poller
from frontdesk.db.pool import Connection, Database, execute, fetch_value
from frontdesk.engine.disk import RETRY_AFTER, Disk
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.errors import TemporaryError
from frontdesk.intake.accept import Delivery, accept_delivery
from frontdesk.intake.trace import traced
from frontdesk.kit.tasks import not_cancelled
from frontdesk.terms import LaneKind

RUN_SECONDS = 60.0
"""So long one run asks; the next goes on where it was."""
PAUSE = timedelta(seconds=5)
"""Before a channel that had no more to say is asked again."""
PARKED_FOR = timedelta(minutes=5)
"""After so long a channel that was given up is tried again."""
_LOOK_SECONDS = 30.0


class Polling:
    """The channel accounts of one desk that have to be asked."""

    def __init__(self, db: Database, lanes: Lanes, channels: Channels, disk: Disk) -> None:
        self._db = db
        self._lanes = lanes
        self._disk = disk
        self._pollers = {_name(channel): channel for channel in channels if isinstance(channel, Poller)}

    def __len__(self) -> int:
        return len(self._pollers)

    async def start(self) -> None:
        """Ask every channel soon."""
        async with self._db.connection() as conn:
            await self._lanes.remind(conn, LaneKind.POLL, list(self._pollers), PARKED_FOR)

    async def keep_up(self) -> None:
        """Until cancelled: see to it that every channel is asked, whoever stopped asking."""
        while not_cancelled():
            await asyncio.sleep(_LOOK_SECONDS)
            with suppress(TemporaryError):  # workers tell that the database is away
                await self.start()

    async def run(self, run: LaneRun) -> None:
        """Lane poll:<channel>/<account>: ask for a while, and have it asked again."""
        poller = self._pollers.get(run.subject)
        if poller is None:  # its account is not configured here
            return
        if self._disk.is_low:  # what is not taken stays where it is
            async with run.transaction() as conn:
                await run.again(conn, datetime.now(UTC) + timedelta(seconds=RETRY_AFTER))
            return
        async with self._db.connection() as conn:
            cursor = await _cursor(conn, run.subject)
        loop = asyncio.get_running_loop()
        until = loop.time() + RUN_SECONDS
        async with aclosing(poller.poll(cursor)) as looks:
            while (look := await _next(looks, until)) is not None:
                await self._keep(run, look)
        pause = timedelta(0) if loop.time() >= until else PAUSE
        async with run.transaction() as conn:
            await run.again(conn, datetime.now(UTC) + pause)

    async def _keep(self, run: LaneRun, look: Polled) -> None:
        async with run.transaction() as conn:
            if look.events or look.body:
                delivery = Delivery(run.subject, look.body, look.content_type)
                events = [traced(event) for event in look.events]
                await accept_delivery(conn, self._lanes, delivery, events, look.failure)
            await _go_on_from(conn, run.subject, look.cursor)


def _name(channel: Channel) -> str:
    return f"{channel.name}/{channel.account}"


async def _next(looks: AsyncGenerator[Polled, None], until: float) -> Polled | None:
    """What the channel says next; None where it has no more to say, or says nothing until then."""
    try:
        async with asyncio.timeout_at(until):
            return await anext(looks, None)
    except TimeoutError:
        return None


async def _cursor(conn: Connection, source: str) -> str | None:
    cursor = await fetch_value(conn, "select cursor from poll_cursor where source = %s", (source,))
    return None if cursor is None else str(cursor)


async def _go_on_from(conn: Connection, source: str, cursor: str) -> None:
    await execute(
        conn,
        "insert into poll_cursor (source, cursor) values (%s, %s)"
        " on conflict (source) do update set cursor = excluded.cursor, updated_at = now()",
        (source, cursor),
    )
