"""JSON answers, written by orjson."""

from decimal import Decimal
from typing import Any

import orjson
from starlette.responses import Response


def _other(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def dumps(content: object) -> bytes:
    return orjson.dumps(content, default=_other, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


class Json(Response):
    media_type = "application/json"

    def __init__(self, content: Any, status_code: int = 200, headers: dict[str, str] | None = None) -> None:
        super().__init__(content, status_code, headers)

    def render(self, content: Any) -> bytes:
        return content if isinstance(content, bytes) else dumps(content)
