"""Tables as text: a line for each row, each value under the name of its column."""

import re
from dataclasses import dataclass

MOST_COLUMNS = 63
"""As many as a word processor allows; a cell may claim to span millions."""
MOST_SLOTS = 200_000
_LONGEST_NAME = 60
_LEAST_ADDED = 20_000
_MOST_GROWTH = 10
"""So many characters, or times its own, a table may gain by the names of its columns."""
_EMPTY = "—"
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Cell:
    text: str
    columns: int = 1
    rows: int = 1
    is_head: bool = False
    """Marked as the name of a column or row."""


Line = list[Cell | None]
"""The cell that lies over each column of a row; a merged one lies over several, in several rows."""


def table_text(rows: list[list[Cell]], between: str = "; ") -> str:
    """The lines of a table whose cells say over how many columns and rows they reach.

    Rows beyond what can be laid out are lines of their values alone.
    """
    grid = _grid(rows)
    rest = (between.join(cell.text for cell in row if cell.text) for row in rows[len(grid) :])
    return "\n".join([grid_text(grid, between), *filter(None, rest)])


def grid_text(grid: list[Line], between: str = "; ") -> str:
    """`Town: Aktau; Courier: —; Pick-up: 5 days`: a cell of merged columns once, one of merged rows in each of them.

    Columns have names where the file marks them, or where the first row of three columns or more plainly holds
    names: words above numbers. Without names the values stand in their order.
    """
    heads = _heads(grid)
    names = _names(grid[:heads])
    if not _are_affordable(names, grid):
        return "\n".join(_line(line, [], between) for line in grid)
    lines = [_line(line, names, between) for line in grid[heads:]]
    if heads and not any(lines):
        lines = [between.join(name for name in names if name)]
    return "\n".join(line for line in lines if line)


def _grid(rows: list[list[Cell]]) -> list[Line]:
    grid: list[Line] = []
    reaching: dict[int, tuple[Cell, int]] = {}
    slots = 0
    for row in rows:
        line: Line = []
        for cell in row:
            _fill_from_above(line, reaching)
            width = min(max(cell.columns, 1), MOST_COLUMNS)
            for column in range(len(line), min(len(line) + width, MOST_COLUMNS)):
                reaching[column] = (cell, max(cell.rows, 1))
                line.append(cell)
        _fill_from_above(line, reaching)
        reaching = {column: (cell, left - 1) for column, (cell, left) in reaching.items() if left > 1}
        grid.append(line)
        slots += len(line)
        if slots > MOST_SLOTS:
            break
    return grid


def _fill_from_above(line: Line, reaching: dict[int, tuple[Cell, int]]) -> None:
    while len(line) in reaching:
        line.append(reaching[len(line)][0])


def _heads(grid: list[Line]) -> int:
    """How many rows at the top name the columns."""
    marked = 0
    while marked < len(grid) and _is_marked(grid[marked]):
        marked += 1
    if marked:
        return min(marked, 3)
    return 1 if _plainly_names(grid) else 0


def _is_marked(line: Line) -> bool:
    cells = [cell for cell in line if cell is not None and cell.text]
    return len(line) > 1 and bool(cells) and all(cell.is_head for cell in cells)


def _plainly_names(grid: list[Line]) -> bool:
    if len(grid) < 2 or len(grid[0]) < 3:
        return False
    first = [cell.text if cell else "" for cell in grid[0]]
    named = [name for name in first[1:] if name]
    if len(named) < len(first) - 1 or len(set(first)) < len(first):
        return False
    if any(len(name) > _LONGEST_NAME or _DIGIT.search(name) for name in first):
        return False
    return any(cell and _DIGIT.search(cell.text) for line in grid[1:] for cell in line[1:])


def _names(heads: list[Line]) -> list[str]:
    width = max((len(line) for line in heads), default=0)
    names: list[str] = []
    for column in range(width):
        above = [line[column] for line in heads if column < len(line)]
        names.append(", ".join(dict.fromkeys(cell.text for cell in above if cell and cell.text)))
    return names


def _are_affordable(names: list[str], grid: list[Line]) -> bool:
    """Every row repeats them: no text may grow without measure by it."""
    added = sum(map(len, names)) * len(grid)
    written = sum(len(cell.text) for line in grid for cell in line if cell)
    return added <= max(_LEAST_ADDED, _MOST_GROWTH * written)


def _line(line: Line, names: list[str], between: str) -> str:
    if len({id(cell) for cell in line if cell and cell.text}) < 2:
        return next((cell.text for cell in line if cell and cell.text), "")
    parts: list[str] = []
    column = 0
    while column < len(line):
        cell, start = line[column], column
        while column < len(line) and line[column] is cell:
            column += 1
        name = ", ".join(dict.fromkeys(name for name in names[start:column] if name))
        text = cell.text if cell else ""
        if text and name and text != name:
            parts.append(f"{name}: {text}")
        elif text or name or len(line) > 2:
            parts.append(text or (f"{name}: {_EMPTY}" if name else _EMPTY))
    return between.join(parts)
