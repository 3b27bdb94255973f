"""Encoded words of headers (RFC 2047), well formed or not."""

import binascii
import re

from frontdesk.mail.charsets import decoded
from frontdesk.mail.transfer import base64

_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]{0,4000})\?=")
_BLANK = re.compile(r"\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def unfolded(value: bytes, declared: str = "") -> str:
    """A header's value in one line, its encoded words decoded."""
    flat = b" ".join(value.replace(b"\r", b"\n").split(b"\n")) if b"\n" in value or b"\r" in value else value
    text = flat.decode("ascii") if flat.isascii() else decoded(flat, declared)[0]
    return decode_words(text).strip()


def decode_words(text: str) -> str:
    """Text with its encoded words decoded and its control characters, line ends above all, taken out."""
    if "=?" in text:
        text = _decoded_words(text)
    return _CONTROL.sub(" ", text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _decoded_words(text: str) -> str:
    pieces: list[str] = []
    pending: list[tuple[str, bytes]] = []
    place = 0
    for word in _WORD.finditer(text):
        between = text[place : word.start()]
        # White space between two encoded words belongs to neither.
        if not (pending and _BLANK.fullmatch(between)):
            pieces += [_joined(pending), between]
            pending = []
        pending.append((word[1].lower(), _bytes_of(word[2], word[3])))
        place = word.end()
    pieces += [_joined(pending), text[place:]]
    return "".join(pieces)


def _bytes_of(kind: str, payload: str) -> bytes:
    data = payload.encode("utf-8", "surrogatepass")
    if kind in "bB":
        return base64(data).data
    return binascii.a2b_qp(data.replace(b"_", b" "), header=True)


def _joined(words: list[tuple[str, bytes]]) -> str:
    """Neighbours of one charset are decoded as one: senders cut letters of several bytes in two."""
    pieces: list[str] = []
    while words:
        charset = words[0][0]
        run = 0
        while run < len(words) and words[run][0] == charset:
            run += 1
        pieces.append(decoded(b"".join(data for _, data in words[:run]), charset)[0])
        words = words[run:]
    return "".join(pieces)
