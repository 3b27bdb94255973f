"""Durable followers: where they start, what a failing one does to the others, how far behind they are."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from frontdesk.db.pool import Connection, execute, fetch_value
from frontdesk.engine.lanes import Lanes
from frontdesk.engine.worker import LaneWork
from frontdesk.errors import PermanentError, SetupError
from frontdesk.kit.tasks import end
from frontdesk.terms import LaneKind
from frontdesk.tickets.followers import PARKED_FOR, Follower, Followers, InTransaction, Outside, Start
from frontdesk.tickets.log import Entry
from tests.engine.working import until, working
from tests.tickets.notes import note


async def write(lanes: Lanes, *tickets: str) -> None:
    async with lanes.db.transaction() as conn:
        for ticket in tickets:
            await note(conn, ticket)


class Seen:
    """An effect that remembers its entries, and fails while it is told to."""

    def __init__(self) -> None:
        self.tickets: list[str] = []
        self.fails = False
        self._came = asyncio.Event()

    async def outside(self, entries: Sequence[Entry]) -> None:
        if self.fails:
            raise PermanentError("the other side refuses")
        self.tickets += [entry.ticket_id for entry in entries]
        self._came.set()

    async def inside(self, conn: Connection, entries: Sequence[Entry]) -> None:
        await self.outside(entries)

    async def reach(self, count: int) -> list[str]:
        async with asyncio.timeout(20):
            while len(self.tickets) < count:
                self._came.clear()
                await self._came.wait()
        return self.tickets


def caught_up_with(followers: Followers) -> Callable[[], Awaitable[bool]]:
    async def caught_up() -> bool:
        return not any(lag.entries for lag in await followers.lags())

    return caught_up


async def run(lanes: Lanes, followers: Followers) -> "asyncio.Task[None]":
    await followers.start()

    async def live() -> None:
        async with working(lanes, {LaneKind.FOLLOW: LaneWork(followers.run)}):
            await followers.keep_up()

    return asyncio.create_task(live())


@pytest.mark.parametrize("kind", ["inside", "outside"])
async def test_a_follower_gets_everything_in_batches(lanes: Lanes, kind: str) -> None:
    seen = Seen()
    effect = InTransaction(seen.inside) if kind == "inside" else Outside(seen.outside)
    await write(lanes, *[f"t{n}" for n in range(25)])
    task = await run(lanes, Followers(lanes.db, lanes, [Follower("f", effect, Start.BEGINNING, batch=10)]))
    await seen.reach(25)
    await write(lanes, "last")
    assert await seen.reach(26) == [f"t{n}" for n in range(25)] + ["last"]
    await end([task])


async def test_a_follower_that_starts_now_gets_what_is_written_from_now_on(lanes: Lanes) -> None:
    seen = Seen()
    await write(lanes, "before")
    followers = Followers(lanes.db, lanes, [Follower("f", Outside(seen.outside))])
    task = await run(lanes, followers)
    await write(lanes, "after")
    assert await seen.reach(1) == ["after"]
    await end([task])


async def test_who_comes_back_goes_on_where_it_was(lanes: Lanes) -> None:
    seen = Seen()
    for name in ("first", "second"):
        followers = Followers(lanes.db, lanes, [Follower("f", Outside(seen.outside))])
        task = await run(lanes, followers)
        await write(lanes, name)
        await until(caught_up_with(followers))
        await end([task])
        await write(lanes, "while away")
    assert seen.tickets == ["first", "while away", "second"]


async def test_an_effect_that_fails_is_rolled_back_with_its_cursor(lanes: Lanes) -> None:
    seen, tries = Seen(), 0

    async def fails_once(conn: Connection, entries: Sequence[Entry]) -> None:
        nonlocal tries
        tries += 1
        await execute(conn, "insert into customer (customer_id) values (%s)", (entries[0].ticket_id,))
        if tries == 1:
            raise RuntimeError("after its writes")
        await seen.outside(entries)

    followers = Followers(lanes.db, lanes, [Follower("f", InTransaction(fails_once), Start.BEGINNING)])
    await write(lanes, "a")
    task = await run(lanes, followers)
    assert await seen.reach(1) == ["a"]
    await end([task])


async def test_a_failing_follower_is_parked_holds_nobody_up_and_is_tried_again(lanes: Lanes) -> None:
    broken, well = Seen(), Seen()
    broken.fails = True
    followers = Followers(
        lanes.db,
        lanes,
        [Follower("broken", Outside(broken.outside)), Follower("well", Outside(well.outside))],
    )
    task = await run(lanes, followers)
    for n in range(3):
        await write(lanes, f"t{n}")
        await well.reach(n + 1)
    await until(lanes.parked)
    parked = await lanes.parked()
    assert [(lane.key, lane.last_error) for lane in parked] == [("follow:broken", "the other side refuses")]
    broken.fails = False
    async with lanes.db.connection() as conn:
        await execute(
            conn, "update lane set parked_at = parked_at - %s where parked_at is not null", (PARKED_FOR,)
        )
    assert await broken.reach(3) == ["t0", "t1", "t2"]
    await end([task])


async def test_the_lag_is_counted_and_aged(lanes: Lanes) -> None:
    followers = Followers(lanes.db, lanes, [Follower("f", Outside(Seen().outside))])
    await followers.start()
    [lag] = await followers.lags()
    assert (lag.consumer, lag.entries, lag.seconds) == ("f", 0, 0)
    await write(lanes, "a", "b")
    async with lanes.db.connection() as conn:
        await execute(conn, "update ticket_event set created_at = now() - interval '1 hour'")
    [lag] = await followers.lags()
    assert lag.entries == 2
    assert lag.seconds >= 3600


async def test_a_follower_of_another_version_is_left_alone(lanes: Lanes) -> None:
    async with lanes.db.connection() as conn:
        await lanes.wake(conn, LaneKind.FOLLOW, "theirs")
    task = await run(lanes, Followers(lanes.db, lanes, []))

    async def rests() -> bool:
        async with lanes.db.connection() as conn:
            return bool(
                await fetch_value(conn, "select due_at = 'infinity' and lease_until is null from lane")
            )

    await until(rests)
    assert await lanes.parked() == []
    await end([task])


def test_two_followers_of_one_name_are_refused(lanes: Lanes) -> None:
    follower = Follower("f", Outside(Seen().outside))
    with pytest.raises(SetupError, match="same name"):
        Followers(lanes.db, lanes, [follower, follower])
