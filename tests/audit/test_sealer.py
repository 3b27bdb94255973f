"""Writers side by side and sealers that are killed: every number once, none left out."""

import asyncio
import multiprocessing
import random
from multiprocessing.context import ForkServerProcess

import pytest

from frontdesk.audit.door import record_all
from frontdesk.audit.sealer import seal
from frontdesk.db.pool import Database, fetch_dicts
from tests.audit.writing import AUDIT_KEY, acts, seal_all, verdict

WRITERS, ROUNDS, KILLS = 6, 60, 10
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


async def seal_without_end(dsn: str) -> None:
    db = Database(dsn, size=2)
    await db.open()
    while True:
        async with db.transaction() as conn:
            await seal(conn, AUDIT_KEY, limit=7)
            await asyncio.sleep(0.002)  # so that it is killed here too, sealed and not committed


def victim(dsn: str) -> None:
    asyncio.run(seal_without_end(dsn))


def sealer(dsn: str) -> ForkServerProcess:
    process = _processes.Process(target=victim, args=(dsn,), daemon=True)
    process.start()
    return process


async def write_some(db: Database, dice: random.Random, writer: int) -> int:
    """Transactions of several entries that take their ids at different moments; some are rolled back."""
    kept = 0
    for turn in range(ROUNDS):
        async with db.transaction() as conn:
            parts = dice.randint(1, 3)
            for _ in range(parts):
                await record_all(conn, acts(2, first=writer * 1000 + turn))
                await asyncio.sleep(dice.uniform(0, 0.02))
            if dice.random() < 0.1:
                await conn.execute("rollback; begin")  # ids that never come
            else:
                kept += 2 * parts
    return kept


async def kill_sealers(dsn: str, dice: random.Random) -> None:
    sealers = [sealer(dsn), sealer(dsn)]
    try:
        for _ in range(KILLS):
            await asyncio.sleep(dice.uniform(0.1, 0.5))
            place = dice.randrange(2)
            sealers[place].kill()
            await asyncio.to_thread(sealers[place].join)
            sealers[place] = sealer(dsn)
    finally:
        for process in sealers:
            process.kill()
            process.join()


@pytest.mark.timeout(240)
async def test_killed_sealers_and_many_writers_leave_no_gap_and_no_double(db: Database, dsn: str) -> None:
    dice = random.Random(5)
    async with asyncio.TaskGroup() as group:
        writing = [group.create_task(write_some(db, dice, writer)) for writer in range(WRITERS)]
        group.create_task(kill_sealers(dsn, dice))
    await seal_all(db)
    written = sum(task.result() for task in writing)
    async with db.connection() as conn:
        rows = await fetch_dicts(conn, "select number from audit_entry order by number")
    assert [row["number"] for row in rows] == list(range(1, written + 1))
    assert (await verdict(db)).faults == []
