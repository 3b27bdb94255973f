"""`frontdesk migrate`: bring the database to the newest schema."""

import argparse
from typing import Any

from frontdesk import settings
from frontdesk.desk import open_desk


def register(commands: Any) -> None:
    parser = commands.add_parser("migrate", help="bring the database to the newest schema")
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace) -> int:
    async with open_desk(settings.load()):
        print("the database has the newest schema")
    return 0
