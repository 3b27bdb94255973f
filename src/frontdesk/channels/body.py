"""Read a provider's JSON without trust: whatever has another shape than expected is as good as absent."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from frontdesk.errors import BadRequest

Json = Mapping[str, Any]


def json_value(body: bytes) -> Any:
    """Any JSON value, of bounded depth. Raises `BadRequest`."""
    try:
        return orjson.loads(body)
    except ValueError:
        pass
    try:  # half an emoji, as phones cut them: orjson is stricter than providers
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("the body is no readable JSON") from None


def json_object(body: bytes) -> Json:
    """Raises `BadRequest` for anything but a JSON object."""
    value = json_value(body)
    if not isinstance(value, dict):
        raise BadRequest("the body is no JSON object")
    return value


def part(value: Json, *path: str) -> Json:
    """The object at this path; an empty one where there is none."""
    here: Any = value
    for name in path:
        here = here.get(name) if isinstance(here, Mapping) else None
    return here if isinstance(here, Mapping) else {}


def items(value: Json, name: str) -> list[Json]:
    """The objects of a list."""
    listed = value.get(name)
    return [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []


def text(value: Json, name: str) -> str:
    """A text or a whole number as text; empty where there is neither."""
    given = value.get(name)
    if isinstance(given, str):
        return given
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else ""


def moment(value: Json, name: str, per_second: int = 1) -> datetime:
    """A Unix time; the present where there is none that could be one."""
    digits = text(value, name)
    now = datetime.now(UTC)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        return now
    try:
        return datetime.fromtimestamp(int(digits) / per_second, UTC)
    except (OverflowError, ValueError, OSError):
        return now
