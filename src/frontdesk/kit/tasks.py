"""Tasks that really end.

On Python 3.11 `asyncio.wait_for`, which libraries use, may swallow a cancellation that comes together
with what it waits for. A loop asks `wanted()`, and who ends tasks insists.
"""

import asyncio
from collections.abc import Iterable
from typing import Any

_INSIST_SECONDS = 1.0


def wanted() -> bool:
    """Whether nobody has asked the current task to stop."""
    task = asyncio.current_task()
    return task is None or not task.cancelling()


async def end(tasks: Iterable["asyncio.Task[Any]"]) -> None:
    """Cancel the tasks and wait until they have ended; what they raise is theirs."""
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_INSIST_SECONDS)
