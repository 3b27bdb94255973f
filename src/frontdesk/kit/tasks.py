"""Ends asyncio tasks reliably.

On Python 3.11 `asyncio.wait_for`, which libraries use, may lose a cancellation that arrives together with
the result. So a loop checks `not_cancelled()`, and `end` cancels repeatedly.
"""

import asyncio
from collections.abc import Collection, Coroutine, Iterable
from contextlib import suppress
from typing import Any

_CANCEL_EVERY = 1.0


def not_cancelled() -> bool:
    """Whether the current task may go on."""
    task = asyncio.current_task()
    return task is None or not task.cancelling()


async def end(tasks: Iterable["asyncio.Task[Any]"]) -> None:
    """Cancel the tasks and wait until they have ended; their errors are ignored."""
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_CANCEL_EVERY)


async def run_until_first_end(
    tasks: Collection["asyncio.Task[Any]"], ended_first: Collection["asyncio.Task[Any]"] = ()
) -> None:
    """Wait until one of the tasks ends, or this one is cancelled, and end the others; raises what it raised.

    While those of `ended_first` come to their end, the others still run.
    """
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        try:
            await end(ended_first)
        finally:
            await end(tasks)


async def to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Await `work` even where this task is cancelled meanwhile, as often as that may be; it must be bounded itself."""
    task = asyncio.create_task(work)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)
    task.result()
