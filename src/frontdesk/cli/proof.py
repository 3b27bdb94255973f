"""`frontdesk proof`: whether what was sent is still borne by the articles."""

import argparse
import dataclasses
import json
from typing import TYPE_CHECKING

from frontdesk import settings
from frontdesk.access.actor import OPERATOR
from frontdesk.access.scope import scope_of
from frontdesk.actions.proofs import Recheck, recheck
from frontdesk.cli.opened import opened_database

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_HELP = "hold the proofs of what was sent against the articles as they are now"


def register(subparsers: "Subparsers") -> None:
    parser = subparsers.add_parser("proof", help="the proofs of what the AI said")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    checking = commands.add_parser("check", help=_HELP, description=_HELP)
    checking.add_argument("--document", metavar="ID", help="only what rests on this document")
    checking.add_argument("--json", action="store_true", help="print JSON")
    checking.set_defaults(run=run_check)


async def run_check(args: argparse.Namespace) -> int:
    """1 where a sentence is no longer borne."""
    async with opened_database(settings.load()) as db:
        result = await recheck(db, scope_of(OPERATOR), args.document)
    if args.json:
        print(json.dumps(dataclasses.asdict(result), ensure_ascii=False, indent=2))
    else:
        print(in_words(result))
    return 1 if result.not_borne else 0


def in_words(result: Recheck) -> str:
    lines = [
        f"{item.ticket_id} {item.message_id} ({item.doc_id}): {item.why}\n  {item.sentence}"
        for item in result.not_borne
    ]
    answers = len({item.message_id for item in result.not_borne})
    lines.append(
        f"{result.sentences} sentences of {result.messages} messages rest on articles;"
        f" {len(result.not_borne)} in {answers} messages are no longer borne"
    )
    return "\n".join(lines)
