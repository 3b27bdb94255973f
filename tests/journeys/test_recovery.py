"""Nobody pays for a crash: kills and restarts cost no lane anything that did nothing wrong; one that kills is found."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from frontdesk.answering.answerer import Answerer
from frontdesk.desk import Desk
from frontdesk.settings import Settings
from frontdesk.tickets.case import Case
from tests.journeys import victim
from tests.journeys.conftest import OpenDesk
from tests.journeys.processes import PROCESSES, ended
from tests.journeys.promises import assert_each_met_once, assert_in_order
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.talk import Look, look, quiet, rows, said, until

SIZE = float(os.environ.get("CRASH_SIZE", "0.1"))
"""1: thirty kills and thirty orderly restarts under 1,500 messages; a tenth of it where nothing is set."""
MESSAGES, BLOWS = round(1500 * SIZE), round(60 * SIZE)
LONG = 300.0
"""Seconds: a lease that no test waits for."""

Start = Callable[[], ForkServerProcess]


def starting(settings: Settings, answerer: Answerer | None = None, lease: float = 3.0) -> Start:
    """Starts worker processes of this desk."""
    words = (settings.database_url, str(settings.frontdesk_home))

    def start() -> ForkServerProcess:
        kwargs = {"answerer": answerer, "lease": lease}
        process = PROCESSES.Process(target=victim.run, args=words, kwargs=kwargs, daemon=True)
        process.start()
        return process

    return start


async def kill_itself(case: Case) -> None:
    if any("POISON" in turn.content for turn in case.pending):
        os.kill(os.getpid(), signal.SIGKILL)


async def stay(case: Case) -> None:
    await asyncio.Event().wait()


async def kept_up(start: Start) -> None:
    """As a supervisor does: a process that ended is started again."""
    process = start()
    try:
        while True:
            while process.is_alive():  # noqa: ASYNC110  # a thread that joins could not be cancelled
                await asyncio.sleep(0.05)
            process = start()
    finally:
        process.kill()


async def strike(start: Start, dice: random.Random) -> Counter[str]:
    """Two workers that are killed, or stopped in order, one after the other at random moments."""
    workers, blows = [start(), start()], Counter[str]()
    for n in range(BLOWS):
        await asyncio.sleep(dice.uniform(0.8, 2.0))
        at = dice.randrange(2)
        workers[at].kill() if n % 2 else workers[at].terminate()
        code = await ended(workers[at])
        blows["killed" if code == -signal.SIGKILL else "stopped"] += 1
        workers[at] = start()
    for worker in workers:
        worker.terminate()
        await ended(worker)
    return blows


async def finish(desk: Desk) -> None:
    worker = asyncio.create_task(desk.worker().run())
    try:
        await quiet(desk, seconds=90)
    finally:
        worker.cancel()
        await asyncio.wait([worker])


@pytest.mark.timeout(900)
async def test_kills_and_orderly_restarts_punish_nobody(settings: Settings, desk_on: OpenDesk) -> None:
    texts = [f"{'HUMAN ' if n % 25 == 0 else ''}n{n} where is my order?" for n in range(MESSAGES)]
    dice = random.Random(9)  # moments, not secrets
    start = starting(settings, ScriptedAnswerer(seconds=0.3))
    async with desk_on(work=False) as desk:
        striking = asyncio.create_task(strike(start, dice))
        for n, text in enumerate(texts):
            await desk.journey.accept(said(f"peer{n % 60}", text, n))
            await asyncio.sleep(dice.uniform(0, 0.07))
        blows = await striking
        await finish(desk)
        seen = await look(desk)
        escalations = await rows(desk, "select reason, mail_state from escalation")
        sends = await rows(desk, "select state from outbox")
        parked = await desk.lanes.parked()
    assert blows == {"killed": BLOWS // 2, "stopped": BLOWS - BLOWS // 2}
    assert parked == []
    assert {row["reason"] for row in escalations} == {"asks_human"}
    assert {row["mail_state"] for row in escalations} == {"saved"}
    assert len(list((Path(settings.frontdesk_home) / "mail").glob("*.eml"))) == len(escalations)
    assert {row["state"] for row in sends} == {"sent"}
    assert_each_met_once(seen, texts)
    assert_in_order(seen)


@pytest.mark.timeout(300)
async def test_a_lane_that_kills_its_worker_each_time_reaches_a_person_and_its_neighbours_their_answers(
    settings: Settings, desk_on: OpenDesk
) -> None:
    start = starting(settings, ScriptedAnswerer(kill_itself, seconds=0.1))

    def all_met(seen: Look) -> bool:
        owners = Counter(ticket.owner for ticket in seen.tickets)
        return owners == {"ai": 20, "person": 1} and len({m.ticket_id for m in seen.by_ai}) >= 20

    async with desk_on(work=False) as desk:
        for n in range(20):
            await desk.journey.accept(said(f"peer{n}", f"n{n} where is my order?"))
        await desk.journey.accept(said("poison", "POISON n21 where is my order?"))
        worker = asyncio.create_task(kept_up(start))
        await until(desk, all_met, seconds=120)
        await quiet(desk, seconds=60)
        worker.cancel()
        await asyncio.wait([worker])
        escalations = await rows(desk, "select reason, mail_state from escalation")
        [parked] = await desk.lanes.parked()
    assert escalations == [{"reason": "ai_unavailable", "mail_state": "saved"}]
    assert (parked.kind, parked.attempts) == ("ticket", 1)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("end_it", ["kill", "terminate"])
async def test_what_a_worker_had_goes_on_at_once_when_its_process_is_gone(
    settings: Settings, desk_on: OpenDesk, end_it: str
) -> None:
    start = starting(settings, ScriptedAnswerer(stay), lease=LONG)
    async with desk_on(work=False, lane_lease=LONG) as desk:
        process = start()
        await desk.journey.accept(said("ann", "n1 where is my order?"))
        await until(desk, lambda seen: any(ticket.status == "ai_processing" for ticket in seen.tickets))
        getattr(process, end_it)()
        await ended(process)
        [lane] = await rows(
            desk, "select attempts, deaths, lease_until is null as free from lane where kind = 'ticket'"
        )
        await finish(desk)
        seen = await look(desk)
    assert len(seen.by_ai) == 1
    assert lane == {"attempts": 0, "deaths": 0, "free": end_it == "terminate"}
