"""Analyse chunks of ticket lines, in this process or in workers of a pool."""

import asyncio
import os
import threading
from dataclasses import dataclass
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
class Worked:
    ok: bool
    text: bytes
    """A JSON object: the result, or what was wrong with the line."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made of each ticket."""

    provider: str
    fast: bool
    """By words alone."""
    replies: bool
    dsn: str | None
    """Where the desk's articles are; None where replies must do without."""


class Batch:
    """Models, index and connections of one process, loaded once for all its chunks."""

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

    def work(self, chunk: list[Line]) -> list[Worked]:
        """One result a line, in order."""
        return self._runner.run(self._work(chunk))

    def close(self) -> None:
        if self._replies is not None:
            self._runner.run(self._replies.aclose())
        self._runner.close()

    async def _work(self, chunk: list[Line]) -> list[Worked]:
        tickets = [_checked(line) for line in chunk]
        good = [one for one in tickets if isinstance(one, _Ticket)]
        readings = iter(await self._readings(good))
        return [
            await self._worked(one, next(readings)) if isinstance(one, _Ticket) else one for one in tickets
        ]

    async def _readings(self, tickets: list["_Ticket"]) -> list[Reading]:
        if isinstance(self._reader, LocalReader):
            return self._reader.analyse_many([ReadRequest(one.body, one.subject) for one in tickets])
        return list(
            await asyncio.gather(*(self._reader.read(one.body, subject=one.subject) for one in tickets))
        )

    async def _worked(self, ticket: "_Ticket", reading: Reading) -> Worked:
        record: dict[str, Any] = {key: ticket.fields[key] for key in _KEPT if key in ticket.fields}
        record |= reading_record(reading)
        del record["explanation"]
        reply = ""
        if self._replies is not None:
            reply = await self._replies.suggest(ticket.fields, ticket.body, ticket.subject, reading)
        return Worked(True, orjson.dumps({**record, "suggested_reply": reply}))


@dataclass(frozen=True, slots=True)
class _Ticket:
    fields: dict[str, Any]
    body: str
    subject: str


def _checked(line: Line) -> _Ticket | Worked:
    try:
        fields = _fields(line.text)
    except ValueError as error:
        raw = line.text.decode("utf-8", "replace").rstrip("\n")
        return Worked(False, orjson.dumps({"line": line.number, "error": str(error), "raw": raw}))
    return _Ticket(fields, clean(fields["body"]), clean(fields.get("subject") or ""))


def _fields(text: bytes) -> dict[str, Any]:
    """Raises `ValueError` that says what is wrong with the line."""
    try:
        ticket = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(ticket, dict):
        raise ValueError("not an object")  # noqa: TRY004  # the caller asks for one kind of error
    for key, required in (("body", True), ("subject", False), ("ticket_id", False)):
        value = ticket.get(key)
        if (required or value is not None) and not isinstance(value, str):
            raise ValueError(f"`{key}` must be a text")
    if ticket.get("channel") is not None:
        ChannelName(ticket["channel"])
    if ticket.get("priority") is not None:
        Priority(ticket["priority"])
    return ticket


_of_this_worker: list[Batch] = []


def begin_worker(plan: Plan) -> None:
    """What a worker of a pool does first; it ends with its parent, however that ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _of_this_worker.append(Batch(plan))


def work_chunk(chunk: list[Line]) -> list[Worked]:
    """In a worker that has begun."""
    return _of_this_worker[0].work(chunk)


def _end_with_parent() -> None:
    # A killed parent tells its workers nothing: they would wait for the next chunk for ever.
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
