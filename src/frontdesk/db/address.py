"""Where PostgreSQL is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from prometheus_client import Counter, Gauge

from frontdesk.db.embedded import EmbeddedPostgres
from frontdesk.errors import SetupError
from frontdesk.kit.tasks import end, not_cancelled
from frontdesk.settings import Settings

WATCH_SECONDS = 0.25
"""Between two looks at the server's process; each reads two small files."""
SHORTEST_WAIT, LONGEST_WAIT = 0.5, 10.0
"""Seconds between two attempts to start a server that does not start."""

_log = structlog.get_logger("frontdesk.database")
_up = Gauge("support_embedded_database_up", "1 while the embedded PostgreSQL runs, 0 while it does not start")
_restarts = Counter("support_embedded_database_restarts_total", "Starts after the server was found gone")


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
    """Until cancelled. A full disk, or backends of a killed server that still end, only make it wait."""
    _up.set(1)
    wait = 0.0
    while not_cancelled():
        await asyncio.sleep(wait or WATCH_SECONDS)
        try:
            if await asyncio.to_thread(server.heal):
                _restarts.inc()
                _log.warning("embedded_database_restarted")
            wait = 0.0
            _up.set(1)
        except (SetupError, OSError) as error:
            wait = min(LONGEST_WAIT, max(SHORTEST_WAIT, wait * 2))
            _up.set(0)
            _log.error("embedded_database_does_not_start", error=str(error), again_in=wait)
