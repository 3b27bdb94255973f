"""A server that has imported everything once and forks: a fresh worker in milliseconds."""

import asyncio
import multiprocessing
from multiprocessing.context import ForkServerProcess

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.journeys.victim", "tests.journeys.acting_victim"])


async def ended(process: ForkServerProcess) -> int:
    """How the process ended, once it has."""
    await asyncio.to_thread(process.join)
    assert process.exitcode is not None
    return process.exitcode
