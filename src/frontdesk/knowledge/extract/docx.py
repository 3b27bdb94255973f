"""DOCX: paragraphs, headings, lists, tables, text boxes and notes in their order, as its last reader accepts it."""

from frontdesk.kit.ooxml import Package, attribute, child, children, local
from frontdesk.knowledge.extract import titles
from frontdesk.knowledge.extract.docx_body import Block, Body
from frontdesk.knowledge.extract.docx_runs import Runs
from frontdesk.knowledge.extract.docx_styles import Styles
from frontdesk.knowledge.extract.extracted import Extracted

_CUT = "the document is too long: only its beginning was taken"


def read(data: bytes) -> Extracted:
    """Raises `ValidationFailed` for a file that is broken, locked or unpacks to too much."""
    package = Package(data, "DOCX")
    part = package.main("word/document.xml")
    root = package.xml(part)
    body = child(root, "body")
    if body is None:
        raise package.broken()
    styles = Styles(package.related_xml(part, "styles"))
    notes = _Notes(package, part, styles)
    runs = Runs(styles, notes.text)
    reader = Body(styles, runs)
    try:
        blocks = list(reader.blocks(body))
    except RecursionError as error:
        raise package.broken() from error
    title, blocks = _titled(blocks, _title_property(package))
    warnings = [_CUT] if reader.is_cut else []
    if runs.unread:
        warnings.append(
            f"not read: {', '.join(_counted(kind, count) for kind, count in runs.unread.items())}"
        )
    return Extracted(title, "\n\n".join(_markdown(block) for block in blocks), warnings=tuple(warnings))


def _titled(blocks: list[Block], written: str) -> tuple[str, list[Block]]:
    """The title (as styled, as the first heading, as a property, or the first short line) and the text below it."""
    styled = next((block for block in blocks if block.kind == "title"), None)
    if styled is None and len(blocks) > 1:
        first = blocks[0]
        if first.kind == "heading" and first.level == 1:
            styled = first
        elif first.kind == "text" and "\n" not in first.text and (first.text == written or not written):
            styled = first if titles.is_title(first.text) else None
    if styled is None:
        return written or (blocks[0].text if blocks and blocks[0].kind == "heading" else ""), blocks
    rest = [block for block in blocks if block is not styled]
    return styled.text, rest or [Block(styled.text)]


def _title_property(package: Package) -> str:
    root = package.related_xml("", "core-properties")
    return titles.of_property(next((element.text for element in children(root, "title")), ""))


def _markdown(block: Block) -> str:
    if block.kind == "heading":
        return f"{'#' * block.level} {' '.join(block.text.split())}"
    return f"- {block.text}" if block.kind == "item" else block.text


def _counted(kind: str, count: int) -> str:
    return f"{count} {kind}{'s' if count > 1 else ''}"


class _Notes:
    """The texts of footnotes and endnotes; each part is read when its first note is asked for."""

    def __init__(self, package: Package, part: str, styles: Styles) -> None:
        self._package = package
        self._part = part
        self._styles = styles
        self._texts: dict[str, dict[str, str]] = {}

    def text(self, kind: str, note_id: str) -> str:
        """The note without its last full stop; empty where there is none."""
        if kind not in self._texts:
            self._texts[kind] = {}
            self._texts[kind] = self._read(kind)
        return self._texts[kind].get(note_id, "")

    def _read(self, kind: str) -> dict[str, str]:
        root = self._package.related_xml(self._part, f"{kind}s")
        runs = Runs(self._styles, self.text)
        texts: dict[str, str] = {}
        for note in () if root is None else root:
            if local(note) == kind:
                blocks = Body(self._styles, runs).blocks(note)
                whole = " ".join(" ".join(block.text for block in blocks).split())
                texts[attribute(note, "id")] = whole.rstrip(".")
        return texts
