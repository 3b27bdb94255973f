"""DOCX: paragraphs, headings, lists and tables in their order."""

import io
import re
import zipfile
from typing import TYPE_CHECKING

from frontdesk.errors import ValidationFailed
from frontdesk.knowledge.extract.extracted import Extracted

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_XML = 40 * 1024 * 1024
_HEADING = re.compile(r"^(?:heading|заголовок|тақырып)\s*(\d)", re.IGNORECASE)


def read(data: bytes) -> Extracted:
    from docx import Document
    from docx.opc.exceptions import OpcError

    _refuse_bomb(data)
    try:
        document = Document(io.BytesIO(data))
        return _text(document)
    except (
        OpcError,
        SyntaxError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
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
    if sum(part.file_size for part in parts) > _MOST_UNPACKED or xml > _MOST_XML:
        raise ValidationFailed("the DOCX file unpacks to more than can be read safely")


def _text(document: "Document") -> Extracted:
    from docx.table import Table

    blocks: list[str] = []
    title = ""
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            blocks.append(_table(item))
            continue
        text = item.text.strip()
        style = (item.style.name if item.style else "") or ""
        if text and not title and style.lower() in ("title", "название", "атауы"):
            title = text
        elif text:
            blocks.append(_paragraph(item, text, style))
    title_property = (document.core_properties.title or "").strip()
    if not title and blocks and blocks[0].startswith("# "):
        title = blocks.pop(0)[2:] if len(blocks) > 1 else blocks[0][2:]
    return Extracted(title or title_property, "\n\n".join(block for block in blocks if block))


def _paragraph(item: "Paragraph", text: str, style: str) -> str:
    heading = _HEADING.match(style)
    if heading:
        return f"{'#' * min(int(heading[1]) or 1, 6)} {' '.join(text.split())}"
    return f"- {text}" if style.lower().startswith(("list", "маркированный", "нумерованный")) else text


def _table(table: "Table") -> str:
    """A line for each row; a cell that spans several columns appears once."""
    lines: list[str] = []
    for row in table.rows:
        cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
        lines.append("; ".join(cell for cell in cells if cell))
    return "\n".join(line for line in lines if line)
