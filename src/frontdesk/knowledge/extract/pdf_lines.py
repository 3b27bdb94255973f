"""The pieces of text on a page of a PDF, each with its place."""

import ctypes
from dataclasses import dataclass
from typing import Any

_MOST_CHARACTERS = 400_000
"""Of one page; more is no text that people read."""
_UNKNOWN = ("\ufffd", "\ufffe", "\uffff", "\x00")
_HYPHENS = ("\x02", "\ufffe", "\u00ad")
"""What PDFium gives for a hyphen at the end of a line."""
_FAR = 1.0
"""Of the height of a letter: a wider gap separates pieces."""


@dataclass(slots=True)
class Piece:
    """Text without a wide gap; the page's origin is its lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class PageText:
    pieces: list[Piece]
    letters: int
    unknown: int
    """Letters of which the file does not say what they mean."""


def page_text(page: Any) -> PageText:
    """Of a page of pypdfium2."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        return _read(pdfium, textpage.raw, min(textpage.count_chars(), _MOST_CHARACTERS))
    finally:
        textpage.close()


def _read(pdfium: Any, text: Any, count: int) -> PageText:
    box = pdfium.FS_RECTF()
    where = ctypes.byref(box)
    pieces: list[Piece] = []
    letters = unknown = 0
    goes_on = False
    for index in range(count):
        character = chr(min(pdfium.FPDFText_GetUnicode(text, index), 0x10FFFF))
        unnamed = pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
        if character in "\r\n" and not unnamed:
            goes_on = False
            continue
        if character == " " and goes_on:
            pieces[-1].text += " "
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, where) or character == " ":
            continue
        letters += 1
        if character in _HYPHENS and goes_on and not unnamed:
            character = "-"
        elif unnamed or character in _UNKNOWN or "\ue000" <= character <= "\uf8ff" or character < " ":
            unknown += 1
        if goes_on and _is_next(pieces[-1], box):
            _add(pieces[-1], character, box)
        else:
            pieces.append(Piece(character, box.left, box.bottom, box.right, box.top))
        goes_on = True
    kept = [piece for piece in pieces if piece.text.strip()]
    for piece in kept:
        piece.text = " ".join(piece.text.split())
    return PageText(kept, letters, unknown)


def _is_next(piece: Piece, box: Any) -> bool:
    """Whether a letter goes on with a piece on the same line."""
    height = max(piece.height, 1.0)
    gap = box.left - piece.right
    overlap = min(piece.top, box.top) - max(piece.bottom, box.bottom)
    lower = min(height, max(box.top - box.bottom, 0.1))
    return bool(-height < gap < _FAR * height and overlap > 0.4 * lower)


def _add(piece: Piece, character: str, box: Any) -> None:
    piece.text += character
    piece.right = max(piece.right, box.right)
    piece.top = max(piece.top, box.top)
    piece.bottom = min(piece.bottom, box.bottom)
