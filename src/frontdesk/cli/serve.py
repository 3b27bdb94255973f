"""`frontdesk serve`: the desk on a configured database, all roles or some."""

import argparse
from typing import Any

from frontdesk import settings
from frontdesk.desk import open_desk
from frontdesk.errors import SetupError
from frontdesk.web.server import ROLES, run_roles


def register(commands: Any) -> None:
    parser = commands.add_parser("serve", help="run the desk, configured by the environment")
    parser.add_argument(
        "--roles", default=",".join(ROLES), help=f"comma list of {', '.join(ROLES)} (default: all)"
    )
    parser.add_argument("--port", type=int, help="default: PORT, else 8000")
    parser.set_defaults(run=run, logs=True)


async def run(args: argparse.Namespace) -> int:
    roles = {role.strip() for role in args.roles.split(",") if role.strip()}
    if unknown := roles - set(ROLES):
        raise SetupError(f"unknown role {', '.join(sorted(unknown))}: the roles are {', '.join(ROLES)}")
    overrides = {} if args.port is None else {"port": args.port}
    config = settings.load(**overrides)
    if config.secret_key is None:
        raise SetupError("SECRET_KEY is not set: `serve` needs one, such as `openssl rand -hex 32` prints")
    async with open_desk(config) as desk:
        await run_roles(desk, roles)
    return 0
