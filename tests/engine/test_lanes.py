"""Lanes: wake, claim, run, finish, fail, park, and the fence."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.db.pool import Database, execute, fetch_value
from frontdesk.engine import worker as workers
from frontdesk.engine.company import GIVE_UP_DEATHS
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.engine.signals import Signals
from frontdesk.engine.worker import DeadEnd, Handler, LaneWork, Worker
from frontdesk.errors import LaneLost, PermanentError, TemporaryError
from frontdesk.kit.tasks import end


@pytest.fixture
async def lanes(dsn: str) -> AsyncIterator[Lanes]:
    signals = Signals()
    db = Database(dsn, size=6, on_signal=signals.send)
    await db.open()
    yield Lanes(db, signals, lease=1.0)
    await db.close()


async def wake(lanes: Lanes, subject: str, at: datetime | None = None) -> None:
    async with lanes.db.transaction() as conn:
        await lanes.wake(conn, "t", subject, at)


@asynccontextmanager
async def working(lanes: Lanes, handler: Handler, dead_end: DeadEnd | None = None) -> AsyncIterator[Worker]:
    worker = Worker(lanes, {"t": LaneWork(handler, dead_end)})
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await end([task])


async def until(condition: object, seconds: float = 10.0) -> None:
    """Wait for a callable to come true, or fail."""
    deadline = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < deadline:
        result = condition()  # type: ignore[operator]
        if asyncio.iscoroutine(result):
            result = await result
        if result:
            return
        await asyncio.sleep(0.01)
    pytest.fail("it did not come true in time")


async def test_a_woken_lane_runs_once_for_ten_wake_ups(lanes: Lanes) -> None:
    runs: list[str] = []

    async def handler(run: LaneRun) -> None:
        runs.append(run.subject)

    for _ in range(10):
        await wake(lanes, "a")
    async with working(lanes, handler):
        await until(lambda: runs)
        await asyncio.sleep(0.1)
    assert runs == ["a"]


async def test_a_wake_up_during_the_run_makes_another_run_and_never_two_at_once(lanes: Lanes) -> None:
    started = asyncio.Event()
    running, most, runs = 0, 0, 0

    async def handler(run: LaneRun) -> None:
        nonlocal running, most, runs
        running += 1
        most = max(most, running)
        started.set()
        await asyncio.sleep(0.1)
        running -= 1
        runs += 1

    await wake(lanes, "a")
    async with working(lanes, handler), working(lanes, handler):
        await started.wait()
        await wake(lanes, "a")
        await until(lambda: runs == 2)
    assert most == 1


async def test_a_rolled_back_wake_up_never_happened(lanes: Lanes) -> None:
    async def fail_after_waking() -> None:
        async with lanes.db.transaction() as conn:
            await lanes.wake(conn, "t", "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_after_waking()
    assert await lanes.claim({"t": 10}) == []


async def test_a_timer_waits_and_an_earlier_wake_up_wins(lanes: Lanes) -> None:
    now = datetime.now(UTC)
    await wake(lanes, "a", now + timedelta(hours=1))
    assert await lanes.claim({"t": 10}) == []
    await wake(lanes, "a", now)
    await wake(lanes, "a", now + timedelta(hours=2))
    assert [claim.key for claim in await lanes.claim({"t": 10})] == ["t:a"]


async def test_a_lane_of_a_vanished_worker_is_taken_again_and_counts_as_a_death(lanes: Lanes) -> None:
    await wake(lanes, "a")
    [first] = await lanes.claim({"t": 10})
    assert await lanes.claim({"t": 10}) == []
    await asyncio.sleep(1.1)
    [second] = await lanes.claim({"t": 10})
    assert (second.epoch, second.attempts, second.deaths) == (first.epoch + 1, 0, 1)


async def test_an_orderly_stop_gives_back_what_runs_and_counts_nothing(
    lanes: Lanes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "GRACE_SECONDS", 0.1)
    started = asyncio.Event()

    async def handler(run: LaneRun) -> None:
        started.set()
        await asyncio.Event().wait()

    await wake(lanes, "a")
    async with working(lanes, handler):
        await started.wait()
    [claim] = await lanes.claim({"t": 10})
    assert (claim.attempts, claim.deaths) == (0, 0)


async def test_an_orderly_stop_lets_a_short_run_end(lanes: Lanes) -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    async def handler(run: LaneRun) -> None:
        started.set()
        await asyncio.sleep(0.1)
        ended.set()

    await wake(lanes, "a")
    async with working(lanes, handler):
        await started.wait()
    assert ended.is_set()
    assert await lanes.claim({"t": 10}) == []


async def test_no_more_is_claimed_than_can_begin(lanes: Lanes) -> None:
    """A crowd that waits for connections lies in the table, not claimed in a worker."""
    go = asyncio.Event()

    async def handler(run: LaneRun) -> None:
        async with run.transaction():
            await go.wait()

    async with lanes.db.transaction() as conn:
        for n in range(50):
            await lanes.wake(conn, "t", str(n))

    async def claimed() -> int:
        async with lanes.db.connection() as conn:
            return int(await fetch_value(conn, "select count(*) from lane where lease_until is not null"))

    async with working(lanes, handler):
        await until(claimed)
        await asyncio.sleep(0.2)
        assert await claimed() <= 4
        go.set()

        async def all_ended() -> bool:
            async with lanes.db.connection() as conn:
                return not await fetch_value(conn, "select count(*) from lane where due_at < 'infinity'")

        await until(all_ended)


async def test_who_lost_the_lane_can_write_nothing(lanes: Lanes) -> None:
    await wake(lanes, "a")
    [old] = await lanes.claim({"t": 10})
    await asyncio.sleep(1.1)
    await lanes.claim({"t": 10})
    with pytest.raises(LaneLost):
        async with LaneRun(lanes, old).transaction() as conn:
            await execute(conn, "insert into customer (customer_id) values ('ghost')")
    async with lanes.db.connection() as conn:
        assert await fetch_value(conn, "select count(*) from customer") == 0


async def test_a_stale_finish_does_not_free_the_lane_of_the_new_holder(lanes: Lanes) -> None:
    await wake(lanes, "a")
    [old] = await lanes.claim({"t": 10})
    await asyncio.sleep(1.1)
    [new] = await lanes.claim({"t": 10})
    await lanes.finish(old)
    await wake(lanes, "a")
    assert await lanes.claim({"t": 10}) == []
    assert await lanes.renew([new]) == {"t:a"}
    assert await lanes.renew([old]) == set()


async def test_a_long_run_keeps_its_lease(lanes: Lanes) -> None:
    runs = 0

    async def handler(run: LaneRun) -> None:
        nonlocal runs
        runs += 1
        await asyncio.sleep(2.5)

    await wake(lanes, "a")
    async with working(lanes, handler), working(lanes, handler):
        await asyncio.sleep(2.8)
    assert runs == 1


async def test_a_failing_run_is_repeated_with_backoff_and_then_succeeds(lanes: Lanes) -> None:
    tries: list[int] = []

    async def handler(run: LaneRun) -> None:
        tries.append(run.claim.attempts)
        if len(tries) < 3:
            raise TemporaryError("not yet", retry_after=0.05)

    await wake(lanes, "a")
    async with working(lanes, handler):
        await until(lambda: len(tries) == 3)
    assert tries == [0, 1, 2]


async def test_a_permanent_error_parks_at_once_and_a_wake_up_gives_a_fresh_start(lanes: Lanes) -> None:
    broken = True

    async def handler(run: LaneRun) -> None:
        if broken:
            raise PermanentError("no such recipient")

    await wake(lanes, "a")
    async with working(lanes, handler):
        await until(lanes.parked)
        [parked] = await lanes.parked()
        assert parked.last_error == "no such recipient"
        broken = False
        await wake(lanes, "a")

        async def empty() -> bool:
            return await lanes.parked() == []

        await until(empty)


async def test_a_lane_that_kills_its_workers_ends_at_a_person(lanes: Lanes) -> None:
    ends: list[str] = []

    async def handler(run: LaneRun) -> None:
        pytest.fail("a lane that killed its workers must not be run again")

    async def dead_end(run: LaneRun, error: str) -> None:
        ends.append(run.subject)
        async with run.transaction() as conn:
            await run.park(conn, error)

    await wake(lanes, "a")
    async with lanes.db.connection() as conn:
        await execute(conn, "update lane set deaths = %s", (GIVE_UP_DEATHS,))
    async with working(lanes, handler, dead_end):
        await until(lanes.parked)
    assert ends == ["a"]


async def test_hundreds_of_lanes_run_side_by_side_on_one_worker(lanes: Lanes) -> None:
    inside, ended = asyncio.Barrier(300), asyncio.Barrier(301)

    async def handler(run: LaneRun) -> None:
        await inside.wait()
        await ended.wait()

    async with lanes.db.transaction() as conn:
        for n in range(300):
            await lanes.wake(conn, "t", str(n))
    async with working(lanes, handler), asyncio.timeout(30):
        await ended.wait()
