"""The live feed: every entry once, whatever order transactions commit in."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.access.actor import Actor, ActorKind
from frontdesk.db.pool import Connection, Database
from frontdesk.engine.fanout import LiveSignal, LocalFanout
from frontdesk.engine.signals import Signals
from frontdesk.kit.tasks import end
from frontdesk.kit.waiting import SlimQueue
from frontdesk.terms import MessageId, TicketId
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import NoteAdded
from frontdesk.tickets.scoring import Weights
from frontdesk.web.live.tail import ALL, Tail


@pytest.fixture
async def feed(dsn: str) -> AsyncIterator[tuple[Database, SlimQueue[LiveSignal]]]:
    signals, fanout = Signals(), LocalFanout()
    db = Database(dsn, size=6, on_signal=signals.send)
    await db.open()
    with fanout.subscribe(ALL) as news:
        task = asyncio.create_task(Tail(db, signals, fanout).run())
        await followed(db, news)
        yield db, news
        await end([task])
    await db.close()


async def types(news: SlimQueue[LiveSignal], count: int) -> list[str]:
    async with asyncio.timeout(5):
        return [(await news.get()).data["entry"].actor for _ in range(count)]  # type: ignore[attr-defined]  # an Entry


async def note(conn: Connection, name: str) -> None:
    actor = Actor(ActorKind.PERSON, name, name)
    await TicketChanges(Weights()).note(conn, TicketId("t"), NoteAdded(MessageId("m")), actor)


async def write(db: Database, name: str) -> None:
    async with db.transaction() as conn:
        await note(conn, name)


async def followed(db: Database, news: SlimQueue[LiveSignal]) -> None:
    """Wait until the tail has noted where the log ends: what is written before that is nobody's news."""
    async with asyncio.timeout(30):
        while news.empty():
            await write(db, "probe")
            await asyncio.sleep(0.02)
        await write(db, "ready")
        while await types(news, 1) != ["ready"]:
            pass


async def test_an_entry_is_told_at_once_although_an_older_transaction_still_runs(
    feed: tuple[Database, SlimQueue[LiveSignal]],
) -> None:
    db, news = feed
    async with db.transaction() as old:
        await note(old, "old")
        await write(db, "young")
        assert await types(news, 1) == ["young"]
    assert await types(news, 1) == ["old"]


async def test_an_entry_with_a_smaller_id_that_commits_later_is_not_skipped(
    feed: tuple[Database, SlimQueue[LiveSignal]],
) -> None:
    db, news = feed
    async with db.transaction() as first:
        await first.execute("select pg_current_xact_id()")
        async with db.transaction() as second:
            await note(second, "second")
            await note(first, "first")
    assert sorted(await types(news, 2)) == ["first", "second"]
    await write(db, "last")
    assert await types(news, 1) == ["last"]
    assert news.empty()


async def test_hundreds_of_entries_of_ten_writers_are_told_once_each(
    feed: tuple[Database, SlimQueue[LiveSignal]],
) -> None:
    db, news = feed

    async def writer(name: int) -> None:
        for n in range(60):
            await write(db, f"{name}-{n}")

    await asyncio.gather(*(writer(name) for name in range(10)))
    got = await types(news, 600)
    assert len(set(got)) == 600
    await asyncio.sleep(0.3)
    assert news.empty()
