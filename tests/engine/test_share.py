"""Shares of the pool: turns, what may still begin, and that the others' connections stay free."""

import asyncio

from frontdesk.db.pool import Database
from frontdesk.db.share import Share, within
from frontdesk.kit.tasks import end


async def test_a_crowd_within_a_share_leaves_connections_to_the_others(db: Database) -> None:
    share, held = Share(2), 0
    full = asyncio.Event()

    async def crowd() -> None:
        nonlocal held
        within(share)
        async with db.connection():
            held += 1
            full.set()
            await asyncio.Event().wait()

    tasks = [asyncio.create_task(crowd()) for _ in range(50)]
    await full.wait()
    await db.ping()
    assert (held, share.waiting, share.spare) == (2, 48, 0)
    await end(tasks)


async def test_a_connection_within_a_connection_needs_no_second_turn(db: Database) -> None:
    within(Share(1))
    async with db.connection(), db.connection() as inner:
        await inner.execute("select 1")


async def test_it_is_told_once_when_few_wait_after_many(db: Database) -> None:
    share, times = Share(2), 0

    def eased() -> None:
        nonlocal times
        times += 1

    share.on_eased = eased

    async def use() -> None:
        async with share.turn():
            await asyncio.sleep(0)

    await use()
    assert times == 0
    await asyncio.gather(*(use() for _ in range(20)))
    assert times == 1
    assert (share.waiting, share.spare) == (0, 4)
