"""A run may let go of its lane in its last transaction: then that commit is the end of it, and nothing else is."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.db.pool import Database, execute, fetch_value
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.engine.signals import Signals
from frontdesk.engine.worker import LaneWork, Worker
from frontdesk.errors import LaneLost
from frontdesk.kit.tasks import end


@pytest.fixture
async def lanes(dsn: str) -> AsyncIterator[Lanes]:
    signals = Signals()
    db = Database(dsn, size=6, on_signal=signals.send)
    await db.open()
    async with db.connection() as conn:
        await execute(conn, "truncate lane")
    yield Lanes(db, signals, lease=0.3)
    await db.close()


async def wake(lanes: Lanes) -> None:
    async with lanes.db.transaction() as conn:
        await lanes.wake(conn, "t", "a")


async def test_who_let_go_of_its_lane_writes_nothing_more(lanes: Lanes) -> None:
    await wake(lanes)
    [claim] = await lanes.claim({"t": 1})
    run = LaneRun(lanes, claim)
    async with run.transaction() as conn:
        await run.finish(conn)
    with pytest.raises(LaneLost):
        async with run.transaction() as conn:
            await execute(conn, "update lane set last_error = 'late'")
    async with lanes.db.connection() as conn:
        assert await fetch_value(conn, "select last_error from lane") is None


async def test_a_wake_up_between_the_last_words_and_the_commit_makes_another_run(lanes: Lanes) -> None:
    await wake(lanes)
    runs: list[int] = []

    async def handler(run: LaneRun) -> None:
        runs.append(run.claim.epoch)
        async with run.transaction() as conn:
            if len(runs) == 1:
                await wake(lanes)
            await run.finish(conn)

    worker = asyncio.create_task(Worker(lanes, {"t": LaneWork(handler)}).run())
    async with asyncio.timeout(20):
        while len(runs) < 2:  # noqa: ASYNC110  # the list tells nobody
            await asyncio.sleep(0.01)
    await end([worker])
    assert len(set(runs)) == len(runs)


async def test_a_run_that_has_let_go_comes_to_its_end_although_no_lease_is_renewed(lanes: Lanes) -> None:
    """The renewal finds nothing of it, which elsewhere means that another worker has the lane."""
    await wake(lanes)
    ended = asyncio.Event()

    async def handler(run: LaneRun) -> None:
        async with run.transaction() as conn:
            await run.finish(conn)
        await asyncio.sleep(4 * lanes.lease.total_seconds() / 3)
        ended.set()

    worker = asyncio.create_task(Worker(lanes, {"t": LaneWork(handler)}).run())
    async with asyncio.timeout(20):
        await ended.wait()
    await end([worker])
