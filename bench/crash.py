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

from bench.desk import chat_message, quiet, rows, working
from bench.place import Place, settings_on
from bench.report import Aim, Figure, Report
from bench.scripted import InstantReader, ScriptedAnswerer
from frontdesk import logs
from frontdesk.desk import Desk, open_desk
from frontdesk.settings import Settings

LEASE = 2.0
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
    figures = (
        Figure("messages", count),
        Figure("workers killed", kills),
        Figure("lost", len(_lost(messages, count)), "", NONE),
        Figure("answered twice", _doubled(messages), "", NONE),
        Figure("out of order", _disordered(messages), "", NONE),
    )
    return Report("crash", figures, f"two workers, kill -9 at random moments, leases of {LEASE:g} s")


async def _send(desk: Desk, count: int) -> None:
    for n in range(count):
        await desk.journey.accept(chat_message(f"peer{n % PEERS}", n, f"n{n} where is my order?"))
        await asyncio.sleep(random.uniform(0, 0.05))


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


def _worker(settings: Settings) -> ForkServerProcess:
    words = (settings.database_url, str(settings.frontdesk_home))
    process = _processes.Process(target=_work, args=words, daemon=True)
    process.start()
    return process


def _work(dsn: str, home: str) -> None:
    logs.configure("CRITICAL")
    asyncio.run(_work_on(settings_on(dsn, Path(home), lane_lease=LEASE, db_pool_size=6)))


async def _work_on(settings: Settings) -> None:
    async with open_desk(settings, answerer=ScriptedAnswerer(0.05), reader=InstantReader()) as desk:
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
