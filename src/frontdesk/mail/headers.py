"""The header block of a message or a part, as its bytes, and what ids and dates stand in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_tz

from frontdesk.mail import limits, parameters
from frontdesk.mail.parameters import Parameters
from frontdesk.mail.words import unfolded

_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_MESSAGE_ID = re.compile(r"<[^\s<>]{3,800}>")
_MOST_OFFSET = 24 * 3600
_BARE_ID = re.compile(r"^[^\s<>@,;:]{1,400}@[^\s<>@,;:]{1,400}$")


@dataclass(frozen=True, slots=True)
class Headers:
    fields: tuple[tuple[str, bytes], ...] = ()
    """Names as they were written, and folded values."""
    charset: str = ""
    """That of the body, for headers with raw letters."""

    def raw(self, name: str) -> bytes:
        return next((value for key, value in self.fields if key.lower() == name), b"")

    def text(self, name: str) -> str:
        """The first of a name, decoded; empty where there is none."""
        return unfolded(self.raw(name), self.charset)

    def encoded(self, name: str) -> str:
        """All of a name, joined by commas, with their encoded words as they are."""
        values = (value for key, value in self.fields if key.lower() == name)
        return ", ".join(_unfolded_only(value, self.charset) for value in values)

    def parameters(self, name: str) -> Parameters:
        return parameters.read(_unfolded_only(self.raw(name), ""))


@dataclass(frozen=True, slots=True)
class Block:
    headers: Headers
    body: int
    """Where the body begins."""
    damaged: bool = False


def read(raw: bytes, start: int, end: int) -> Block:
    """The header block that begins at a place; it ends at an empty line, or where no header stands any more."""
    fields: list[tuple[str, bytes]] = []
    damaged = False
    place = start
    limit = min(end, start + limits.HEADER_BLOCK)
    while place < limit:
        line_end = raw.find(b"\n", place, end)
        following = end if line_end < 0 else line_end + 1
        line = raw[place : min(following, place + limits.HEADER)]
        if not line.strip(b"\r\n"):
            return Block(_headers(fields), following, damaged)
        if line[:1] in b" \t" and fields:
            name, value = fields[-1]
            if len(value) < limits.HEADER:
                fields[-1] = (name, value + line)
        elif match := _FIELD.match(line):
            if len(fields) < limits.HEADERS:
                fields.append((match[1].decode("ascii"), line[match.end() :]))
        elif not _is_slip(raw, line, fields, following):
            return Block(_headers(fields), place, True)
        else:
            damaged = damaged or bool(fields)
        place = following
    return Block(_headers(fields), place, damaged or place < end)


def _is_slip(raw: bytes, line: bytes, fields: list[tuple[str, bytes]], following: int) -> bool:
    """A line among headers that is none: the mark of an mbox, or what a careless relay broke."""
    if not fields and line.startswith((b"From ", b">From ")):
        return True
    return bool(fields) and _FIELD.match(raw, following, following + 120) is not None


def _headers(fields: list[tuple[str, bytes]]) -> Headers:
    bare = Headers(tuple(fields))
    return Headers(bare.fields, bare.parameters("content-type").get("charset"))


def _unfolded_only(value: bytes, charset: str) -> str:
    from frontdesk.mail.charsets import decoded

    flat = re.sub(rb"[\r\n]+[ \t]*", b" ", value).strip()
    return flat.decode("ascii") if flat.isascii() else decoded(flat, charset)[0]


def ids(text: str) -> tuple[str, ...]:
    """Message-IDs of a header, each once. An empty or broken one is none, so that it can never match another."""
    matches = _MESSAGE_ID.findall(text[: limits.HEADER])
    if not matches:
        matches = [f"<{word}>" for word in text[: limits.HEADER].split() if _BARE_ID.match(word)]
    return tuple(dict.fromkeys(matches))[-limits.IDS :]


def date_of(text: str) -> datetime | None:
    """A date in UTC; one without an offset is taken as UTC."""
    try:
        parts = parsedate_tz(text[:200])
        if parts is None or abs(parts[9] or 0) > _MOST_OFFSET:
            return None
        moment = datetime(*parts[:6], tzinfo=UTC)
        return datetime.fromtimestamp(moment.timestamp() - (parts[9] or 0), UTC)
    except (ValueError, OverflowError, IndexError, TypeError, OSError):
        return None


def shown(headers: Headers) -> Iterable[tuple[str, str]]:
    return ((name, unfolded(value, headers.charset)) for name, value in headers.fields)
