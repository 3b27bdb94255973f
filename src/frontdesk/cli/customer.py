"""`frontdesk customer`: export what the desk holds of a customer, or erase it."""

import argparse
from pathlib import Path
from typing import Any

import orjson

from frontdesk import settings
from frontdesk.access.actor import OPERATOR
from frontdesk.desk import open_desk
from frontdesk.privacy.report import Report


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser("customer", help="what the desk holds of a customer: export, erase")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    exporting = commands.add_parser("export", help="write everything about a customer into a ZIP")
    _named(exporting)
    exporting.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.zip")
    exporting.set_defaults(run=run_export)
    erasing = commands.add_parser("erase", help="erase everything about a customer, for good")
    _named(erasing)
    erasing.add_argument("--dry-run", action="store_true", help="only say what would be erased")
    erasing.add_argument("--json", action="store_true", help="print the report as JSON")
    erasing.set_defaults(run=run_erase)


def _named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("customer", metavar="ID|EMAIL|PHONE")


async def run_export(args: argparse.Namespace) -> int:
    async with open_desk(settings.load()) as desk:
        counts = await desk.privacy.exporter.export(OPERATOR, args.customer, args.output)
    print(f"{args.output}: {sum(counts.values())} rows of {len(counts)} tables")
    return 0


async def run_erase(args: argparse.Namespace) -> int:
    async with open_desk(settings.load()) as desk:
        act = desk.privacy.eraser.look if args.dry_run else desk.privacy.eraser.erase
        report = await act(OPERATOR, args.customer)
    print(orjson.dumps(report.record(), option=orjson.OPT_INDENT_2).decode() if args.json else _lines(report))
    return 0


def _lines(report: Report) -> str:
    lines = [f"{'':14} {'found':>7} {'deleted':>8} {'emptied':>8}"]
    lines += [
        f"{kind:14} {now.rows:7} {now.deleted:8} {now.emptied:8}"
        for kind, now in report.kinds.items()
        if now.rows or now.deleted or now.emptied
    ]
    lines.append(f"{'files':14} {report.files:7}")
    if report.classifiers:
        lines.append(f"{report.classifiers} classifiers that had learned from it were deleted")
    if report.mails_sent:
        lines.append(f"{report.mails_sent} e-mails are in managers' mailboxes: delete them there")
    return "\n".join(lines)
