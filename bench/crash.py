"""Workers are killed with SIGKILL at random: counts messages lost, answered twice or out of order."""

import asyncio
import multiprocessing
import random
import re
from collections import Counter, defaultdict
from itertools import pairwise
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from bench.desk import chat_message, quiet, rows, until, value, working
from bench.place import Place, settings_on
from bench.report import Aim, Figure, Report, median
from bench.scripted import InstantReader, ScriptedAnswerer
from frontdesk import logs
from frontdesk.desk import Desk, open_desk
from frontdesk.settings import Settings

LEASE = 2.0
FOR_EVER = 600.0
PEERS = 40
NONE = Aim(most=0, least=0, must=True)

# A server that has imported everything once and forks: a fresh worker in milliseconds.
_processes = multiprocessing.get_context("forkserver")


async def run(place: Place, scale: float = 1.0) -> Report:
    count = max(10, round(300 * scale))
    settings = place.settings(lane_lease=LEASE, db_pool_size=6)
    _processes.set_forkserver_preload(["bench.crash"])
    async with open_desk(settings, answerer=ScriptedAnswerer(), reader=InstantReader()) as desk:
        kills = await _kill_while(settings, _send(desk, count))
        async with working(desk):
            await quiet(desk)
        messages = await rows(desk, "select * from message order by ticket_id, seq")
    waited = await _take_over(place.settings(db_pool_size=6), max(1, round(5 * scale)))
    figures = (
        Figure("messages", count),
        Figure("workers killed", kills),
        Figure("lost", len(_lost(messages, count)), "", NONE),
        Figure("answered twice", _doubled(messages), "", NONE),
        Figure("out of order", _disordered(messages), "", NONE),
        Figure("kill -9 to the answer of the killed run, median", median(waited), "s", Aim(most=3)),
    )
    return Report("crash", figures, f"two workers, kill -9 at random moments, leases of {LEASE:g} s")


async def _send(desk: Desk, count: int) -> None:
    for n in range(count):
        await desk.journey.accept(chat_message(f"peer{n % PEERS}", n, f"n{n} where is my order?"))
        await asyncio.sleep(random.uniform(0, 0.05))


async def _take_over(settings: Settings, times: int) -> list[float]:
    """Seconds from the kill of a worker in the middle of an answer until another worker of the machine has sent it."""
    waited = []
    async with open_desk(settings, answerer=ScriptedAnswerer(), reader=InstantReader()) as desk:
        for n in range(times):
            victim = _worker(settings, FOR_EVER)
            await desk.journey.accept(chat_message(f"taken-over-{n}", n))
            await until(desk, "select count(*) from ticket where status = 'ai_processing'", 1)
            async with working(desk):
                await asyncio.sleep(1.0)
                await _kill(victim)
                killed = await value(desk, "select clock_timestamp()")
                await quiet(desk)
            sent = await value(desk, "select max(sent_at) from outbox")
            waited.append((sent - killed).total_seconds())
    return waited


async def _kill_while(settings: Settings, work: Any) -> int:
    """Keep two workers alive and kill one every few moments until the work is done; how many were killed."""
    workers = [_worker(settings), _worker(settings)]
    working = asyncio.ensure_future(work)
    kills = 0
    try:
        while not working.done():
            await asyncio.sleep(random.uniform(0.2, 1.0))
            place = random.randrange(2)
            await _kill(workers[place])
            kills += 1
            workers[place] = _worker(settings)
        await working
    finally:
        for worker in workers:
            await _kill(worker)
    return kills


async def _kill(process: ForkServerProcess) -> None:
    process.kill()
    await asyncio.to_thread(process.join)


def _worker(settings: Settings, thinks: float = 0.05) -> ForkServerProcess:
    words = (settings.database_url, str(settings.frontdesk_home), settings.lane_lease, thinks)
    process = _processes.Process(target=_work, args=words, daemon=True)
    process.start()
    return process


def _work(dsn: str, home: str, lease: float, thinks: float) -> None:
    logs.configure("CRITICAL")
    asyncio.run(_work_on(settings_on(dsn, Path(home), lane_lease=lease, db_pool_size=6), thinks))


async def _work_on(settings: Settings, thinks: float) -> None:
    async with open_desk(settings, answerer=ScriptedAnswerer(thinks), reader=InstantReader()) as desk:
        await desk.worker().run()


def _numbers(message: dict[str, Any]) -> list[int]:
    return [int(n) for n in re.findall(r"\bn(\d+)", message["content"])]


def _lost(messages: list[dict[str, Any]], count: int) -> set[int]:
    """Numbers of the messages that were neither answered nor escalated to a person."""
    escalated = {m["ticket_id"] for m in messages if m["sender_type"] == "ai" and not _numbers(m)}
    handled = {
        n for m in messages if m["sender_type"] == "ai" or m["ticket_id"] in escalated for n in _numbers(m)
    }
    return set(range(count)) - handled


def _doubled(messages: list[dict[str, Any]]) -> int:
    answered = Counter(n for m in messages if m["sender_type"] == "ai" for n in _numbers(m))
    return sum(times - 1 for times in answered.values())


def _disordered(messages: list[dict[str, Any]]) -> int:
    """Pairs of neighbours in the wrong order, among the messages and among the replies of each ticket."""
    by_sender: dict[tuple[str, str], list[int]] = defaultdict(list)
    for message in messages:
        by_sender[message["ticket_id"], message["sender_type"]] += _numbers(message)
    return sum(a > b for numbers in by_sender.values() for a, b in pairwise(numbers))
