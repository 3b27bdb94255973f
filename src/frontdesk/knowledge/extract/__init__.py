"""Extracts clean text with Markdown headings from a file; the kind is detected by content, then by name."""

from frontdesk.errors import PayloadTooLarge, UnsupportedMediaType, ValidationFailed
from frontdesk.kit.text import clean
from frontdesk.knowledge.extract import docx, html, markdown, pdf, plain
from frontdesk.knowledge.extract.extracted import Extracted
from frontdesk.knowledge.extract.sniff import Kind, sniff

__all__ = ["LARGEST_FILE", "LARGEST_TEXT", "Extracted", "extract"]

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_TEXT = 5_000_000
"""Characters; more than any handbook has, less than a crafted file could expand to."""


def extract(name: str, data: bytes) -> Extracted:
    """The text of a PDF, DOCX, TXT, MD or HTML file.

    Raises `PayloadTooLarge` above 10 MB, `UnsupportedMediaType` for other kinds, `ValidationFailed` for
    files that are encrypted, broken or without text.
    """
    if len(data) > LARGEST_FILE:
        raise PayloadTooLarge("the file is larger than 10 MB")
    if not data.strip():
        raise ValidationFailed("the file is empty")
    kind = sniff(name, data)
    if kind is None:
        raise UnsupportedMediaType("only PDF, DOCX, TXT, MD and HTML files can be read")
    extracted = _READERS[kind](data)
    text = clean(extracted.text).strip()
    if not any(character.isalnum() for character in text):
        hint = "; is it a scan? Scanned pages hold pictures only" if kind is Kind.PDF else ""
        raise ValidationFailed(f"the file holds no text{hint}")
    warnings = list(extracted.warnings)
    if len(text) > LARGEST_TEXT:
        text = text[:LARGEST_TEXT]
        warnings.append(f"only the first {LARGEST_TEXT} characters were taken")
    title = " ".join(clean(extracted.title).split()) or _title_from(name)
    return Extracted(
        title, text, extracted.language, extracted.category, extracted.questions, tuple(warnings)
    )


def _title_from(name: str) -> str:
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    return " ".join(clean(stem).replace("_", " ").replace("-", " ").split())


_READERS = {
    Kind.PDF: pdf.read,
    Kind.DOCX: docx.read,
    Kind.HTML: html.read,
    Kind.MARKDOWN: markdown.read,
    Kind.PLAIN: plain.read,
}
