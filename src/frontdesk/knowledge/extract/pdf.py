"""PDF: the text of its pages, in the reading order of the file."""

import io
import logging
import re
import time
from typing import TYPE_CHECKING

from pypdf.errors import PyPdfError

from frontdesk.errors import ValidationFailed
from frontdesk.knowledge.extract.extracted import Extracted

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 2000
_MOST_CHARACTERS = 5_000_000
_MOST_SECONDS = 60.0
_BROKEN = (
    PyPdfError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    ArithmeticError,
    AssertionError,
)
"""What pypdf raises for crafted and truncated files."""


def read(data: bytes) -> Extracted:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        extracted = None if locked else _text(reader)
    except ImportError as error:
        raise ValidationFailed("the PDF file is encrypted") from error
    except RecursionError as error:
        raise ValidationFailed("the PDF file is nested too deeply to be read") from error
    except _BROKEN as error:
        raise ValidationFailed("the PDF file is broken") from error
    if extracted is None:
        raise ValidationFailed("the PDF file is protected by a password")
    return extracted


def _text(reader: "PdfReader") -> Extracted:
    warnings: list[str] = []
    pages: list[str] = []
    started = time.monotonic()
    count = len(reader.pages)
    for number in range(min(count, _MOST_PAGES)):
        pages.append(_flow(reader.pages[number].extract_text() or ""))
        if sum(map(len, pages)) > _MOST_CHARACTERS or time.monotonic() - started > _MOST_SECONDS:
            break
    if len(pages) < count:
        warnings.append(f"only the first {len(pages)} of {count} pages were read")
    empty = sum(not page.strip() for page in pages)
    if 0 < empty < len(pages):
        warnings.append(f"{empty} of {len(pages)} pages hold no text (pictures or scans)")
    title = reader.metadata.title if reader.metadata else None
    return Extracted(
        _title(title), "\n\n".join(page for page in pages if page.strip()), warnings=tuple(warnings)
    )


def _title(written: object) -> str:
    """Empty for the file names and "Untitled" that word processors write there."""
    title = str(written or "").strip()
    return (
        ""
        if re.search(r"\.(docx?|pdf|indd|odt)\s*$|^untitled|^microsoft word", title, re.IGNORECASE)
        else title
    )


def _flow(page: str) -> str:
    """Join lines that were broken by the page's width, and words hyphenated there."""
    page = re.sub(r"(\w)[-\u00ad]\n(?=[a-zа-яёәғқңөұүһі])", r"\1", page)
    return re.sub(r"(?<![.!?:;\n])\n(?=[a-zа-яёәғқңөұүһі(«\"])", " ", page)
