"""What commands work on: an opened knowledge base, or the database alone."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from frontdesk import settings
from frontdesk.db.address import database_address
from frontdesk.db.migrate import require_newest
from frontdesk.db.pool import Database
from frontdesk.desk import open_desk
from frontdesk.home import open_home, secret_of
from frontdesk.kit.keys import Keys
from frontdesk.knowledge.base import Knowledge
from frontdesk.settings import Settings

Handler = Callable[[argparse.Namespace, Knowledge], Awaitable[int]]


def opened(handler: Handler) -> Callable[[argparse.Namespace], Awaitable[int]]:
    """The command that opens the desk, hands its knowledge to `handler`, and closes the desk."""

    async def run(args: argparse.Namespace) -> int:
        async with open_desk(settings.load()) as desk:
            return await handler(args, desk.knowledge)

    return run


@asynccontextmanager
async def opened_database(config: Settings) -> AsyncIterator[Database]:
    """The configured database alone, of the newest schema; a desk that runs on it is not disturbed."""
    home = config.frontdesk_home.expanduser().resolve()
    open_home(home)
    async with database_address(config) as dsn:
        await asyncio.to_thread(require_newest, dsn)
        database = Database(dsn, size=2)
        await database.open()
        try:
            yield database
        finally:
            await database.close()


def keys_of(config: Settings) -> Keys:
    """The keys of the configured desk."""
    return Keys(secret_of(config, config.frontdesk_home.expanduser().resolve()))
