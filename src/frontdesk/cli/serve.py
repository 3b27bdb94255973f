"""`frontdesk serve`: the desk on a configured database, all roles or some."""

import argparse
from typing import Any

from frontdesk import settings
from frontdesk.access.access import first_admin_link
from frontdesk.desk import open_desk
from frontdesk.errors import SetupError
from frontdesk.roles import ROLES, run_roles


def register(commands: Any) -> None:
    parser = commands.add_parser("serve", help="run the desk, configured by the environment")
    names = ",".join(ROLES.names)
    parser.add_argument("--roles", default=names, help=f"comma list (default: {names})")
    parser.add_argument(
        "--port", type=int, help="default: PORT, else 8000; without the role api: of the probes, PROBE_PORT"
    )
    parser.add_argument(
        "--migrate", action="store_true", help="bring the database to the newest schema first"
    )
    parser.set_defaults(run=run, logs=True)


async def run(args: argparse.Namespace) -> int:
    roles = ROLES.pick(args.roles.split(","))
    probed = not any(role.answers_probes for role in roles)
    overrides = {} if args.port is None else {"probe_port" if probed else "port": args.port}
    config = settings.load(**overrides)
    if config.secret_key is None:
        raise SetupError("SECRET_KEY is not set: `serve` needs one, such as `openssl rand -hex 32` prints")
    async with open_desk(config, migrate=args.migrate) as desk:
        link = await first_admin_link(desk.access, desk.db) if not probed else None

        def ready() -> None:
            if link is not None:
                print(
                    f"Nobody can sign in yet. Make the first admin (once, within a day):\n  {link}",
                    flush=True,
                )

        await run_roles(desk, [role.name for role in roles], ready)
    return 0
