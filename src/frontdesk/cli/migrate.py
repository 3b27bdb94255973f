"""`frontdesk migrate`: bring the database to the newest schema."""

import argparse
import asyncio
from typing import Any

from frontdesk import settings
from frontdesk.db.address import database_address
from frontdesk.db.migrate import adopt_restored_log, newest, upgrade


def register(commands: Any) -> None:
    parser = commands.add_parser("migrate", help="bring the database to the newest schema")
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace) -> int:
    async with database_address(settings.load()) as dsn:
        migrated = await asyncio.to_thread(upgrade, dsn)
        if await asyncio.to_thread(adopt_restored_log, dsn):
            print("the tickets' log comes from another server: its followers go on where they were")
    print(f"the database {'was brought to' if migrated else 'has'} schema {newest()}")
    return 0
