"""Detects the kind of a file by its first bytes; by its name only among kinds of text."""

import io
import re
import zipfile
from enum import StrEnum

from frontdesk.errors import ValidationFailed
from frontdesk.kit.encoding import utf16_of
from frontdesk.kit.ooxml import BROKEN_ARCHIVE, SIGNATURES

_HTML = re.compile(
    rb"^\s*+(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_BINARY = (
    b"\x89PNG", b"\xff\xd8\xff", b"\x7fELF", b"Rar!\x1a", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0",
    b"\xca\xfe\xba\xbe", b"{\\rtf", b"SQLite format 3\x00",
)  # fmt: skip
"""No text begins like these; other kinds (GIF, WAV, programs) are known by their control characters."""
_MOST_TYPES = 1 << 20
_NAMES = {
    "md": "markdown", "markdown": "markdown", "txt": "plain", "text": "plain", "log": "plain", "html": "html",
    "htm": "html", "xhtml": "html", "pdf": "pdf", "docx": "docx", "": "plain",
}  # fmt: skip


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"


def sniff(name: str, data: bytes) -> Kind | None:
    """None for an unsupported kind. Raises `ValidationFailed` for a broken file of a supported kind."""
    ending = _ending(name)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(SIGNATURES):
        return _zip_kind(data, ending)
    if ending in ("pdf", "docx"):
        raise ValidationFailed(
            f"the file is named .{ending} but is not a {ending.upper()} file, or it is broken"
        )
    if ending not in _NAMES or data.startswith(_BINARY) or _looks_binary(data):
        return None
    if _HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")):
        return Kind.HTML
    return Kind(_NAMES[ending])


def named_kind(name: str) -> Kind | None:
    """What the file's name says it is; its content may say otherwise."""
    kind = _NAMES.get(_ending(name))
    return Kind(kind) if kind else None


def _ending(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    return base.rpartition(".")[2].lower() if "." in base else ""


def _zip_kind(data: bytes, ending: str) -> Kind | None:
    """A word processor's package by what it says of its parts, whatever they are called."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" in archive.namelist():
                return Kind.DOCX
            with archive.open("[Content_Types].xml") as types:
                return Kind.DOCX if b"wordprocessingml" in types.read(_MOST_TYPES) else None
    except KeyError:
        return None
    except BROKEN_ARCHIVE as error:
        if ending == "docx":
            raise ValidationFailed("the DOCX file is broken") from error
        return None


def _looks_binary(data: bytes) -> bool:
    """Text in a single-byte encoding or UTF-8 has next to no control characters; UTF-16 is known by its own signs."""
    if utf16_of(data):
        return False
    sample = data[:8192]
    control = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in sample)
    return control > 0.02 * len(sample) + 1
