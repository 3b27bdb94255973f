"""The visible body of a message, chosen among its parts."""

import re
from dataclasses import dataclass, field

from frontdesk.kit.text import clean
from frontdesk.mail import flowed, limits, marks, transfer
from frontdesk.mail.charsets import decoded
from frontdesk.mail.html_text import rendered
from frontdesk.mail.parts import Part

_META = re.compile(rb"""<meta[^>]{0,200}charset\s*+=\s*+["']?\s*+([\w-]{1,40})""", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_NO_TEXT = re.compile(r"[\s\ue000-\ue003_>]*")


@dataclass(slots=True)
class Body:
    plain: str = ""
    """With `marks`, where it was rendered."""
    html: str = ""
    html_text: str = ""
    """The HTML rendered, with `marks`; empty where there is none."""
    shown: set[int] = field(default_factory=set)
    """Leaves that are the text, and no files."""
    warnings: list[str] = field(default_factory=list)


def body_of(raw: bytes, root: Part) -> Body:
    return _Reader(raw, root).read()


def is_text(part: Part, root: Part) -> bool:
    """Whether a leaf is something to read here, not to download.

    A message of one text is read, also where a careless program named it.
    """
    disposition = part.headers.parameters("content-disposition")
    if disposition.value.startswith("attachment"):
        return False
    named = disposition.get("filename") or part.parameters.get("name")
    if part.content_type in ("text/plain", "text/html"):
        return (
            part is root
            or not named
            or (disposition.value != "inline" and part.content_type == "text/plain" and not _is_file(named))
        )
    return part.content_type in ("text/enriched", "text/richtext") and not named


def _is_file(name: str) -> bool:
    return bool(re.search(r"\.\w{1,8}$", name))


@dataclass(slots=True)
class _Text:
    plain: str = ""
    html: str = ""
    html_text: str = ""


class _Reader:
    def __init__(self, raw: bytes, root: Part) -> None:
        self._raw = raw
        self._root = root
        self._body = Body()
        self._left = limits.TEXT

    def read(self) -> Body:
        texts = self._of(self._root)
        self._body.plain = "\n\n".join(text.plain.strip("\n") for text in texts if text.plain.strip())
        self._body.html = "\n".join(text.html for text in texts if text.html)
        if any(text.html_text for text in texts):
            pieces = (text.html_text or text.plain for text in texts)
            self._body.html_text = "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip())
        return self._body

    def _of(self, part: Part) -> list[_Text]:
        if part.index >= 0:
            return [self._leaf(part)] if is_text(part, self._root) else []
        texts = [self._of(child) for child in part.children]
        if part.content_type == "multipart/alternative":
            return [_alternative([text for group in texts for text in group])]
        return [text for group in texts for text in group]

    def _leaf(self, part: Part) -> _Text:
        self._body.shown.add(part.index)
        undone = part.body(self._raw)
        if undone.damaged:
            self._warn("a text was damaged on its way")
        data = undone.data
        if len(data) > self._left:
            self._warn("a text was too long and was cut")
            data = data[: self._left]
        self._left -= len(data)
        declared = part.parameters.get("charset")
        if part.content_type == "text/html":
            return self._html(data, declared)
        for _, start, end in reversed(transfer.uuencoded(data)):
            data = data[:start] + data[end:]
        text = clean(self._decoded(data, declared))
        if part.content_type != "text/plain":
            text = _TAGS.sub("", text)
        if part.parameters.get("format").lower() == "flowed":
            text = flowed.unflowed(text, part.parameters.get("delsp").lower() == "yes")
        return _Text(plain=marks.foreign_out(text))

    def _html(self, data: bytes, declared: str) -> _Text:
        if not declared and (meta := _META.search(data[:4096])):
            declared = meta[1].decode("ascii")
        html = clean(self._decoded(data, declared))
        return _Text(html=html, html_text=clean(rendered(html)))

    def _decoded(self, data: bytes, declared: str) -> str:
        text, warning = decoded(data, declared)
        if warning:
            self._warn(warning)
        return text

    def _warn(self, warning: str) -> None:
        if warning not in self._body.warnings:
            self._body.warnings.append(warning)


def _alternative(texts: list[_Text]) -> _Text:
    """Plain text and HTML say the same: both are kept, side by side."""
    both = _Text()
    for text in texts:
        both.plain = both.plain if both.plain.strip() else text.plain
        both.html = both.html or text.html
        both.html_text = both.html_text if not _NO_TEXT.fullmatch(both.html_text) else text.html_text
    return both
