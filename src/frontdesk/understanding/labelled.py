"""Tickets labelled by people: JSON lines that an analysis is measured on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from frontdesk.errors import ValidationFailed
from frontdesk.kit.text import clean
from frontdesk.terms import EntityType, Priority

EntityValue = tuple[str, str]
"""Type and value, the value in the form it is compared in."""


@dataclass(frozen=True, slots=True)
class LabelledTicket:
    """A field that is None has no label and is not counted."""

    text: str
    subject: str = ""
    language: str | None = None
    category: str | None = None
    intent: str | None = None
    priority: Priority | None = None
    sentiment: str | None = None
    escalate: bool | None = None
    escalate_reason: str | None = None
    entities: frozenset[EntityValue] | None = None
    kind: str | None = None
    """What is special about the ticket (`typo`, `short` ...), in its author's words."""


def tickets_of_lines(lines: Iterable[str]) -> list[LabelledTicket]:
    """In order; empty lines are skipped. Raises `ValidationFailed` that names the line and its fault."""
    tickets = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                tickets.append(_ticket(line))
            except ValueError as error:
                raise ValidationFailed(f"line {number}: {error}") from None
    if not tickets:
        raise ValidationFailed("there are no tickets in the file")
    return tickets


def entity_value(kind: str, value: str) -> EntityValue:
    """Amounts are the same where their numbers are: `45000` and `45000.00`."""
    value = " ".join(value.split())
    if kind == EntityType.AMOUNT:
        try:
            return kind, format(Decimal("".join(value.split())).normalize(), "f")
        except InvalidOperation:
            pass
    return kind, value


def _ticket(line: str) -> LabelledTicket:
    """Raises `ValueError` that says what is wrong."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError:
        raise ValueError("not a JSON object") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004  # the caller asks for one kind of error
    text = _text(record, "text")
    if text is None:
        raise ValueError("`text` is missing")
    priority, escalate = _text(record, "priority"), record.get("escalate")
    if escalate is not None and not isinstance(escalate, bool):
        raise ValueError("`escalate` must be true or false")
    return LabelledTicket(
        text=clean(text),
        subject=clean(_text(record, "subject") or ""),
        language=_text(record, "lang"),
        category=_text(record, "category"),
        intent=_text(record, "intent"),
        priority=None if priority is None else _priority(priority),
        sentiment=_text(record, "sentiment"),
        escalate=escalate,
        escalate_reason=_text(record, "escalate_reason"),
        entities=_entities(record.get("entities")),
        kind=_text(record, "kind"),
    )


def _text(record: dict[str, Any], field: str) -> str | None:
    value = record.get(field)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"`{field}` must be a text")
    return value


def _priority(name: str) -> Priority:
    try:
        return Priority(name)
    except ValueError:
        raise ValueError(f"`priority` is one of {', '.join(Priority)}, not {name!r}") from None


def _entities(entities: object) -> frozenset[EntityValue] | None:
    """From `{type: [value, ...]}` or `[{"type", "value"}, ...]`."""
    if entities is None:
        return None
    if isinstance(entities, dict):
        pairs = [
            (kind, value)
            for kind, values in entities.items()
            for value in (values if isinstance(values, list) else [values])
        ]
    elif isinstance(entities, list) and all(isinstance(entity, dict) for entity in entities):
        pairs = [(entity.get("type"), entity.get("value")) for entity in entities]
    else:
        raise ValueError("`entities` must be an object of lists, or a list of objects with type and value")
    return frozenset(_pair(kind, value) for kind, value in pairs)


def _pair(kind: object, value: object) -> EntityValue:
    if isinstance(kind, str) and isinstance(value, str | int | float) and not isinstance(value, bool):
        return entity_value(kind, str(value))
    raise ValueError("each of `entities` must have a type and a value")
