"""Who is missing, what a clock that went back left in the future, and which lanes must not run among many."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.db.pool import execute, fetch_value
from frontdesk.engine import attendance
from frontdesk.engine.attendance import Attendance
from frontdesk.engine.lanes import Lanes
from frontdesk.kit.tasks import end
from tests.engine.working import lanes_on, until

LEASE = 300.0


@pytest.fixture
async def lanes(dsn: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Lanes]:
    monkeypatch.setattr(attendance, "PATIENCE", timedelta(0))  # the tests' server may have just been started
    async with lanes_on(dsn, LEASE) as opened:
        yield opened


async def wake(lanes: Lanes, subject: str, at: datetime | None = None) -> None:
    async with lanes.db.transaction() as conn:
        await lanes.wake(conn, "t", subject, at)


async def looks(lanes: Lanes, seen_by: Attendance, times: int = 1) -> None:
    async with lanes.db.connection() as conn:
        for _ in range(times):
            await seen_by.look(conn)


async def test_the_lanes_of_a_worker_that_is_missing_twice_are_free_at_once(lanes: Lanes) -> None:
    await wake(lanes, "a")
    await lanes.claim({"t": 1}, worker=7)
    watcher = Attendance(lanes)
    await looks(lanes, watcher)
    assert await lanes.claim({"t": 1}) == []
    await looks(lanes, watcher)
    [claim] = await lanes.claim({"t": 1})
    assert (claim.attempts, claim.deaths) == (0, 1)


async def test_the_lanes_of_a_worker_that_holds_its_lock_stay_its_own(lanes: Lanes) -> None:
    living = Attendance(lanes)
    keeping = asyncio.create_task(living.keep())
    await living.held.wait()
    await wake(lanes, "a")
    await lanes.claim({"t": 1}, worker=living.worker)
    await looks(lanes, Attendance(lanes), times=3)
    assert await lanes.claim({"t": 1}) == []
    await end([keeping])
    watcher = Attendance(lanes)

    async def is_free() -> bool:
        await looks(lanes, watcher)
        return bool(await lanes.claim({"t": 1}))

    await until(is_free)


async def test_who_cannot_be_judged_keeps_its_lease(lanes: Lanes) -> None:
    await wake(lanes, "a")
    await lanes.claim({"t": 1}, worker=None)
    await looks(lanes, Attendance(lanes), times=3)
    assert await lanes.claim({"t": 1}) == []


@pytest.mark.parametrize("what", ["timer", "lease", "parked"])
async def test_a_clock_an_hour_back_makes_nobody_wait_an_hour(lanes: Lanes, what: str) -> None:
    await wake(lanes, "a", datetime.now(UTC) + timedelta(seconds=9) if what == "timer" else None)
    if what != "timer":
        await lanes.claim({"t": 1})
    async with lanes.db.connection() as conn:
        if what == "parked":
            await execute(conn, "update lane set lease_until = null, parked_at = now()")
        await execute(
            conn,
            "update lane set due_at = due_at + '1 h', lease_until = lease_until + '1 h',"
            " parked_at = parked_at + '1 h', set_at = set_at + '1 h'",
        )
        await looks(lanes, Attendance(lanes))
        column = {"timer": "due_at", "lease": "lease_until", "parked": "parked_at"}[what]
        longest = {"timer": 10, "lease": LEASE + 1, "parked": 1}[what]
        wait = await fetch_value(conn, f"select extract(epoch from {column} - now())::float from lane")
    assert wait < longest


async def test_a_lane_that_saw_two_deaths_is_told_of_and_not_claimed_among_many(lanes: Lanes) -> None:
    await wake(lanes, "a")
    watcher = Attendance(lanes)
    for deaths, is_suspect in ((1, False), (2, True), (3, True)):
        async with lanes.db.connection() as conn:
            await execute(conn, "update lane set deaths = %s", (deaths,))
        await looks(lanes, watcher)
        assert watcher.suspects is is_suspect
    assert await lanes.claim({"t": 1}) == []
