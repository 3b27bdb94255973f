"""Intake: how many messages a second are made durable, against a bare FastAPI + psycopg insert."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import orjson
from psycopg.types.json import Jsonb

from bench import served
from bench.desk import QUESTION, chat_message
from bench.place import Place
from bench.report import Aim, Figure, Report, median, percentile
from bench.scripted import InstantReader, ScriptedAnswerer
from bench.wire import Load, post
from frontdesk.db.pool import Database, fetch_value
from frontdesk.desk import open_desk

CONNECTIONS = 32
PATHS = {"bare": "/tickets"}


@dataclass(frozen=True, slots=True)
class _Round:
    bare: Load
    desk: Load
    bare_calls: float
    accept_calls: float


async def run(place: Place, scale: float = 1.0) -> Report:
    rounds, seconds = max(1, round(5 * scale)), max(0.3, 2.5 * min(1.0, scale))
    bare, desk = place.database(), place.database()
    with served.serving(place, "bare", bare) as bare_port, served.serving(place, "api", desk) as desk_port:
        for warm in (post(bare_port, PATHS["bare"], _body, 4, 0.5), _post_tickets(desk_port, 0.5, 4)):
            await warm
        async with _callers(place, bare) as (insert, accept):
            measured = [
                _Round(
                    await post(bare_port, PATHS["bare"], _body, CONNECTIONS, seconds),
                    await _post_tickets(desk_port, seconds),
                    await _calls(insert, seconds / 2),
                    await _calls(accept, seconds / 2),
                )
                for _ in range(rounds)
            ]
        with served.serving(place, "api,worker", place.database()) as working_port:
            await _post_tickets(working_port, 0.3, 4)
            working = await _post_tickets(working_port, seconds)
        kept = await _kept(desk)
    return _report(measured, working, kept, f"{rounds} rounds of {seconds:g} s, {CONNECTIONS} connections")


def _report(measured: list[_Round], working: Load, kept: int, setting: str) -> Report:
    bare, desk = median(r.bare.rate for r in measured), median(r.desk.rate for r in measured)
    answered = sum(r.desk.answers[202] for r in measured)
    took = [seconds for r in measured for seconds in r.desk.took]
    figures = (
        Figure("bare insert", bare, "req/s"),
        Figure("POST /api/v1/tickets", desk, "req/s"),
        Figure("of the bare insert", median(r.desk.rate / r.bare.rate for r in measured), "", Aim(least=0.6)),
        Figure("p50", percentile(took, 0.5) * 1000, "ms"),
        Figure("p99", percentile(took, 0.99) * 1000, "ms"),
        Figure("with the worker busy beside it", working.rate, "req/s"),
        Figure("of the bare insert, worker busy", working.rate / bare),
        Figure("bare insert without HTTP", median(r.bare_calls for r in measured), "calls/s"),
        Figure("journey.accept (chat socket)", median(r.accept_calls for r in measured), "calls/s"),
        Figure("of the bare insert without HTTP", median(r.accept_calls / r.bare_calls for r in measured)),
        Figure("answered 202 but not kept", max(0, answered - kept), "", Aim(most=0, least=0, must=True)),
        Figure("other answers", sum(r.desk.answers.total() for r in measured) - answered, "", Aim(most=0)),
    )
    return Report("intake", figures, setting)


def _body(n: int) -> bytes:
    return orjson.dumps(
        {
            "subject": "Where is my order?",
            "body": f"{QUESTION} ({n})",
            "channel": "web_form",
            "customer": {"name": "Dana", "email": f"dana{n}@mail.example"},
        }
    )


async def _post_tickets(port: int, seconds: float, connections: int = CONNECTIONS) -> Load:
    return await post(port, "/api/v1/tickets", _body, connections, seconds)


@asynccontextmanager
async def _callers(place: Place, bare: str) -> AsyncIterator[tuple[Callable[[int], Awaitable[object]], ...]]:
    """One durable insert and one `journey.accept`, both without HTTP."""
    settings = place.settings(db_pool_size=served.POOL)
    async with (
        served.bare_pool(bare) as pool,
        open_desk(settings, answerer=ScriptedAnswerer(), reader=InstantReader()) as desk,
    ):

        async def insert(n: int) -> object:
            async with pool.connection() as conn:
                query = "insert into bare (body) values (%s) returning id"
                cursor = await conn.execute(query, (Jsonb({"n": n, "body": QUESTION}),))
                return await cursor.fetchone()

        async def accept(n: int) -> object:
            return await desk.journey.accept(chat_message(f"visitor-{n}", n))

        yield insert, accept


_numbers = itertools.count()


async def _calls(call: Callable[[int], Awaitable[object]], seconds: float) -> float:
    """Calls a second, `CONNECTIONS` at a time."""
    done = 0
    until = time.perf_counter() + seconds

    async def again() -> None:
        nonlocal done
        while time.perf_counter() < until:
            await call(next(_numbers))
            done += 1

    await asyncio.gather(*(again() for _ in range(CONNECTIONS)))
    return done / seconds


async def _kept(dsn: str) -> int:
    db = Database(dsn, size=2)
    await db.open()
    async with db.connection() as conn:
        kept = int(await fetch_value(conn, "select count(*) from raw_event"))
    await db.close()
    return kept
