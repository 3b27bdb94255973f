"""Workers are killed at every pause of the road and at random: nothing lost, nothing answered twice."""

import asyncio
import random
import signal
from collections import Counter
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from frontdesk.desk import Desk, open_desk
from frontdesk.kit.tasks import end
from frontdesk.settings import Settings
from tests.journeys import victim
from tests.journeys.conftest import OpenDesk
from tests.journeys.processes import PROCESSES, ended
from tests.journeys.promises import assert_each_met_once, assert_in_order
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader
from tests.journeys.talk import look, quiet, rows, said

PAUSES = {"record": 14, "attend": 34, "deliver": 16, "notify_manager": 12}
"""More than each step has; the worker that is never killed says so by its exit code."""


def worker(settings: Settings, *args: str, over_wire: bool = False) -> ForkServerProcess:
    words = (settings.database_url, str(settings.frontdesk_home), *args)
    process = PROCESSES.Process(target=victim.run, args=words, kwargs={"over_wire": over_wire}, daemon=True)
    process.start()
    return process


@pytest.mark.timeout(400)
@pytest.mark.parametrize("step", ["record", "attend", "deliver", "notify_manager"])
async def test_a_worker_killed_at_any_pause_of_a_step_loses_and_doubles_nothing(
    settings: Settings, desk_on: OpenDesk, step: str
) -> None:
    text = "HUMAN n1 where is it?" if step == "notify_manager" else "n1 where is my order?"
    killed = 0
    async with desk_on(work=False) as desk:
        for pause in range(1, PAUSES[step]):
            await desk.journey.accept(said(f"{step}-{pause}", text))
            code = await ended(worker(settings, step, str(pause)))
            if code == victim.SURVIVED:
                break
            assert code == -signal.SIGKILL
            killed += 1
            await _finish(desk)  # a lane that stood alone in six dead workers would be given up, and rightly
        await _finish(desk)
        seen = await look(desk)
    assert killed >= 4
    assert len(seen.tickets) == pause
    if step == "notify_manager":
        await _assert_told_once(settings, len(seen.tickets))
    else:
        replies = Counter(m.ticket_id for m in seen.by_ai)
        assert set(replies.values()) == {1}
        assert len(replies) == pause
    sends = await _sends(settings)
    assert all(send["state"] == "sent" for send in sends)


@pytest.mark.timeout(400)
async def test_five_hundred_messages_survive_workers_killed_at_random(
    settings: Settings, desk_on: OpenDesk
) -> None:
    texts = [f"n{n} where is my order?" for n in range(500)]
    dice = random.Random(7)  # moments, not secrets
    async with desk_on(work=False) as desk:
        workers = [worker(settings, over_wire=over_wire) for over_wire in (False, True)]
        killing = asyncio.create_task(_kill_now_and_then(settings, workers, dice))
        for n, text in enumerate(texts):
            await desk.journey.accept(said(f"peer{n % 60}", text, n))
            await asyncio.sleep(dice.uniform(0, 0.05))
        kills = await _stop(killing)
        for running in workers:
            running.kill()
            await ended(running)
        await _finish(desk)
        seen = await look(desk)
    assert kills >= 5
    assert len([m for m in seen.messages if m.sender_type == "customer"]) == 500
    assert_each_met_once(seen, texts)
    assert_in_order(seen)


async def _kill_now_and_then(
    settings: Settings, workers: list[ForkServerProcess], dice: random.Random
) -> int:
    kills = 0
    try:
        while True:
            await asyncio.sleep(dice.uniform(0.8, 2.5))
            place = dice.randrange(len(workers))
            workers[place].kill()
            await ended(workers[place])
            kills += 1
            workers[place] = worker(settings, over_wire=place == 1)
    except asyncio.CancelledError:
        return kills


async def _stop(killing: "asyncio.Task[int]") -> int:
    killing.cancel()
    return await killing


async def _finish(desk: Desk) -> None:
    """A worker that nobody kills brings everything to its end."""
    task = asyncio.create_task(desk.worker().run())
    await quiet(desk, seconds=90)
    await end([task])


async def _assert_told_once(settings: Settings, tickets: int) -> None:
    mails = list((Path(settings.frontdesk_home) / "mail").glob("*.eml"))
    async with open_desk(settings, answerer=ScriptedAnswerer(), reader=ScriptedReader()) as desk:
        states = [row["mail_state"] for row in await rows(desk, "select mail_state from escalation")]
    assert len(states) == tickets
    assert set(states) <= {"saved", "parked"}
    assert len(mails) <= tickets
    assert len(mails) >= states.count("saved")


async def _sends(settings: Settings) -> list[dict[str, object]]:
    async with open_desk(settings, answerer=ScriptedAnswerer(), reader=ScriptedReader()) as desk:
        return await rows(desk, "select state from outbox")
