"""A kind of lane that computes runs few at once, however many are due."""

import asyncio

from frontdesk.engine.lanes import LaneRun
from frontdesk.engine.worker import LaneWork
from tests.engine.working import lanes_on, working


async def test_no_more_runs_at_once_than_its_kind_allows(dsn: str) -> None:
    running, most, left = 0, 0, 30
    done = asyncio.Event()

    async def handler(run: LaneRun) -> None:
        nonlocal running, most, left
        running, left = running + 1, left - 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        if not left:
            done.set()

    async with lanes_on(dsn, lease=10.0) as lanes:
        async with lanes.db.transaction() as conn:
            for n in range(left):
                await lanes.wake(conn, "t", str(n))
        async with working(lanes, {"t": LaneWork(handler, at_once=3)}), asyncio.timeout(60):
            await done.wait()
    assert most == 3
