"""One text for equal values, so that what was approved and what will be done can be compared by a digest."""

import json
import math
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

_LARGEST = 40
"""Powers of ten that a number may have: beyond them its plain form is no longer a number that people read."""


def canonical(value: object) -> str:
    """JSON with sorted keys, text in Unicode's normal form C, and each number in one plain form.

    `10`, `10.0` and `1e1` are one number; so are decimals, which are written as text and so keep every
    digit. Times are told in UTC. Raises `ValueError` for what has no such form: no number, a time without
    its zone, a text that no database holds, two keys that are the same.
    """
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _plain(value: object) -> object:  # noqa: PLR0911  # one case for each kind of value
    match value:
        case None | bool():
            return value
        case Enum():
            return _plain(value.value)
        case str():
            return _text(value)
        case Decimal():
            return _decimal(value)
        case int() | float():
            return _number(value)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case Mapping():
            return _object(value)
        case Sequence():
            return [_plain(item) for item in value]
        case _:
            raise ValueError(f"{type(value).__name__} has no canonical form")


def _text(value: str) -> str:
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("a text holds what is no character")
    return unicodedata.normalize("NFC", value)


def _decimal(value: Decimal) -> str:
    if not value.is_finite() or (value and abs(value.adjusted()) > _LARGEST):
        raise ValueError("this is no number that can be written out")
    shown = f"{value:f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown in ("", "-", "-0") else shown


def _number(value: float) -> int | float:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("this is no number")
    whole = int(value)
    return whole if whole == value else value


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a time needs its zone")
    return value.astimezone(UTC).isoformat()


def _object(value: Mapping[object, object]) -> dict[str, object]:
    plain = {_text(str(key)): _plain(item) for key, item in value.items()}
    if len(plain) != len(value):
        raise ValueError("two keys are the same")
    return plain
