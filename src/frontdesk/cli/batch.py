"""Analyse a chunk of ticket lines; runs in a process of its own, so everything here can be pickled."""

import asyncio
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from frontdesk import settings
from frontdesk.desk import reader_for
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName, Priority
from frontdesk.tickets.record_of import reading_record
from frontdesk.understanding.reader import Reader

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


def work_chunk(chunk: list[Line], provider: str) -> list[Worked]:
    return asyncio.run(_work(chunk, provider))


async def _work(chunk: list[Line], provider: str) -> list[Worked]:
    reader = _reader(provider)
    if provider == "local":
        return [await _one(line, reader) for line in chunk]
    return list(await asyncio.gather(*(_one(line, reader) for line in chunk)))


@cache
def _reader(provider: str) -> Reader:
    return reader_for(settings.load(), provider)


async def _one(line: Line, reader: Reader) -> Worked:
    try:
        ticket = _checked(line.text)
    except ValueError as error:
        raw = line.text.decode("utf-8", "replace").rstrip("\n")
        return Worked(False, orjson.dumps({"line": line.number, "error": str(error), "raw": raw}))
    reading = await reader.read(clean(ticket["body"]), subject=clean(ticket.get("subject") or ""))
    record: dict[str, Any] = {key: ticket[key] for key in _KEPT if key in ticket}
    record |= reading_record(reading)
    del record["explanation"]
    return Worked(True, orjson.dumps({**record, "suggested_reply": ""}))


def _checked(text: bytes) -> dict[str, Any]:
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
