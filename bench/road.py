"""The road without AI time: milliseconds from accepted to sent, through real lanes and the real outbox."""

import asyncio
import time

import psycopg

from bench.desk import chat_message, quiet, rows, value, waits, working
from bench.place import Place
from bench.report import Aim, Figure, Report, percentile
from bench.scripted import InstantReader, ScriptedAnswerer
from frontdesk.desk import Desk, open_desk

PER_SECOND = 50


async def run(place: Place, scale: float = 1.0) -> Report:
    alone, seconds = max(3, round(150 * scale)), max(0.2, 8 * scale)
    settings = place.settings()
    inserts = _durable_inserts(settings.database_url, max(5, round(200 * scale)))
    async with (
        open_desk(settings, answerer=ScriptedAnswerer(), reader=InstantReader()) as desk,
        working(desk),
    ):
        await _one_at_a_time(desk, 5, "warm")
        first = await _newest(desk)
        before = await _transactions(desk)
        await _one_at_a_time(desk, alone, "alone")
        spent = await _transactions(desk) - before
        single = await waits(desk, first)
        second = await _newest(desk)
        sent = await _steadily(desk, seconds)
        await quiet(desk)
        steady = await waits(desk, second)
    insert = percentile(inserts, 0.5)
    figures = (
        Figure("one durable insert, p50", insert, "ms"),
        Figure("one at a time, p50", percentile(single, 0.5), "ms", Aim(most=50)),
        Figure("one at a time, p99", percentile(single, 0.99), "ms"),
        Figure("p50 in durable inserts", percentile(single, 0.5) / insert, "x"),
        Figure("writing transactions a message", spent / alone),
        Figure(f"at {PER_SECOND} messages/s, p50", percentile(steady, 0.5), "ms", Aim(most=50)),
        Figure(f"at {PER_SECOND} messages/s, p99", percentile(steady, 0.99), "ms"),
        Figure("messages/s really offered", sent / seconds, "/s"),
    )
    return Report("road", figures, f"{alone} messages one by one, then {sent} at a steady rate")


def _durable_inserts(dsn: str, count: int) -> list[float]:
    """Milliseconds of an insert with its commit, one after the other: the speed of the disk."""
    took = []
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("create table durable (id bigint generated always as identity primary key, body text)")
        for _ in range(count):
            began = time.perf_counter()
            conn.execute("insert into durable (body) values (%s)", ("x" * 500,))
            took.append((time.perf_counter() - began) * 1000)
    return took


async def _one_at_a_time(desk: Desk, count: int, name: str) -> None:
    for n in range(count):
        peer = f"{name}-{n}"
        await desk.journey.accept(chat_message(peer, n))
        await quiet(desk, every=0.005)


async def _steadily(desk: Desk, seconds: float) -> int:
    """Send messages at a fixed rate, without waiting for answers; returns their number."""
    count = max(2, round(seconds * PER_SECOND))
    began = time.perf_counter()
    sending = []
    for n in range(count):
        await asyncio.sleep(max(0.0, began + n / PER_SECOND - time.perf_counter()))
        sending.append(asyncio.create_task(desk.journey.accept(chat_message(f"steady-{n}", n))))
    await asyncio.gather(*sending)
    return count


async def _newest(desk: Desk) -> int:
    return int(await value(desk, "select coalesce(max(event_id), 0) from raw_event"))


async def _transactions(desk: Desk) -> int:
    """Transactions that wrote: each is a commit on the disk."""
    [row] = await rows(desk, "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as n")
    return int(row["n"])
