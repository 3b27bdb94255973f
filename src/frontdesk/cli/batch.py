"""Analyse ticket lines in chunks, in this process or in a pool of worker processes."""

import asyncio
import os
import threading
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import connection, parent_process
from typing import Any

import orjson

from frontdesk import settings
from frontdesk.cli.replies import Replies
from frontdesk.db.pool import Database
from frontdesk.intelligence import NO_EMBEDDERS, embedders_of, knowledge_of, reader_for
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName, Priority
from frontdesk.tickets.reading import Reading
from frontdesk.tickets.records import reading_record
from frontdesk.understanding.local.reader import LocalReader, ReadRequest

_KEPT = ("event_id", "ticket_id", "customer_id", "channel", "ts")


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: bytes


@dataclass(frozen=True, slots=True)
class LineResult:
    ok: bool
    text: bytes
    """A JSON object: the analysis, or the error of the line."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with each ticket."""

    provider: str
    fast: bool
    """Without sentence vectors."""
    replies: bool
    dsn: str | None
    """The database with the desk's articles; None for replies without articles."""


class Batch:
    """The models, index and connections of one process, loaded once for all chunks."""

    def __init__(self, plan: Plan) -> None:
        config = settings.load()
        self._runner = asyncio.Runner()
        embedders = NO_EMBEDDERS if plan.fast else embedders_of(config)
        self._reader = reader_for(config, plan.provider, embedders)
        self._replies: Replies | None = None
        if plan.replies:
            database = Database(plan.dsn, size=1) if plan.dsn else None
            knowledge = knowledge_of(config, database, embedders) if database else None
            self._replies = Replies(config, knowledge, database)

    def work(self, chunk: list[Line]) -> list[LineResult]:
        """One result for each line, in order."""
        return self._runner.run(self._work(chunk))

    def close(self) -> None:
        if self._replies is not None:
            self._runner.run(self._replies.aclose())
        self._runner.close()

    async def _work(self, chunk: list[Line]) -> list[LineResult]:
        tickets = [_checked(line) for line in chunk]
        good = [ticket for ticket in tickets if isinstance(ticket, _Ticket)]
        readings = iter(await self._readings(good))
        return [
            await self._result(ticket, next(readings)) if isinstance(ticket, _Ticket) else ticket
            for ticket in tickets
        ]

    async def _readings(self, tickets: list["_Ticket"]) -> list[Reading]:
        if isinstance(self._reader, LocalReader):
            return self._reader.analyse_many(
                [ReadRequest(ticket.body, ticket.subject, at=ticket.at) for ticket in tickets]
            )
        return list(
            await asyncio.gather(
                *(self._reader.read(ticket.body, subject=ticket.subject, at=ticket.at) for ticket in tickets)
            )
        )

    async def _result(self, ticket: "_Ticket", reading: Reading) -> LineResult:
        record: dict[str, Any] = {key: ticket.fields[key] for key in _KEPT if key in ticket.fields}
        record |= reading_record(reading)
        del record["explanation"]
        reply = ""
        if self._replies is not None:
            reply = await self._replies.suggest(ticket.fields, ticket.body, ticket.subject, reading)
        return LineResult(True, orjson.dumps({**record, "suggested_reply": reply}))


@dataclass(frozen=True, slots=True)
class _Ticket:
    fields: dict[str, Any]
    body: str
    subject: str
    at: datetime | None
    """When it was written, where the record says so."""


def _checked(line: Line) -> _Ticket | LineResult:
    try:
        fields = _fields(line.text)
    except ValueError as error:
        raw = line.text.decode("utf-8", "replace").rstrip("\n")
        return LineResult(False, orjson.dumps({"line": line.number, "error": str(error), "raw": raw}))
    return _Ticket(fields, clean(fields["body"]), clean(fields.get("subject") or ""), _time(fields.get("ts")))


def _time(stamp: object) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp) if isinstance(stamp, str) else None
    except ValueError:
        return None


def _fields(text: bytes) -> dict[str, Any]:
    """Raises `ValueError` with the error of the line."""
    try:
        ticket = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(ticket, dict):
        raise ValueError("not an object")  # noqa: TRY004  # the caller catches only ValueError
    for key, required in (("body", True), ("subject", False), ("ticket_id", False)):
        value = ticket.get(key)
        if (required or value is not None) and not isinstance(value, str):
            raise ValueError(f"`{key}` must be a text")
    if ticket.get("channel") is not None:
        ChannelName(ticket["channel"])
    if ticket.get("priority") is not None:
        Priority(ticket["priority"])
    return ticket


_worker_batch: list[Batch] = []


def begin_worker(plan: Plan) -> None:
    """Initialise a worker of the pool; it ends with its parent, however that ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker_batch.append(Batch(plan))


def work_chunk(chunk: list[Line]) -> list[LineResult]:
    """Process a chunk, in a worker after `begin_worker`."""
    return _worker_batch[0].work(chunk)


def _end_with_parent() -> None:
    # Without this the workers of a killed parent would wait for the next chunk for ever.
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
