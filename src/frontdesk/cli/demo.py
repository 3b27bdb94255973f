"""`frontdesk demo`: everything in one process, with the sample shop and its conversations."""

import argparse
import asyncio
import time
import webbrowser
from pathlib import Path
from typing import Any

from frontdesk import settings
from frontdesk.access.access import DEMO_ADMIN, demo_link
from frontdesk.desk import Desk, open_desk
from frontdesk.roles import ROLES, run_roles
from frontdesk.sample.load import DESK_NAME, load_shop, send_conversations
from frontdesk.settings import Settings
from frontdesk.web.address import require_free


def register(commands: Any) -> None:
    parser = commands.add_parser("demo", help="try it: embedded database, sample shop, all in one process")
    parser.add_argument("--port", type=int, help="default: PORT, else 8000")
    parser.add_argument(
        "--home", type=Path, help="where everything is kept (default: FRONTDESK_HOME, else ./var)"
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser window")
    parser.add_argument("--no-sample", action="store_true", help="start with an empty desk")
    parser.set_defaults(run=run, logs=True, calm=True)


async def run(args: argparse.Namespace) -> int:
    started = time.monotonic()
    config = _settings(args)
    for port in config.ports:
        require_free(config.host, port)  # before a database is started for nothing
    async with open_desk(config, demo=True) as desk:
        loading: list[asyncio.Task[None]] = []
        if not args.no_sample:
            await load_shop(desk)
        link = await demo_link(desk.access, desk.db, "Admin")

        def ready() -> None:
            _welcome(desk, link, time.monotonic() - started)
            if not args.no_sample:
                loading.append(asyncio.create_task(_converse(desk)))
            if not args.no_browser:
                webbrowser.open(f"{config.base_url}/shop")

        await run_roles(desk, ROLES.names, ready)
    return 0


def _settings(args: argparse.Namespace) -> Settings:
    given = {"port": args.port, "frontdesk_home": args.home}
    config = settings.load(**{name: value for name, value in given.items() if value is not None})
    if config.desk_name == "Frontdesk" and not args.no_sample:
        config = config.model_copy(update={"desk_name": DESK_NAME[config.default_language]})
    return config


async def _converse(desk: Desk) -> None:
    sent = await send_conversations(desk)
    if sent:
        print(f"  {sent} sample conversations are on the road: watch the console")


def _welcome(desk: Desk, link: str, seconds: float) -> None:
    base = desk.settings.base_url
    mail = "over SMTP" if desk.settings.smtp_host else f"in {desk.home / 'mail'}"
    print(
        f"\nFrontdesk is ready after {seconds:.1f} s.\n"
        f"  the shop with the chat  {base}/shop\n"
        f"  the console             {link}\n"
        f"                          (signs you in, once; another: frontdesk user link {DEMO_ADMIN})\n"
        f"  the API                 {base}/docs\n"
        f"  answers come from       {' -> '.join(desk.settings.providers)}\n"
        f"  escalation e-mails      {mail}\n"
        "Ctrl+C stops it.",
        flush=True,
    )
