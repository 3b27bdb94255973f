"""Clocks: rounds again and again, one at a time in the whole system, whatever fails."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.db.pool import execute, fetch_value
from frontdesk.engine.clock import Clock, Clocks, Cron, Every
from frontdesk.engine.lanes import MAX_ATTEMPTS, LaneRun, Lanes
from frontdesk.engine.worker import LaneWork
from frontdesk.errors import SetupError
from frontdesk.terms import LaneKind
from tests.engine.working import lanes_on, until, working

SOON = Every(timedelta(milliseconds=20))
HOURLY = Every(timedelta(hours=1))


def work(clocks: Clocks) -> dict[str, LaneWork]:
    return {LaneKind.CLOCK: LaneWork(clocks.run, clocks.go_on)}


class Rounds:
    """Counts rounds; the first ones may fail."""

    def __init__(self, failures: int = 0, more: int = 0) -> None:
        self.count = 0
        self._failures = failures
        self._more = more
        self._came = asyncio.Event()

    async def round(self, run: LaneRun) -> bool:
        self.count += 1
        self._came.set()
        if self.count <= self._failures:
            raise RuntimeError("this round fails")
        return self.count <= self._more

    async def reach(self, count: int) -> None:
        async with asyncio.timeout(20):
            while self.count < count:
                self._came.clear()
                await self._came.wait()


async def test_rounds_follow_each_other(lanes: Lanes) -> None:
    rounds = Rounds()
    clocks = Clocks(lanes, [Clock("tick", SOON, rounds.round)])
    await clocks.start()
    async with working(lanes, work(clocks)):
        await rounds.reach(4)


async def test_a_round_that_left_something_to_do_is_followed_at_once(lanes: Lanes) -> None:
    rounds = Rounds(more=3)
    clocks = Clocks(lanes, [Clock("tick", HOURLY, rounds.round)])
    await clocks.start()
    async with working(lanes, work(clocks)):
        await rounds.reach(4)


async def test_a_clock_that_fails_stops_neither_itself_nor_the_others(lanes: Lanes) -> None:
    broken, well = Rounds(failures=2), Rounds()
    clocks = Clocks(lanes, [Clock("broken", SOON, broken.round), Clock("well", SOON, well.round)])
    await clocks.start()
    async with working(lanes, work(clocks)):
        await well.reach(3)
        await broken.reach(5)


async def test_the_dead_end_of_a_clock_is_its_next_round(lanes: Lanes) -> None:
    clocks = Clocks(lanes, [Clock("tick", HOURLY, Rounds(failures=1).round)])
    await clocks.start()
    async with lanes.db.connection() as conn:
        await execute(conn, "update lane set attempts = %s", (MAX_ATTEMPTS,))

    goes_on = (
        "select attempts = 0 and lease_until is null and parked_at is null and due_at < 'infinity' from lane"
    )

    async def has_a_next_round() -> bool:
        async with lanes.db.connection() as conn:
            return bool(await fetch_value(conn, goes_on))

    async with working(lanes, work(clocks)):
        await until(has_a_next_round)


async def test_two_processes_never_run_the_same_clock_at_once(dsn: str) -> None:
    inside, most, rounds = 0, 0, 0
    enough = asyncio.Event()

    async def once(run: LaneRun) -> bool:
        nonlocal inside, most, rounds
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.01)
        inside -= 1
        rounds += 1
        if rounds >= 20:
            enough.set()
        return True

    async with lanes_on(dsn, lease=30) as here, lanes_on(dsn, lease=30) as there:
        both = [Clocks(lanes, [Clock("tick", SOON, once)]) for lanes in (here, there)]
        for clocks in both:
            await clocks.start()
        async with working(here, work(both[0])), working(there, work(both[1])), asyncio.timeout(20):
            await enough.wait()
    assert most == 1


async def test_a_clock_of_another_version_is_left_alone(lanes: Lanes) -> None:
    await Clocks(lanes, [Clock("theirs", SOON, Rounds().round)]).start()
    ours = Clocks(lanes, [])

    async def rests() -> bool:
        async with lanes.db.connection() as conn:
            return bool(await fetch_value(conn, "select due_at = 'infinity' and parked_at is null from lane"))

    async with working(lanes, work(ours)):
        await until(rests)


async def test_a_start_does_not_bring_forward_what_is_written_in_cron(lanes: Lanes) -> None:
    await Clocks(lanes, [Clock("nightly", Cron("17 3 * * *"), Rounds().round)]).start()
    async with lanes.db.connection() as conn:
        due: datetime = await fetch_value(conn, "select due_at from lane")
    assert due > datetime.now(UTC)
    assert (due.astimezone(UTC).hour, due.minute) == (3, 17)


@pytest.mark.parametrize("wrong", ["", "soon", "61 * * * *", "* * *"])
def test_a_wrong_cron_expression_is_refused(wrong: str) -> None:
    with pytest.raises(SetupError, match="no cron expression"):
        Cron(wrong)


def test_two_clocks_of_one_name_are_refused(lanes: Lanes) -> None:
    with pytest.raises(SetupError, match="same name"):
        Clocks(lanes, [Clock("a", SOON, Rounds().round), Clock("a", HOURLY, Rounds().round)])
