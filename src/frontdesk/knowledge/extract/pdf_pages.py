"""The pages of a PDF as one text: without running heads, with sentences that go on over lines and pages."""

import re
from collections import Counter

from frontdesk.knowledge.extract import wrapped
from frontdesk.knowledge.extract.pdf_layout import TextLine

_AT_EDGE = 2
"""Lines at the top and the bottom of a page that may be a running head or foot."""
_LONGEST_HEAD = 150
_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:стр|страница|page|p|бет|лист)\.?\s*)?\d{1,4}(?:\s*(?:из|of|/|-)\s*\d{1,4})?(?:\s*бет)?[-–—\s]*",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"\b(\w+)[-\u2010]$")
_KEEPS_HYPHEN = {"то", "либо", "нибудь", "ка", "за", "под", "таки"}
_STARTS_HYPHEN = {"по", "кое", "из", "во", "в", "e"}


def flowing(pages: list[list[TextLine]]) -> str:
    """The text of all pages."""
    heads = _running(pages)
    blocks: list[list[TextLine]] = []
    before: TextLine | None = None
    for page in pages:
        edges = _edges(page)
        kept = [
            line
            for at, line in enumerate(page)
            if at not in edges or not _is_head(line, heads, len(page) < 2)
        ]
        for at, line in enumerate(kept):
            if before is None or _begins(before, line, is_first=at == 0):
                blocks.append([])
            blocks[-1].append(line)
            before = line
    return "\n\n".join("\n".join(_joined(block)) for block in blocks)


def _begins(before: TextLine, line: TextLine, *, is_first: bool) -> bool:
    """Whether a line begins a paragraph; a page's first line only where no sentence goes on."""
    if line.is_row or before.is_row:
        return not (line.is_row and before.is_row) or line.begins
    if is_first or line.begins:
        return not wrapped.continues(before.text, line.text) and not (
            is_first and _HYPHENATED.search(before.text) and line.text[:1].islower()
        )
    return False


def _joined(block: list[TextLine]) -> list[str]:
    if block[0].is_row:
        return [line.text for line in block]
    lines: list[str] = []
    for line in (line.text for line in block):
        hyphen = _HYPHENATED.search(lines[-1]) if lines else None
        if hyphen and line[:1].islower():
            first = re.split(r"\W", line, maxsplit=1)[0]
            stays = first in _KEEPS_HYPHEN or hyphen[1].lower() in _STARTS_HYPHEN
            lines[-1] = (lines[-1] if stays else lines[-1][:-1]) + line
        else:
            lines.append(line)
    return wrapped.join(lines)


def _running(pages: list[list[TextLine]]) -> set[tuple[str, int]]:
    """The lines, with their height on the page, that stand at the edges of most pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({key for at in _edges(page) for key in _keys(page[at])})
    least = max(2, (len(pages) + 1) // 2) if len(pages) < 6 else max(3, len(pages) // 3)
    return {key for key, count in seen.items() if count >= least}


def _keys(line: TextLine) -> set[tuple[str, int]]:
    """Pages differ a little in the place of a line, and in its numbers."""
    pattern = re.sub(r"\d+", "#", line.text)[:_LONGEST_HEAD]
    place = round(line.top / 4)
    return {(pattern, place), (pattern, place + 1)}


def _is_head(line: TextLine, heads: set[tuple[str, int]], is_alone: bool) -> bool:
    if line.is_row or len(line.text) > _LONGEST_HEAD:
        return False
    return bool(_keys(line) & heads) or (not is_alone and bool(_NUMBER.fullmatch(line.text)))


def _edges(page: list[TextLine]) -> set[int]:
    """By the place on the page, not in the order of reading: a foot follows the last column."""
    tops = sorted({line.top for line in page})
    outer = {*tops[:_AT_EDGE], *tops[-_AT_EDGE:]}
    return {at for at, line in enumerate(page) if line.top in outer}
