"""Where PostgreSQL is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from frontdesk.db.embedded import EmbeddedPostgres
from frontdesk.settings import Settings


@asynccontextmanager
async def database_address(settings: Settings) -> AsyncIterator[str]:
    """The configured server's address; without one the embedded server runs while the block lasts.

    Raises `SetupError` where the embedded one cannot be started.
    """
    if settings.dsn is not None:
        yield settings.dsn
        return
    server = EmbeddedPostgres(settings.frontdesk_home)
    try:
        yield await asyncio.to_thread(server.start)
    finally:
        server.stop()
