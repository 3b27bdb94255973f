"""How an accepted event is kept, so that any version of the desk can read what another one kept.

Formats: 1 is a message alone, written by versions that could not read a field they did not know; 2 is any
event, each with its `kind`. A field is only ever added, and left out where it has its default: so a plain
message is still written as format 1 knows it, and workers of both versions may stand side by side.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from frontdesk.channels.inbound import EVENTS, EventKind, InboundEvent, InboundMessage
from frontdesk.db.pool import Connection, fetch_value
from frontdesk.kit.text import clean

FORMAT = 2
_FORMAT_1_LACKS = ("media", "reply_to", "to_assistant", "headers", "by_program", "conversation", "refers_to")
_READERS: dict[str, TypeAdapter[InboundEvent]] = {event.kind: TypeAdapter(event) for event in EVENTS}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was kept cannot be read by this version; the event is set aside for a person."""

    kind: str
    reason: str


def keep(event: InboundEvent) -> dict[str, Any]:
    """The event as JSON has it, its strings without what PostgreSQL cannot keep."""
    body = {"kind": str(event.kind)}
    whole = isinstance(event, InboundMessage)
    for field in dataclasses.fields(event):
        value = getattr(event, field.name)
        if value != field.default or (whole and field.name not in _FORMAT_1_LACKS):
            body[field.name] = _cleaned(value)
    return body


def restore(body: dict[str, Any]) -> InboundEvent | Unreadable:
    """The event that was kept; unknown fields are passed over. Raises nothing."""
    kind = str(body.get("kind", EventKind.MESSAGE))
    reader = _READERS.get(kind)
    if reader is None:
        return Unreadable(kind, f"this version knows no events of the kind {kind!r}")
    try:
        return reader.validate_python(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        return Unreadable(kind, f"{where}: {first['msg']}")


async def read(conn: Connection, event_id: int) -> InboundEvent | Unreadable | None:
    """What was kept; None where it is gone."""
    body = await fetch_value(conn, "select body from raw_event where event_id = %s", (event_id,))
    return None if body is None else restore(body)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isprintable() else clean(value)
    if isinstance(value, tuple):
        return [_cleaned(item) for item in value]
    if dataclasses.is_dataclass(value):  # asdict() would copy what never changes
        return {field.name: _cleaned(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value
