"""The reading order of a page: columns one after another, tables row by row with the names of their columns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise

from frontdesk.knowledge.extract.pdf_lines import Piece
from frontdesk.knowledge.extract.tables import Cell, Line, grid_text

_CLOSED = re.compile(r"[.!?:;]$")
_GOES_ON = re.compile("[a-zа-яёәғқңөұүһі(«,–—-]")
_LEADERS = re.compile(r"(?<!\s)\s*(?:\.\s?){5,}\s*")
_NARROWEST = 0.8
"""Of the height of a line: the blank between two columns."""
_FAR_BELOW = 3.5
"""Heights of a line between two rows that belong to different parts of a page."""
_WORDS = 4
"""On a line, from which on two columns are text and not cells."""
_MOST_PIECES = 20_000
_LONGEST_GROUP = 300
"""Rows, so that time grows with the length of the page."""
_ENDLESS = 1e9


@dataclass(slots=True)
class TextLine:
    text: str
    top: float
    bottom: float
    is_row: bool = False
    """Of a table: it is never joined with its neighbours."""
    begins: bool = False
    """A blank stands above it, or a column begins."""


_Row = list[Piece]
_Blank = tuple[float, float]


def lines_of(pieces: list[Piece]) -> list[TextLine]:
    """The lines of a page in the order in which people read them."""
    lines: list[TextLine] = []
    for group, gutters in _groups(_rows(pieces[:_MOST_PIECES])):
        if not gutters:
            lines += _plain(group)
        elif _is_text(group, gutters):
            for column in range(len(gutters) + 1):
                within = [_within(row, gutters, column) for row in group]
                lines += _plain([row for row in within if row])
        else:
            lines += _table(group, gutters)
    return lines


def _rows(pieces: list[Piece]) -> list[_Row]:
    """Pieces side by side, from the top; each row from the left."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.top, piece.left)):
        if rows and _is_beside(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _is_beside(first: Piece, piece: Piece) -> bool:
    overlap = min(first.top, piece.top) - max(first.bottom, piece.bottom)
    return overlap > 0.5 * max(min(first.height, piece.height), 0.1)


def _groups(rows: list[_Row]) -> list[tuple[list[_Row], list[_Blank]]]:
    """Neighbouring rows with the blanks that run down between their columns; without blanks for plain text."""
    groups: list[tuple[list[_Row], list[_Blank]]] = []
    group: list[_Row] = []
    blanks: list[_Blank] = [(-_ENDLESS, _ENDLESS)]
    for row in rows:
        shared = _shared(blanks, _blanks(row))
        gutters = _gutters(group, blanks)
        far = group and group[-1][0].bottom - row[0].top > _FAR_BELOW * row[0].height
        apart = len(group) > 1 and not gutters and _are_apart(group[-1], row)
        if apart:  # columns whose lines stand at different heights begin with the row before
            groups.append((group[:-1], []))
            group, shared = group[-1:], _shared(_blanks(group[-1]), _blanks(row))
        elif group and (
            far or len(group) > _LONGEST_GROUP or len(_gutters([*group, row], shared)) < len(gutters)
        ):
            groups.append((group, gutters))
            group, shared = [], _blanks(row)
        elif group and not gutters and len(row) > 1 and not _gutters([*group, row], shared):
            groups.append((group, []))
            group, shared = [], _blanks(row)
        group.append(row)
        blanks = shared
    if group:
        groups.append((group, _gutters(group, blanks)))
    return groups


def _are_apart(above: _Row, row: _Row) -> bool:
    return len(above) == len(row) == 1 and (above[0].right < row[0].left or row[0].right < above[0].left)


def _blanks(row: _Row) -> list[_Blank]:
    """Where a row has no text, its margins included."""
    least = _NARROWEST * max(row[0].height, 1.0)
    edges = [-_ENDLESS]
    for piece in row:
        edges += [piece.left, piece.right]
    edges.append(_ENDLESS)
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(left, right) for left, right in pairs if right - left >= least]


def _shared(blanks: list[_Blank], others: list[_Blank]) -> list[_Blank]:
    shared: list[_Blank] = []
    at = 0
    for left, right in blanks:
        while at < len(others) and others[at][1] <= left:
            at += 1
        for other_left, other_right in others[at:]:
            if other_left >= right:
                break
            if min(right, other_right) - max(left, other_left) > 2:
                shared.append((max(left, other_left), min(right, other_right)))
    return shared


def _gutters(group: list[_Row], blanks: list[_Blank]) -> list[_Blank]:
    """The blanks with text on both sides, in two rows at least."""
    if len(group) < 2:
        return []
    inner: list[_Blank] = []
    start = -_ENDLESS
    for left, right in blanks:
        if _two(row[-1].left >= right - 1 for row in group) and _two(
            any(start < piece.right <= left + 1 for piece in row) for row in group
        ):
            inner.append((left, right))
            start = left
    return inner


def _two(verdicts: Iterable[bool]) -> bool:
    """Whether two are true; no more are looked at than that takes, because this is asked for every row."""
    return sum(islice(filter(None, verdicts), 2)) == 2


def _within(row: _Row, gutters: list[_Blank], column: int) -> _Row:
    left = gutters[column - 1][0] if column else -_ENDLESS
    right = gutters[column][0] if column < len(gutters) else _ENDLESS
    return [piece for piece in row if left < (piece.left + piece.right) / 2 <= right]


def _is_text(group: list[_Row], gutters: list[_Blank]) -> bool:
    """Whether the columns hold sentences that go on below, not cells beside each other."""
    for column in range(len(gutters) + 1):
        lines = [_joined(row) for row in (_within(row, gutters, column) for row in group) if row]
        if len(lines) < 2:
            return False
        pairs = pairwise(lines)
        going = sum(bool(_GOES_ON.match(line)) and not _CLOSED.search(before) for before, line in pairs)
        words = sum(len(line.split()) for line in lines) / len(lines)
        if going < 0.4 * (len(lines) - 1) and words < _WORDS:
            return False
    return True


def _joined(row: _Row) -> str:
    return _LEADERS.sub(" — ", " ".join(piece.text for piece in row))


def _plain(rows: list[_Row]) -> list[TextLine]:
    lines: list[TextLine] = []
    for row in rows:
        top, bottom = max(piece.top for piece in row), min(piece.bottom for piece in row)
        blank = not lines or lines[-1].bottom - top > 0.6 * (top - bottom)
        lines.append(TextLine(_joined(row), top, bottom, begins=blank))
    return lines


def _table(group: list[_Row], gutters: list[_Blank]) -> list[TextLine]:
    """A row that fills one column alone, without its first, goes on with the row above."""
    grid: list[Line] = []
    for row in group:
        cells = [_joined(_within(row, gutters, column)) for column in range(len(gutters) + 1)]
        filled = [column for column, text in enumerate(cells) if text]
        if (
            grid
            and filled
            and 0 not in filled
            and all(_goes_on(grid[-1][column], cells[column]) for column in filled)
        ):
            for column in filled:
                above = grid[-1][column]
                if above is not None:
                    above.text = f"{above.text} {cells[column]}".strip()
            continue
        grid.append([Cell(text) for text in cells])
    top, bottom = group[0][0].top, group[-1][0].bottom
    rows = [TextLine(text, top, bottom, is_row=True) for text in grid_text(grid).split("\n")]
    rows[0].begins = True
    return rows


def _goes_on(above: Cell | None, text: str) -> bool:
    return bool(above and above.text and _GOES_ON.match(text))
