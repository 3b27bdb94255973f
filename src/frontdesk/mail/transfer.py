"""Undoes the transfer encodings of parts, broken ones as far as they can be read."""

import binascii
import re
from dataclasses import dataclass

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,200})\r?\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Undone:
    data: bytes
    damaged: bool = False


def undo(data: bytes, encoding: str) -> Undone:
    """The bytes of a part. Unknown encodings are taken as none."""
    # Field values such as `7-bit`, `base64;` and ` quoted printable` are seen in real mail.
    name = re.sub(r"[^a-z0-9]", "", encoding.lower()[:40])
    if name.startswith("base64"):
        return base64(data)
    if name.startswith("quotedprintable"):
        return Undone(binascii.a2b_qp(data))
    if name.endswith(("uuencode", "uue")):
        began = _UU_BEGIN.search(data)
        return uudecoded(data[began.end() :] if began else data)
    return Undone(data)


def base64(data: bytes) -> Undone:
    """Anything that is no letter of the alphabet is passed over, and missing padding is added."""
    head, pad, tail = data.partition(b"=")
    letters = _NOT_BASE64.sub(
        b"", head.translate(_URL_SAFE) if b"+" not in head and b"/" not in head else head
    )
    # Some programs join several encoded pieces, each with a padding of its own.
    rest = tail.lstrip(b"=\r\n \t-")[:4] if pad else b""
    damaged = bool(rest) or len(letters) % 4 == 1
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return Undone(binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)), damaged)


def uudecoded(lines: bytes) -> Undone:
    """The bytes up to the line `end`."""
    pieces: list[bytes] = []
    damaged = False
    for line in lines.splitlines():
        if line.strip() == b"end":
            break
        if not line.strip(b" `"):
            continue
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:
            pieces.append(_short(line))
            damaged = True
    return Undone(b"".join(pieces), damaged)


def _short(line: bytes) -> bytes:
    """A line whose length byte and letters do not fit, as some encoders write them."""
    count = (((line[0] - 32) & 63) * 4 + 5) // 3
    try:
        return binascii.a2b_uu(line[:count])
    except binascii.Error:
        return b""


def uuencoded(text: bytes) -> list[tuple[str, int, int]]:
    """Files within a text: the name of each, and where it begins and ends there."""
    files: list[tuple[str, int, int]] = []
    place = 0
    while len(files) < 100 and (began := _UU_BEGIN.search(text, place)):
        ended = text.find(b"\nend", began.end() - 1)
        if ended < 0:
            break
        place = ended + 4
        first = text[began.end() : began.end() + 1]
        if b" " <= first <= b"`":
            files.append((began[1].decode("utf-8", "replace").strip(), began.start(), place))
    return files
