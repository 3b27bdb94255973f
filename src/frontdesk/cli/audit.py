"""`frontdesk audit`: verify the chain of the audit log, export it, seal it with a new key."""

import argparse
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from frontdesk import settings
from frontdesk.access.actor import OPERATOR
from frontdesk.audit.act import AuditAction, ObjectKind
from frontdesk.audit.door import record
from frontdesk.audit.log import AuditEntry, AuditFilters, audit_record, every
from frontdesk.audit.sealer import head_of, reseal
from frontdesk.audit.verify import Verdict, verify
from frontdesk.cli.opened import keys_of, opened_database
from frontdesk.errors import SetupError
from frontdesk.kit.files import written_whole

_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser("audit", help="who did what: verify the log, export it")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    checking = commands.add_parser("verify", help="whether any entry was changed, removed or moved")
    checking.add_argument(
        "--head",
        type=_head,
        metavar="NUMBER:HASH",
        help="a head that was kept elsewhere must be in the chain",
    )
    checking.set_defaults(run=run_verify)
    exporting = commands.add_parser("export", help="write entries as JSON lines, oldest first")
    exporting.add_argument("--since", type=_time, metavar="TIME", help="ISO 8601, such as 2026-11-01")
    exporting.add_argument("--until", type=_time, metavar="TIME", help="not included")
    exporting.add_argument("--actor", metavar="WHO", help="an id, a name or a kind (person, key, ai, rule)")
    exporting.add_argument("--object", metavar="KIND[:ID]", help="such as ticket or ticket:4711")
    exporting.add_argument("-o", "--output", required=True, metavar="FILE", help="- is the standard output")
    exporting.set_defaults(run=run_export)
    sealing = commands.add_parser(
        "reseal", help="after SECRET_KEY was changed: seal the head with the new key"
    )
    sealing.set_defaults(run=run_reseal)


def _head(text: str) -> tuple[int, str]:
    named = _HEAD.fullmatch(text)
    if named is None:
        raise argparse.ArgumentTypeError("as `frontdesk audit verify` prints it: 1234:<64 hex digits>")
    return int(named[1]), named[2]


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a time such as 2026-11-01T09:00Z, not {text!r}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


async def run_verify(args: argparse.Namespace) -> int:
    config = settings.load()
    async with opened_database(config) as db:
        verdict = await verify(db, keys_of(config).audit, args.head)
    for fault in verdict.faults:
        print(f"frontdesk: {fault}", file=sys.stderr)
    if not verdict.faults:
        print(_in_words(verdict))
    return 1 if verdict.faults else 0


def _in_words(verdict: Verdict) -> str:
    waiting = f", {verdict.open} not sealed yet" if verdict.open else ""
    return f"{verdict.entries} entries are as they were written{waiting}\nhead {verdict.head}"


async def run_export(args: argparse.Namespace) -> int:
    kind, _, name = (args.object or "").partition(":")
    filters = AuditFilters(
        actor=args.actor, object_kind=kind or None, object_id=name or None, since=args.since, until=args.until
    )
    async with opened_database(settings.load()) as db:
        async with db.transaction() as conn:
            await conn.execute("set transaction isolation level repeatable read read only")
            head = await head_of(conn)
            with _output(args.output) as out:
                count = await _write(out, every(conn, filters))
        async with db.transaction() as conn:
            await record(conn, OPERATOR, AuditAction.AUDIT_EXPORTED, ObjectKind.AUDIT, str(head.number))
    print(f"{count} entries; head {head}", file=sys.stderr if args.output == "-" else sys.stdout)
    return 0


@contextmanager
def _output(name: str) -> Iterator[BinaryIO]:
    """A file appears whole or not at all, and only its owner reads it."""
    if name == "-":
        yield sys.stdout.buffer
    else:
        with written_whole(Path(name)) as file:
            yield file


async def _write(out: BinaryIO, entries: AsyncIterator[AuditEntry]) -> int:
    count = 0
    async for entry in entries:
        out.write(orjson.dumps(audit_record(entry), option=orjson.OPT_UTC_Z) + b"\n")
        count += 1
    return count


async def run_reseal(args: argparse.Namespace) -> int:
    config = settings.load()
    async with opened_database(config) as db:
        key = keys_of(config).audit
        verdict = await verify(db, key)
        if any(fault.number for fault in verdict.faults) or verdict.head is None:
            raise SetupError(
                "the chain itself is not whole: see `frontdesk audit verify`; nothing was sealed"
            )
        async with db.transaction() as conn:
            head = await reseal(conn, key, OPERATOR)
    print(f"sealed with the present key; head {head}")
    return 0
