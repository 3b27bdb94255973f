"""Where PostgreSQL is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from frontdesk.db.embedded import EmbeddedPostgres
from frontdesk.errors import SetupError
from frontdesk.kit.tasks import end, not_cancelled
from frontdesk.settings import Settings

WATCH_SECONDS = 1.0
LONGEST_WAIT = 30.0
"""Seconds between two attempts to start a server that does not start."""

_log = structlog.get_logger("frontdesk.database")


@asynccontextmanager
async def database_address(settings: Settings) -> AsyncIterator[str]:
    """The configured server's address; without one the embedded server runs while the block lasts,
    and is started again where it dies or somebody stops it.

    Raises `SetupError` where the embedded one cannot be started.
    """
    if settings.dsn is not None:
        yield settings.dsn
        return
    server = EmbeddedPostgres(settings.frontdesk_home)
    watch: asyncio.Task[None] | None = None
    try:
        address = await asyncio.to_thread(server.start)
        watch = asyncio.create_task(_keep_up(server), name="embedded database")
        yield address
    finally:
        if watch is not None:
            await end([watch])
        server.stop()


async def _keep_up(server: EmbeddedPostgres) -> None:
    """Until cancelled."""
    wait = WATCH_SECONDS
    while not_cancelled():
        await asyncio.sleep(wait)
        try:
            if await asyncio.to_thread(server.heal):
                _log.warning("embedded_database_restarted")
            wait = WATCH_SECONDS
        except (SetupError, OSError) as error:
            wait = min(LONGEST_WAIT, wait * 2)
            _log.error("embedded_database_does_not_start", error=str(error), again_in=wait)
