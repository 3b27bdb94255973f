"""A worker of the tests, on lanes of its own database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from frontdesk.db.pool import Database
from frontdesk.engine.lanes import Lanes
from frontdesk.engine.signals import Signals
from frontdesk.engine.worker import LaneWork, Worker
from frontdesk.kit.tasks import end


@asynccontextmanager
async def lanes_on(dsn: str, lease: float = 1.0) -> AsyncIterator[Lanes]:
    """Lanes of a process of its own: a pool, and signals that reach the others."""
    signals = Signals(dsn)
    db = Database(dsn, size=6, on_signal=signals.send)
    await db.open()
    await signals.start()
    try:
        yield Lanes(db, signals, lease)
    finally:
        await signals.stop()
        await db.close()


@asynccontextmanager
async def working(lanes: Lanes, work: Mapping[str, LaneWork]) -> AsyncIterator[None]:
    worker = Worker(lanes, work)
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        await end([task])


async def until(true: Callable[[], Awaitable[object]], seconds: float = 30.0) -> None:
    """Wait until what is asked comes true; no event tells of a row in the database."""
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110  # see above
            await asyncio.sleep(0.02)
