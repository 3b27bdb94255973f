"""Extracts clean text with Markdown headings from a file; the kind is detected by content, then by name.

`extract` works in the caller's process: for the package's own files, and for the worker. Files that people send
are read by an `Extractor`, in a process of its own.
"""

from frontdesk.errors import PayloadTooLarge, UnsupportedMediaType, ValidationFailed
from frontdesk.kit.text import clean
from frontdesk.knowledge.extract import docx, html, markdown, pdf, plain
from frontdesk.knowledge.extract.extracted import LARGEST_TEXT, Extracted
from frontdesk.knowledge.extract.letters import visible
from frontdesk.knowledge.extract.sniff import Kind, sniff
from frontdesk.knowledge.headings import heading_of

__all__ = ["LARGEST_FILE", "LARGEST_TEXT", "Extracted", "extract"]

LARGEST_FILE = 10 * 1024 * 1024
_MOST_HEADINGS = 5_000
"""Each begins a chunk of its own."""
_MOST_QUESTIONS = 200
_LONGEST_LABEL = 1_000
"""Characters of a title, a question or a category."""


def extract(name: str, data: bytes, seconds: float = 15.0) -> Extracted:
    """The text of a PDF, DOCX, TXT, MD or HTML file; a PDF's pages as far as `seconds` reach.

    Raises `PayloadTooLarge` above 10 MB, `UnsupportedMediaType` for other kinds, `ValidationFailed` for
    files that are encrypted, broken or without text.
    """
    refuse_too_large(len(data))
    if not data.strip():
        raise ValidationFailed("the file is empty")
    kind = sniff(name, data)
    if kind is None:
        raise UnsupportedMediaType("only PDF, DOCX, TXT, MD and HTML files can be read")
    extracted = pdf.read(data, seconds) if kind is Kind.PDF else _READERS[kind](data)
    text = visible(clean(extracted.text)).strip()
    if not any(character.isalnum() for character in text):
        hint = "; is it a scan? Scanned pages hold pictures only" if kind is Kind.PDF else ""
        raise ValidationFailed(f"the file holds no text{hint}")
    text, warnings = _bounded(text)
    return Extracted(
        _label(extracted.title) or _title_from(name),
        text,
        extracted.language and _label(extracted.language),
        extracted.category and _label(extracted.category),
        tuple(_label(question) for question in extracted.questions[:_MOST_QUESTIONS]),
        (*extracted.warnings, *warnings),
        extracted.review_on,
        extracted.expires_on,
    )


def refuse_too_large(size: int) -> None:
    """Raises `PayloadTooLarge` for a file of more than 10 MB."""
    if size > LARGEST_FILE:
        raise PayloadTooLarge("the file is larger than 10 MB")


def _bounded(text: str) -> tuple[str, list[str]]:
    """At most so many characters and headings of a text, and the warnings that this calls for."""
    warnings: list[str] = []
    if len(text) > LARGEST_TEXT:
        text = text[:LARGEST_TEXT]
        warnings.append(f"only the first {LARGEST_TEXT} characters were taken")
    if text.count("#") > _MOST_HEADINGS:
        lines = text.split("\n")
        headings = [number for number, line in enumerate(lines) if heading_of(line)]
        for number in headings[_MOST_HEADINGS:]:
            lines[number] = lines[number].lstrip("# \t")
        if len(headings) > _MOST_HEADINGS:
            text = "\n".join(lines)
            warnings.append(f"only the first {_MOST_HEADINGS} headings were kept as headings")
    return text, warnings


def _label(text: str) -> str:
    return " ".join(visible(clean(text[:_LONGEST_LABEL])).split())


def _title_from(name: str) -> str:
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    return _label(stem.replace("_", " ").replace("-", " "))


_READERS = {
    Kind.DOCX: docx.read,
    Kind.HTML: html.read,
    Kind.MARKDOWN: markdown.read,
    Kind.PLAIN: plain.read,
}
