"""Tables of a page, made into lines when they end; those that only lay the page out stay as they are."""

from dataclasses import dataclass, field

from frontdesk.kit.text import number_of
from frontdesk.knowledge.extract.tables import Cell, table_text

_MOST_NESTED = 4
"""Deeper tables are plain text, so that time grows with the length of the page."""
_LONGEST_CELL = 600
_MOST_CELLS = 100_000


@dataclass(slots=True)
class _Table:
    start: int
    rows: list[list[Cell]] = field(default_factory=list)
    cell_start: int | None = None
    spans: tuple[int, int] = (1, 1)
    in_head: bool = False
    is_layout: bool = False
    cells: int = 0
    caption: str = ""
    caption_start: int | None = None


class Tables:
    """The open tables; `pieces` is the page's text so far, which they shorten when they end."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._open: list[_Table] = []
        self._deeper = 0

    def are_layout(self) -> None:
        """A heading or an article stands in the open tables: they lay out the page."""
        for table in self._open:
            table.is_layout = True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            if len(self._open) >= _MOST_NESTED:
                self._deeper += 1
                return
            self._open.append(_Table(len(self._pieces)))
        if not self._open or self._deeper:
            return
        table = self._open[-1]
        if tag == "thead":
            table.in_head = True
        elif tag == "tr":
            table.rows.append([])
        elif tag in ("td", "th"):
            table.cell_start = len(self._pieces)
            table.spans = _number(attributes.get("colspan")), _number(attributes.get("rowspan"))
        elif tag == "caption":
            table.caption_start = len(self._pieces)

    def end(self, tag: str) -> None:
        if tag == "table" and self._deeper:
            self._deeper -= 1
            return
        if not self._open or self._deeper:
            return
        table = self._open[-1]
        if tag == "thead":
            table.in_head = False
        elif tag in ("td", "th") and table.cell_start is not None:
            self._end_cell(table, table.cell_start, tag == "th" or table.in_head)
        elif tag == "caption" and table.caption_start is not None:
            table.caption = " ".join("".join(self._pieces[table.caption_start :]).split())
        elif tag == "table":
            self._open.pop()
            self._end_table(table)

    def _end_cell(self, table: _Table, start: int, is_head: bool) -> None:
        text = " ".join("".join(self._pieces[start:]).split())
        table.cell_start = None
        table.cells += 1
        table.is_layout |= len(text) > _LONGEST_CELL or table.cells > _MOST_CELLS
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(Cell(text, *table.spans, is_head))

    def _end_table(self, table: _Table) -> None:
        if table.is_layout or max((len(row) for row in table.rows), default=0) < 2:
            return
        text = table_text(table.rows, ", " if self._open else "; ")
        caption = f"{table.caption}\n" if table.caption else ""
        self._pieces[table.start :] = [f"\n\n{caption}{text}\n\n"]


def _number(written: str | None) -> int:
    number = number_of((written or "").strip(), most_digits=5)
    return 1 if number is None else number
