"""`frontdesk widget`: what a site needs to embed the chat."""

import argparse
from typing import Any

from frontdesk import settings
from frontdesk.home import secret_of
from frontdesk.kit.keys import Keys


def register(commands: Any) -> None:
    parser = commands.add_parser("widget", help="the chat on your own site")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    key = actions.add_parser("key", help="print the key by which the site's server proves its customers")
    key.add_argument(
        "--account", default="default", help="the widget's account; today sessions accept `default` alone"
    )
    key.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    config = settings.load()
    home = config.frontdesk_home.expanduser().resolve()
    print(Keys(secret_of(config, home)).identity(args.account))
    return 0
