"""PDF: the text of its pages as people read them, by PDFium."""

import time
from typing import Any

from frontdesk.errors import ValidationFailed
from frontdesk.knowledge.extract import titles
from frontdesk.knowledge.extract.extracted import LARGEST_TEXT, Extracted
from frontdesk.knowledge.extract.pdf_layout import TextLine, lines_of
from frontdesk.knowledge.extract.pdf_letters import checked
from frontdesk.knowledge.extract.pdf_lines import PageText, page_text
from frontdesk.knowledge.extract.pdf_pages import flowing

_MOST_PAGES = 2000
_PASSWORD, _SECURITY = 4, 5
"""PDFium's errors when it opens a file."""


def read(data: bytes, seconds: float) -> Extracted:
    """As many pages as can be read in `seconds`, with a warning if that is not all; a page is never interrupted."""
    until = time.monotonic() + seconds
    document = _opened(data)
    try:
        return _text(document, until)
    finally:
        document.close()


def _opened(data: bytes) -> Any:
    """A file that opens with an empty password is open to all. Raises `ValidationFailed`."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        len(document)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == _PASSWORD:
            raise ValidationFailed("the PDF file is protected by a password") from error
        if code == _SECURITY:
            raise ValidationFailed("the PDF file is encrypted in a way that cannot be read here") from error
        raise ValidationFailed("the PDF file is broken") from error
    return document


def _text(document: Any, until: float) -> Extracted:
    pages: list[list[TextLine]] = []
    characters = letters = unknown = broken = 0
    count = len(document)
    for number in range(min(count, _MOST_PAGES)):
        page = _page(document, number)
        broken += page is None
        pages.append(lines_of(page.pieces) if page else [])
        letters += page.letters if page else 0
        unknown += page.unknown if page else 0
        characters += sum(len(line.text) for line in pages[-1])
        if characters > LARGEST_TEXT or time.monotonic() > until:
            break
    if broken == len(pages):
        raise ValidationFailed("the PDF file is broken")
    text, warnings = checked(flowing(pages), letters, unknown)
    title = titles.of_property(document.get_metadata_dict().get("Title"))
    first, _, rest = text.partition("\n\n")
    if not title and rest and titles.is_title(first) and "\n" not in first:
        title, text = first, rest
    return Extracted(title, text, warnings=(*_missing(pages, count, broken), *warnings))


def _page(document: Any, number: int) -> PageText | None:
    """None for a page that cannot be read."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    try:
        return page_text(page)
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()


def _missing(pages: list[list[TextLine]], count: int, broken: int) -> list[str]:
    warnings: list[str] = []
    if len(pages) < count:
        warnings.append(f"only the first {len(pages)} of {count} pages were read")
    if broken:
        warnings.append(f"{broken} of {len(pages)} pages are broken")
    empty = sum(not page for page in pages) - broken
    if 0 < empty < len(pages):
        warnings.append(f"{empty} of {len(pages)} pages hold no text (pictures or scans)")
    return warnings
