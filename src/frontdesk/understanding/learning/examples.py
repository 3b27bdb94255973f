"""Labelled texts in a file: JSON lines, a table with any usual separator and encoding, or a spreadsheet."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.errors import ValidationFailed
from frontdesk.kit.record_file import Columns, record_lines
from frontdesk.kit.text import clean

OUT_OF_SCOPE = "oos"
"""The label of a text that belongs to none of the others."""


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    label: str


def read_examples(file: Path, text_field: str, label_field: str) -> list[Example]:
    """All examples, in order. Raises `ValidationFailed` that names the line with an error."""
    if not file.is_file():
        raise ValidationFailed(f"{file} is not a file")
    columns = Columns(text_field, {field.lower(): field for field in (text_field, label_field)})
    examples = [
        _example(_record(line, number), number, text_field, label_field)
        for number, line in record_lines(file, columns)
    ]
    if not examples:
        raise ValidationFailed(f"{file} holds no examples")
    return examples


def _record(line: bytes, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError:
        record = None
    if isinstance(record, dict):
        return record
    raise ValidationFailed(
        f"line {number} is not a JSON object, nor a row of as many values as there are columns"
    )


def _example(record: dict[str, Any], number: int, text_field: str, label_field: str) -> Example:
    text, label = record.get(text_field), record.get(label_field)
    if not isinstance(text, str):
        raise ValidationFailed(f"line {number} has no text in its field `{text_field}`")
    if isinstance(label, bool) or not isinstance(label, str | int) or not str(label).strip():
        raise ValidationFailed(f"line {number} has no label in its field `{label_field}`")
    return Example(clean(text), str(label).strip())
