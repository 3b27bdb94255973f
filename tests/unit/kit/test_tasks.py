"""Tasks really end, even where a library swallows their cancellation."""

import asyncio
from contextlib import suppress

from frontdesk.kit.tasks import end, not_cancelled


async def test_a_task_that_swallows_its_first_cancellation_is_ended() -> None:
    swallowed = 0

    async def stubborn() -> None:
        nonlocal swallowed
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                swallowed += 1
                if swallowed > 1:
                    raise

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    await end([task])
    assert task.cancelled()
    assert swallowed == 2


async def test_a_loop_that_asks_whether_it_is_wanted_ends_itself() -> None:
    async def loop() -> str:
        while not_cancelled():
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(60)
        return "ended"

    task = asyncio.create_task(loop())
    await asyncio.sleep(0)
    await end([task])
    assert task.result() == "ended"


async def test_what_ended_tasks_raise_stays_theirs() -> None:
    async def failing() -> None:
        raise ValueError

    done, running = asyncio.create_task(failing()), asyncio.create_task(asyncio.sleep(60))
    await asyncio.sleep(0.01)
    await end([done, running])
    assert isinstance(done.exception(), ValueError)
    assert running.cancelled()
    await end([])


def test_outside_of_a_task_everything_is_wanted() -> None:
    async def ask() -> bool:
        return not_cancelled()

    assert asyncio.run(ask())
