"""Records in a file, as people export them: JSON Lines, CSV with any usual separator and encoding, or XLSX."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import IO, Any

import orjson

from frontdesk.errors import ValidationFailed
from frontdesk.kit import xlsx
from frontdesk.kit.encoding import decode, page_of, utf16_of
from frontdesk.kit.ooxml import SIGNATURES

_BOM = b"\xef\xbb\xbf"
_TABLES = (".csv", ".tsv")
_SEPARATORS = ";,\t|"
_LONGEST_FIELD = 10_000_000
_LARGEST_SHEET = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table must name in its first row."""

    required: str
    """The column without which the table is not what is wanted."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """What else columns are called, in small letters, and the field that is meant."""


def record_lines(file: Path, columns: Columns) -> Iterator[tuple[int, bytes]]:
    """Each record as JSON in UTF-8, with the number of its line or row; empty ones are left out.

    A row of a table is an object of strings; one with more values than columns is a list. Lines of JSON are not
    looked into. Raises `ValidationFailed` for a spreadsheet or table that cannot be read, or lacks the required column.
    """
    with file.open("rb") as stream:
        head = stream.read(64 * 1024)
        stream.seek(0)
        if head.startswith(SIGNATURES):
            yield from _of_sheet(stream.read(_LARGEST_SHEET + 1), columns)
        elif utf16_of(head):
            yield from _of_text(file, decode(stream.read())[0], columns)
        else:
            page = page_of(stream)
            stream.seek(0)
            first = _first_line(head, page)
            if file.suffix.lower() in _TABLES or _is_table(first, columns):
                text = TextIOWrapper(stream, page or "utf-8-sig", "replace", newline="")
                yield from _of_table((line.replace("\x00", "") for line in text), first, columns)
            else:
                yield from _of_lines(stream, page)


def _of_text(file: Path, text: str, columns: Columns) -> Iterator[tuple[int, bytes]]:
    data = text.encode()
    first = _first_line(data, None)
    if file.suffix.lower() in _TABLES or _is_table(first, columns):
        yield from _of_table(StringIO(text, newline=""), first, columns)
    else:
        yield from _of_lines(data.splitlines(), None)


def _of_lines(lines: IO[bytes] | Iterable[bytes], page: str | None) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(_each_line(lines), 1):
        text = line.removeprefix(_BOM) if number == 1 else line
        if page is not None:
            text = text.decode(page, "replace").encode()
        stripped = text.strip(b"\r\n")
        if stripped and not stripped.isspace():
            yield number, stripped


def _each_line(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines may also end in a carriage return alone, which no JSON text holds."""
    for line in lines:
        yield from line.removesuffix(b"\n").removesuffix(b"\r").split(b"\r")


def _is_table(first: str, columns: Columns) -> bool:
    """Whether the first line names the required column, and others."""
    if first.lstrip().startswith(("{", "[")):
        return False
    names = _names(next(csv.reader([first.strip()], delimiter=_separator(first)), []), columns)
    return len(names) > 1 and columns.required in names


def _first_line(head: bytes, page: str | None) -> str:
    line = next(iter(head.removeprefix(_BOM).lstrip(b"\r\n").splitlines()), b"")
    return line.decode(page or "utf-8", "replace").replace("\x00", "")


def _separator(first: str) -> str:
    return max(_SEPARATORS, key=first.count)


def _of_table(lines: Iterable[str], first: str, columns: Columns) -> Iterator[tuple[int, bytes]]:
    """`sep=;` above the names of the columns is what spreadsheets write for themselves."""
    csv.field_size_limit(_LONGEST_FIELD)
    named = first.lower().startswith("sep=")
    separator = first[4:5] if named and first[4:5] else _separator(first)
    reader = csv.reader(lines, delimiter=separator)
    yield from _of_rows(_numbered(reader, skipped=int(named)), columns)


def _numbered(reader: Any, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its first line; a row that cannot be read ends in the error of its line."""
    number = 1
    try:
        for row in reader:
            if skipped and row:
                skipped -= 1
            else:
                yield number, row
            number = reader.line_num + 1
    except csv.Error as error:
        raise ValidationFailed(f"line {number}: {error}") from error


def _of_sheet(data: bytes, columns: Columns) -> Iterator[tuple[int, bytes]]:
    if len(data) > _LARGEST_SHEET:
        raise ValidationFailed("the spreadsheet is too large: save it as CSV")
    yield from _of_rows(xlsx.rows(data), columns)


def _of_rows(rows: Iterator[tuple[int, list[str]]], columns: Columns) -> Iterator[tuple[int, bytes]]:
    """Rows below the names of the columns. One with more values than names is no record: its text may be cut."""
    names: list[str] = []
    for number, row in rows:
        if not any(value.strip() for value in row):
            continue
        if not names:
            names = _names(row, columns)
            if columns.required not in names:
                raise ValidationFailed(
                    f"line {number} names no column `{columns.required}`: {', '.join(names)}"
                )
            continue
        if any(value.strip() for value in row[len(names) :]):
            yield number, orjson.dumps([value for value in row if value])
            continue
        pairs = zip(names, row, strict=False)
        fields = {name: value.replace("\r\n", "\n") for name, value in pairs if name and value.strip()}
        yield number, orjson.dumps(fields)


def _names(row: list[str], columns: Columns) -> list[str]:
    """In small letters; a second column of the same name has none."""
    written = [name.strip().strip("\ufeff").lower() for name in row]
    names: list[str] = []
    for name in written:
        known = columns.aliases.get(name, name)
        name_here = name if known in written else known
        names.append(name_here if name_here not in names else "")
    return names
