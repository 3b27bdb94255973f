"""PDF: the text of its pages, in the reading order of the file."""

import io
import logging
import re
import time
from typing import TYPE_CHECKING

from frontdesk.errors import ValidationFailed
from frontdesk.knowledge.extract.extracted import LARGEST_TEXT, Extracted

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 2000
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, OSError, ArithmeticError, AssertionError)
"""What pypdf raises for crafted and truncated files, besides its own errors."""


def read(data: bytes, seconds: float) -> Extracted:
    """As many pages as can be read in `seconds`, with a warning if that is not all; a page is never interrupted."""
    from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

    until = time.monotonic() + seconds
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _text(_opened(data), until)
    except (DependencyError, ImportError) as error:
        raise ValidationFailed("the PDF file is encrypted in a way that cannot be read here") from error
    except LimitReachedError as error:
        raise ValidationFailed("the PDF file unpacks to more than can be read safely") from error
    except RecursionError as error:
        raise ValidationFailed("the PDF file is nested too deeply to be read") from error
    except (PyPdfError, *_BROKEN) as error:
        raise ValidationFailed("the PDF file is broken") from error


def _opened(data: bytes) -> "PdfReader":
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValidationFailed("the PDF file is protected by a password")
    return reader


def _text(reader: "PdfReader", until: float) -> Extracted:
    warnings: list[str] = []
    pages: list[str] = []
    characters = 0
    count = len(reader.pages)
    for number in range(min(count, _MOST_PAGES)):
        pages.append(_flow(reader.pages[number].extract_text() or ""))
        characters += len(pages[-1])
        if characters > LARGEST_TEXT or time.monotonic() > until:
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
    title = str(written or "").strip()[:1000]
    return (
        ""
        if re.search(r"\.(docx?|pdf|indd|odt)\s*$|^untitled|^microsoft word", title, re.IGNORECASE)
        else title
    )


def _flow(page: str) -> str:
    """Join lines that were broken by the page's width, and words hyphenated there."""
    page = re.sub(r"(\w)[-\u00ad]\n(?=[a-zа-яёәғқңөұүһі])", r"\1", page)
    return re.sub(r"(?<![.!?:;\n])\n(?=[a-zа-яёәғқңөұүһі(«\"])", " ", page)
