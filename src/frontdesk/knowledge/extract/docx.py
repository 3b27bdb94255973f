"""DOCX: paragraphs, headings, lists and tables in their order."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from frontdesk.errors import ValidationFailed
from frontdesk.knowledge.extract.extracted import LARGEST_TEXT, Extracted

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
    from docx.oxml.text.paragraph import CT_P

_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_XML = 25 * 1024 * 1024
_MOST_PARTS = 10_000
_MOST_BLOCKS = 100_000
_MOST_CELLS = 100_000
_MOST_COLUMNS = 63
"""As many as a word processor allows; a cell may claim to span millions."""
_HEADING = re.compile(r"^(?:heading|заголовок|тақырып)\s*(\d)", re.IGNORECASE)


def read(data: bytes) -> Extracted:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    _refuse_bomb(data)
    try:
        return _Reader(Document(io.BytesIO(data))).read()
    except (
        OpcError,
        LxmlError,
        SyntaxError,
        zipfile.BadZipFile,
        zlib.error,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        NotImplementedError,
        OSError,
    ) as error:
        raise ValidationFailed("the DOCX file is broken") from error


def _refuse_bomb(data: bytes) -> None:
    """Refuse an archive that declares too large sizes; `zipfile` enforces the declared ones."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ValidationFailed("the DOCX file is broken") from error
    if any(part.flag_bits & 1 for part in parts):
        raise ValidationFailed("the DOCX file is protected by a password")
    xml = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MOST_UNPACKED or xml > _MOST_XML or len(parts) > _MOST_PARTS:
        raise ValidationFailed("the DOCX file unpacks to more than can be read safely")


class _Block(NamedTuple):
    text: str
    is_title: bool = False


class _Reader:
    """Reads one document, up to the limits above."""

    def __init__(self, document: "Document") -> None:
        self._document = document
        self._styles: dict[str | None, str] = {}
        self._cells = 0
        self._is_cut = False

    def read(self) -> Extracted:
        title = ""
        blocks: list[str] = []
        for block in self._blocks():
            if block.is_title and not title:
                title = block.text
            else:
                blocks.append(block.text)
        title_property = (self._document.core_properties.title or "").strip()
        if not title and blocks and blocks[0].startswith("# "):
            title = blocks.pop(0)[2:] if len(blocks) > 1 else blocks[0][2:]
        warnings = ("the document is too long: only its beginning was taken",) if self._is_cut else ()
        return Extracted(title or title_property, "\n\n".join(blocks), warnings=warnings)

    def _blocks(self) -> Iterator["_Block"]:
        """The paragraphs and tables with text, until the document exceeds a limit."""
        from docx.oxml.table import CT_Tbl
        from docx.oxml.text.paragraph import CT_P

        characters = 0
        for number, element in enumerate(self._document.element.body):
            self._is_cut = number >= _MOST_BLOCKS or self._cells > _MOST_CELLS or characters > LARGEST_TEXT
            if self._is_cut:
                return
            if isinstance(element, CT_Tbl):
                block = _Block(self._table(element))
            elif isinstance(element, CT_P):
                block = self._paragraph(element)
            else:
                continue
            characters += len(block.text)
            if block.text:
                yield block

    def _paragraph(self, element: "CT_P") -> "_Block":
        text, style = element.text.strip(), self._style(element)
        if not text:
            return _Block("")
        if style.lower() in ("title", "название", "атауы"):
            return _Block(text, is_title=True)
        if heading := _HEADING.match(style):
            return _Block(f"{'#' * min(int(heading[1]) or 1, 6)} {' '.join(text.split())}")
        is_item = style.lower().startswith(("list", "маркированный", "нумерованный"))
        return _Block(f"- {text}" if is_item else text)

    def _style(self, element: "CT_P") -> str:
        """The name of its style. python-docx searches all styles for one, so each is looked up once."""
        from docx.text.paragraph import Paragraph

        if element.style not in self._styles:
            style = Paragraph(element, self._document._body).style
            self._styles[element.style] = (style.name if style else "") or ""
        return self._styles[element.style]

    def _table(self, table: "CT_Tbl") -> str:
        """A line for each row; a cell that spans several columns appears once, one that spans rows in each."""
        lines: list[str] = []
        above: dict[int, str] = {}
        for row in table.tr_lst:
            above = self._row(row, above)
            lines.append("; ".join(cell for cell in dict.fromkeys(above.values()) if cell))
            if self._cells > _MOST_CELLS:
                break
        return "\n".join(line for line in lines if line)

    def _row(self, row: "CT_Row", above: dict[int, str]) -> dict[int, str]:
        """The texts of the row by first column; a cell that continues the one above has its text."""
        texts: dict[int, str] = {}
        column = _columns(row.grid_before)
        for cell in row.tc_lst:
            self._cells += 1
            properties = cell.tcPr
            continues = properties is not None and properties.vMerge_val == "continue"
            texts[column] = above.get(column, "") if continues else _cell_text(cell)
            column += 1 if properties is None else max(1, _columns(properties.grid_span))
        return texts


def _cell_text(cell: "CT_Tc") -> str:
    return " ".join(" ".join(paragraph.text for paragraph in cell.p_lst).split())


def _columns(claimed: int) -> int:
    return min(max(claimed, 0), _MOST_COLUMNS)
