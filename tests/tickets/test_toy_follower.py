"""A toy follower, whole in this file: it sums up the log, its workers are killed, and its sum is exact."""

import asyncio
import multiprocessing
import random
from collections import defaultdict
from collections.abc import Sequence
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from frontdesk.db.pool import Connection, Database, execute, fetch_dicts, fetch_value
from frontdesk.engine.worker import LaneWork
from frontdesk.kit.tasks import end
from frontdesk.terms import LaneKind
from frontdesk.tickets.followers import Follower, Followers, InTransaction, Outside, Start
from frontdesk.tickets.log import Entry
from tests.engine.working import lanes_on, until, working
from tests.tickets.notes import note

WRITERS, KILLS = 8, 12
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


def toys(file: Path) -> list[Follower]:
    """The whole of two followers: a sum in the database, and lines in a file, which is outside of it."""

    async def add_up(conn: Connection, entries: Sequence[Entry]) -> None:
        await execute(conn, "update toy_sum set events = events + %s", (len(entries),))
        for entry in entries:
            await asyncio.sleep(0.001)  # so that it is killed here too
            await execute(conn, "insert into toy_seen (event_id) values (%s)", (entry.event_id,))

    async def append(entries: Sequence[Entry]) -> None:
        with file.open("a") as lines:
            for entry in entries:
                lines.write(f"{entry.event_id} {entry.ticket_id}\n")
                lines.flush()

    return [
        Follower("toy-sum", InTransaction(add_up), Start.BEGINNING, batch=20),
        Follower("toy-lines", Outside(append), Start.BEGINNING, batch=20),
    ]


async def follow(dsn: str, file: Path) -> None:
    async with lanes_on(dsn, lease=0.6) as lanes:
        followers = Followers(lanes.db, lanes, toys(file))
        await followers.start()
        async with working(lanes, {LaneKind.FOLLOW: LaneWork(followers.run)}):
            await followers.keep_up()


def victim(dsn: str, file: Path) -> None:
    asyncio.run(follow(dsn, file))


def worker(dsn: str, file: Path) -> ForkServerProcess:
    process = _processes.Process(target=victim, args=(dsn, file), daemon=True)
    process.start()
    return process


async def write(db: Database, dice: random.Random, kills: list[int]) -> None:
    """Transactions that take their numbers and their ids at different moments, and end in any order."""
    while len(kills) < KILLS:
        ticket = f"t{dice.randrange(5)}"
        async with db.transaction() as conn:
            if dice.random() < 0.5:
                await fetch_value(conn, "select pg_current_xact_id()")
                await asyncio.sleep(dice.uniform(0, 0.02))
            await fetch_value(conn, "select pg_advisory_xact_lock(hashtext(%s))::text", (ticket,))
            for _ in range(dice.randint(1, 3)):
                await note(conn, ticket)
                await asyncio.sleep(dice.uniform(0, 0.02))
            if dice.random() < 0.1:
                await conn.execute("rollback; begin")  # ids that never come


async def kill_again_and_again(dsn: str, file: Path, dice: random.Random, kills: list[int]) -> None:
    workers = [worker(dsn, file), worker(dsn, file)]
    try:
        while True:
            await asyncio.sleep(dice.uniform(0.1, 0.7))
            place = dice.randrange(2)
            workers[place].kill()
            kills.append(place)
            await asyncio.to_thread(workers[place].join)
            workers[place] = worker(dsn, file)
    finally:
        for process in workers:
            process.kill()


@pytest.mark.timeout(300)
async def test_a_follower_killed_at_random_misses_and_doubles_nothing(
    db: Database, dsn: str, tmp_path: Path
) -> None:
    dice, kills, file = random.Random(11), list[int](), tmp_path / "lines"  # moments, not secrets
    async with db.connection() as conn:
        await execute(conn, "create table toy_sum as select 0 as events")
        await execute(conn, "create table toy_seen (n bigint generated always as identity, event_id bigint)")
    killing = asyncio.create_task(kill_again_and_again(dsn, file, dice, kills))
    writers_db = Database(dsn, size=WRITERS)
    await writers_db.open()
    async with asyncio.TaskGroup() as writing:
        for _ in range(WRITERS):
            writing.create_task(write(writers_db, dice, kills))
    await writers_db.close()
    await end([killing])
    following = asyncio.create_task(follow(dsn, file))
    await until(lambda: caught_up(db), seconds=60)
    await end([following])
    await assert_the_sum_is_exact(db)
    await assert_every_line_is_there(db, file)


async def caught_up(db: Database) -> bool:
    behind = (
        "select count(*) < 2 or exists (select 1 from ticket_event e, log_cursor c"
        " where e.xact >= c.horizon and not e.event_id <@ c.beyond) from log_cursor"
    )
    async with db.connection() as conn:
        return not await fetch_value(conn, behind)


async def assert_the_sum_is_exact(db: Database) -> None:
    async with db.connection() as conn:
        written = [row["event_id"] for row in await fetch_dicts(conn, "select event_id from ticket_event")]
        seen = await fetch_dicts(conn, "select event_id, ticket_id from toy_seen join ticket_event using (event_id)"
                                 " order by n")  # fmt: skip
        total = await fetch_value(conn, "select events from toy_sum")
    assert len(written) > 400
    assert total == len(written)
    assert sorted(row["event_id"] for row in seen) == sorted(written)
    assert_in_order([(row["event_id"], row["ticket_id"]) for row in seen])


async def assert_every_line_is_there(db: Database, file: Path) -> None:
    """Some may be there twice, which is what an effect outside must bear; each ticket's came in order."""
    async with db.connection() as conn:
        written = await fetch_dicts(conn, "select event_id from ticket_event")
    lines = dict.fromkeys(
        tuple(line.split()) for line in file.read_text().splitlines() if len(line.split()) == 2
    )
    assert {int(event_id) for event_id, _ in lines} == {row["event_id"] for row in written}
    assert_in_order([(int(event_id), ticket) for event_id, ticket in lines])


def assert_in_order(seen: Sequence[tuple[int, str]]) -> None:
    of_ticket: dict[str, list[int]] = defaultdict(list)
    for event_id, ticket in seen:
        of_ticket[ticket].append(event_id)
    assert all(ids == sorted(ids) for ids in of_ticket.values())
