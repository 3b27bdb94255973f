"""Labelled texts in a file: JSON lines, or CSV where the name ends so."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.errors import ValidationFailed
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
    try:
        examples = [_example(record, number, text_field, label_field) for number, record in _records(file)]
    except UnicodeDecodeError:
        raise ValidationFailed(f"{file} is not UTF-8 text") from None
    if not examples:
        raise ValidationFailed(f"{file} holds no examples")
    return examples


def _records(file: Path) -> Iterator[tuple[int, Any]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        if file.suffix.lower() == ".csv":
            yield from enumerate(csv.DictReader(lines), 2)
            return
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except ValueError:
                    raise ValidationFailed(f"line {number} is not a JSON object") from None


def _example(record: Any, number: int, text_field: str, label_field: str) -> Example:
    if not isinstance(record, dict):
        raise ValidationFailed(f"line {number} is not a JSON object")
    text, label = record.get(text_field), record.get(label_field)
    if not isinstance(text, str):
        raise ValidationFailed(f"line {number} has no text in its field `{text_field}`")
    if isinstance(label, bool) or not isinstance(label, str | int) or not str(label).strip():
        raise ValidationFailed(f"line {number} has no label in its field `{label_field}`")
    return Example(clean(text), str(label).strip())
