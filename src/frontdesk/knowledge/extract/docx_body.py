"""The paragraphs and tables of a document in their order, up to limits."""

from collections.abc import Iterator
from typing import NamedTuple

from frontdesk.kit.ooxml import Element, attribute, child, children, is_on, local
from frontdesk.kit.text import number_of
from frontdesk.knowledge.extract.docx_runs import Runs, shown
from frontdesk.knowledge.extract.docx_styles import Kind, Styles
from frontdesk.knowledge.extract.extracted import LARGEST_TEXT
from frontdesk.knowledge.extract.tables import MOST_COLUMNS, Cell, grid_text

_MOST_BLOCKS = 100_000
_MOST_CELLS = 100_000
_LONGEST_CELL = 1_500
"""Of a table of values; one with longer cells lays out the page."""
_HOLDERS = {
    "sdt",
    "sdtContent",
    "customXml",
    "smartTag",
    "ins",
    "moveTo",
    "AlternateContent",
    "Choice",
    "Fallback",
}


class Block(NamedTuple):
    text: str
    kind: Kind = "text"
    level: int = 0


class Body:
    """Reads blocks of one document, up to the limits above, after which `is_cut` is set."""

    def __init__(self, styles: Styles, runs: Runs) -> None:
        self._styles = styles
        self._runs = runs
        self._blocks = 0
        self._cells = 0
        self._characters = 0
        self.is_cut = False

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks with text; a paragraph whose mark was deleted goes on in the next."""
        before = ""
        for element in self._elements(container):
            if local(element) == "tbl":
                yield from self._table(element)
                continue
            block, boxes = self._paragraph(element, before)
            if is_on(child(element, "pPr", "rPr", "del")):
                before = block.text
            else:
                before = ""
                yield from self._counted(block)
            for box in boxes:
                yield from self.blocks(box)
        yield from self._counted(Block(before))

    def _counted(self, block: Block) -> Iterator[Block]:
        if text := block.text.strip():
            self._characters += len(text)
            yield block._replace(text=text)

    def _elements(self, container: Element) -> Iterator[Element]:
        for element in container:
            name = local(element)
            self._blocks += 1
            if self._blocks > _MOST_BLOCKS or self._cells > _MOST_CELLS or self._characters > LARGEST_TEXT:
                self.is_cut = True
                return
            if name in ("p", "tbl"):
                yield element
            elif name == "altChunk":
                self._runs.unread["attached document"] += 1
            elif name in _HOLDERS:
                for inner in shown(element):
                    yield from self._elements(inner)

    def _paragraph(self, element: Element, before: str) -> tuple[Block, list[Element]]:
        properties = child(element, "pPr")
        style = self._styles.of(attribute(child(properties, "pStyle"), "val"))
        text, boxes = self._runs.text(element, style.is_hidden)
        text = before + text
        if style.kind == "contents":
            return Block(""), boxes
        outline = attribute(child(properties, "outlineLvl"), "val")
        if style.kind == "text" and outline in ("0", "1", "2", "3", "4", "5"):
            return Block(text, "heading", int(outline) + 1), boxes
        number = attribute(child(properties, "numPr", "numId"), "val")
        kind: Kind = "item" if style.kind == "text" and number not in ("", "0") else style.kind
        return Block(text, kind, style.level), boxes

    def _table(self, table: Element) -> Iterator[Block]:
        unread = self._runs.unread.copy()
        grid = self._grid(table)
        widest = max((len(line) for line in grid), default=0)
        longest = max((len(cell.text) for line in grid for cell in line if cell), default=0)
        if widest < 2 or longest > _LONGEST_CELL:
            self._runs.unread = unread  # its cells are read once more, as text
            for row in _rows(table):
                for cell in _inside(row, "tc"):
                    if not _continues(cell):
                        yield from self.blocks(cell)
            return
        yield from self._counted(Block(grid_text(grid)))

    def _grid(self, table: Element) -> list[list[Cell | None]]:
        grid: list[list[Cell | None]] = []
        for row in _rows(table):
            grid.append(self._row(row, grid[-1] if grid else []))
            if self._cells > _MOST_CELLS:
                self.is_cut = True
                break
        return grid

    def _row(self, row: Element, above: list[Cell | None]) -> list[Cell | None]:
        """The cell over each column; one that continues the one above is the same cell."""
        properties = child(row, "trPr")
        is_head = is_on(child(properties, "tblHeader"))
        line: list[Cell | None] = [None] * _columns(attribute(child(properties, "gridBefore"), "val"), 0)
        for element in _inside(row, "tc"):
            self._cells += 1
            if _continues(element) and len(line) < len(above):
                cell = above[len(line)]
            else:
                cell = Cell(self._cell_text(element), is_head=is_head)
            width = _columns(attribute(child(element, "tcPr", "gridSpan"), "val"), 1)
            line += [cell] * min(width, MOST_COLUMNS - len(line))
        if line and all(_is_bold(element) for element in _inside(row, "tc")):
            for named in line:
                if named is not None:
                    named.is_head = True
        return line

    def _cell_text(self, cell: Element) -> str:
        parts: list[str] = []
        for element in self._elements(cell):
            if local(element) == "tbl":
                parts.append("; ".join(grid_text(self._grid(element), ", ").split("\n")))
                continue
            text, boxes = self._runs.text(element)
            parts.append(text)
            parts += [block.text for box in boxes for block in self.blocks(box)]
        return " ".join(" ".join(parts).split())


def _rows(table: Element) -> Iterator[Element]:
    """Without those that a tracked change deleted."""
    return (row for row in _inside(table, "tr") if child(row, "trPr", "del") is None)


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also within controls and tags."""
    for element in parent:
        if local(element) == name:
            if name != "tc" or child(element, "tcPr", "cellDel") is None:
                yield element
        elif local(element) in _HOLDERS:
            for inner in shown(element):
                yield from _inside(inner, name)


def _continues(cell: Element) -> bool:
    merged = child(cell, "tcPr", "vMerge")
    return merged is not None and attribute(merged, "val") != "restart"


def _is_bold(cell: Element) -> bool:
    runs = [run for paragraph in children(cell, "p") for run in children(paragraph, "r")]
    return bool(runs) and all(is_on(child(run, "rPr", "b")) for run in runs)


def _columns(claimed: str, default: int) -> int:
    number = number_of(claimed)
    return default if number is None else min(max(number, default), MOST_COLUMNS)
