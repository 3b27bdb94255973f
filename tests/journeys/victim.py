"""A worker process for the crash tests: killed from outside, or by itself at a chosen pause of a chosen step."""

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

from frontdesk.answering.answerer import Answerer
from frontdesk.channels.capabilities import Settlement
from frontdesk.desk import Desk, open_desk
from frontdesk.engine.lanes import LaneRun
from frontdesk.engine.worker import Handler, LaneWork, Worker
from frontdesk.kit.tasks import end
from frontdesk.terms import LaneKind
from tests.ground import settings_on
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader
from tests.journeys.steps import AtPause
from tests.journeys.wires import Wire, over

SURVIVED = 7


async def main(
    dsn: str,
    home: str,
    step: str = "",
    pause: str = "0",
    *,
    answerer: Answerer | None = None,
    lease: float = 3.0,
    smtp_port: int = 0,
    over_wire: bool = False,
) -> int:
    settings = settings_on(
        dsn,
        Path(home),
        db_pool_size=6,
        lane_lease=lease,
        working_hours="24/7",
        smtp_host="127.0.0.1" if smtp_port else "",
        smtp_port=smtp_port,
        smtp_tls="none",
    )
    answerer = answerer or ScriptedAnswerer(seconds=0.02)
    async with open_desk(settings, answerer=answerer, reader=ScriptedReader()) as opened:
        desk = over(opened, Wire(Settlement.CLIENT_ID)) if over_wire or step == "deliver" else opened
        if not step:
            await _run_until_told(desk.worker())
        return await _run_until_pause(desk, step, int(pause))


async def _run_until_told(worker: Worker) -> None:
    """Stops in order at a SIGTERM."""
    task = asyncio.create_task(worker.run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()


async def _run_until_pause(desk: Desk, step: str, pause: int) -> int:
    """Run the road; be killed at that pause of that step, or say that the step has no such pause."""
    ended = asyncio.Event()
    road = desk.journey

    def killed(handler: Handler) -> Handler:
        async def run(run: LaneRun) -> None:
            await AtPause(handler(run), pause, lambda: os.kill(os.getpid(), signal.SIGKILL))  # type: ignore[arg-type]  # handlers are coroutines
            ended.set()

        return run

    handlers: dict[str, Handler] = {
        "record": road.record,
        "attend": road.attend,
        "deliver": road.deliver,
        "act": road.act,
        "notify_manager": road.notify_manager,
    }
    handlers[step] = killed(handlers[step])
    kinds = {
        "record": LaneKind.INTAKE,
        "attend": LaneKind.TICKET,
        "deliver": LaneKind.SEND,
        "act": LaneKind.ACTION,
        "notify_manager": LaneKind.MAIL,
    }
    worker = Worker(desk.lanes, {kinds[name]: LaneWork(handler) for name, handler in handlers.items()})
    task = asyncio.create_task(worker.run())
    await ended.wait()
    await end([task])
    return SURVIVED


def run(
    *words: str,
    answerer: Answerer | None = None,
    lease: float = 3.0,
    smtp_port: int = 0,
    over_wire: bool = False,
) -> None:
    """The process's whole life; its exit code says how it went. `lease` in seconds.

    `over_wire`: the chat's replies are sent by the lanes of the sends, as those of other channels.
    """
    logging.disable(logging.CRITICAL)
    living = main(*words, answerer=answerer, lease=lease, smtp_port=smtp_port, over_wire=over_wire)
    sys.exit(asyncio.run(living))
