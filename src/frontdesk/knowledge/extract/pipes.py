"""Tables of Markdown (`| Town | Price |` above `|---|---|`) as rows with the names of their columns."""

import re

from frontdesk.knowledge.extract.tables import Cell, table_text

_RULE = re.compile(r"^\s{0,3}\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+$")
_CELL = re.compile(r"(?<!\\)\|")
_LONGEST_ROW = 20_000
_INDENTED = ("    ", "\t")


def with_named_rows(lines: list[str]) -> list[str]:
    """The lines, those of tables made into self-contained rows; code stays as it is."""
    if not any("|" in line and "-" in line for line in lines):
        return lines
    made: list[str] = []
    table: list[str] = []
    for line in lines:
        if table and "|" in line:
            table.append(line)
            continue
        made += _rows(table)
        table = []
        is_rule = "|" in line and "-" in line and len(line) < _LONGEST_ROW and _RULE.match(line)
        if is_rule and made and "|" in made[-1] and not made[-1].startswith(_INDENTED):
            table = [made.pop()]
        else:
            made.append(line)
    return made + _rows(table)


def _rows(table: list[str]) -> list[str]:
    """Of a head and the rows below its rule."""
    if not table:
        return []
    cells = [[Cell(text, is_head=not number) for text in _cells(row)] for number, row in enumerate(table)]
    return table_text(cells).split("\n")


def _cells(row: str) -> list[str]:
    row, rest = row.strip()[:_LONGEST_ROW].removeprefix("|"), row.strip()[_LONGEST_ROW:]
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(row + rest)]
