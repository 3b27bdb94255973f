"""`frontdesk bench inbox`: how quick the inbox is with many open tickets, on a database of its own."""

import argparse
import asyncio
import json
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from frontdesk.access.scope import ROAD
from frontdesk.cli.bench_tickets import ALERTS, RARE_WORD, fill
from frontdesk.db.embedded import EmbeddedPostgres, forget
from frontdesk.db.migrate import upgrade
from frontdesk.db.pool import Connection, Database, fetch_dicts
from frontdesk.errors import BadRequest
from frontdesk.inbox import order
from frontdesk.inbox.counts import sum_up
from frontdesk.inbox.order import Filters, Group, Page
from frontdesk.terms import OPEN_STATUSES, TicketId
from frontdesk.tickets.scoring import Weights

_ROUNDS, _NAIVE_ROUNDS = 30, 3
_PAGE = 50
_LEAST_ROWS = 1_000
_OPEN = Filters(status=[*OPEN_STATUSES])

NAIVE = """
    select ticket_id from (
        select ticket_id, waiting_since, static_score + case when waiting_since is null then 0
            else 1 / greatest(extract(epoch from %(now)s - waiting_since)::float8 / 3600, 0.5) end as total
        from ticket where status not in ('resolved', 'closed')
    ) as scored order by total desc, coalesce(waiting_since, 'infinity'), ticket_id limit %(limit)s
"""
"""The order as the contracts word it, by a look at every ticket."""


def register(commands: Any) -> None:
    parser = commands.add_parser("bench", help="measure on a database of its own")
    kinds = parser.add_subparsers(dest="bench", metavar="NAME", required=True)
    inbox = kinds.add_parser(
        "inbox", help="the first page, alerts, search and one ticket, against the naive order"
    )
    inbox.add_argument(
        "--rows", type=int, default=100_000, metavar="N", help="open tickets (default 100,000)"
    )
    inbox.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    inbox.set_defaults(run=run)


async def run(args: argparse.Namespace) -> int:
    """Exit code 1 where the pages differ from those of the naive order. Raises `BadRequest` for too few rows."""
    if args.rows < _LEAST_ROWS:
        raise BadRequest(f"--rows must be at least {_LEAST_ROWS:,}: page twenty is measured")
    root = Path(tempfile.mkdtemp(prefix="frontdesk-bench-"))
    server = EmbeddedPostgres(root)
    try:
        dsn = await asyncio.to_thread(server.start)
        await asyncio.to_thread(upgrade, dsn)
        figures = await _measured(dsn, args.rows)
    finally:
        await asyncio.to_thread(server.stop)
        forget(root)
        shutil.rmtree(root, ignore_errors=True)
    print(
        json.dumps(figures)
        if args.json
        else "\n".join(f"{name:<16} {value}" for name, value in figures.items())
    )
    return 0 if figures["equal"] else 1


async def _measured(dsn: str, rows: int) -> dict[str, Any]:
    db = Database(dsn, size=2)
    await db.open()
    try:
        began = time.perf_counter()
        async with db.connection() as conn:
            await fill(conn, rows)
            await sum_up(db)
            await conn.execute("vacuum ticket_count")  # a million tickets at once leave a million differences
            filled = time.perf_counter() - began
            return {"rows": rows, "filled_s": round(filled, 1), **await _figures(conn)}
    finally:
        await db.close()


async def _figures(conn: Connection) -> dict[str, Any]:
    weights, known = Weights(), TicketId("t-1")
    alerts, search = replace(_OPEN, alerts=ALERTS), replace(_OPEN, text=RARE_WORD)

    def page(filters: Filters, number: int = 1) -> Callable[[], Awaitable[Page]]:
        return lambda: order.page(conn, ROAD, filters, weights, _PAGE, offset=_PAGE * (number - 1))

    equal = all([await _is_equal(conn, page(_OPEN, number), number) for number in (1, 2, 20)])
    top = await _times(page(_OPEN), _ROUNDS)
    return {
        "top50_p50_ms": _quantile(top, 0.5),
        "top50_p95_ms": _quantile(top, 0.95),
        "naive_p50_ms": _quantile(
            await _times(lambda: _naive(conn, datetime.now(UTC), _PAGE), _NAIVE_ROUNDS), 0.5
        ),
        "page20_p50_ms": _quantile(await _times(page(_OPEN, 20), _ROUNDS), 0.5),
        "needs_you_p50_ms": _quantile(
            await _times(page(replace(_OPEN, group=Group.NEEDS_YOU)), _ROUNDS), 0.5
        ),
        "alerts_p50_ms": _quantile(await _times(page(alerts), _NAIVE_ROUNDS), 0.5),
        "search_p50_ms": _quantile(await _times(page(search), _ROUNDS), 0.5),
        "ticket_p50_ms": _quantile(
            await _times(lambda: order.view(conn, known, ROAD, weights), _ROUNDS), 0.5
        ),
        "equal": equal,
    }


async def _is_equal(conn: Connection, page: Callable[[], Awaitable[Page]], number: int) -> bool:
    ours = await page()
    naive = await _naive(conn, ours.now, _PAGE * number)
    return [str(row.ticket_id) for row in ours.rows] == naive[-_PAGE:]


async def _naive(conn: Connection, now: datetime, limit: int) -> list[str]:
    rows = await fetch_dicts(conn, NAIVE, {"now": now, "limit": limit})
    return [row["ticket_id"] for row in rows]


async def _times(act: Callable[[], Awaitable[object]], rounds: int) -> list[float]:
    """Milliseconds of each round, the first left out: it reads from disk."""
    await act()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        await act()
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def _quantile(ordered: Sequence[float], share: float) -> float:
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)], 2)
