"""The parts of a message as a tree of places in its bytes. Broken structure is read as far as it makes sense."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from frontdesk.mail import headers as header_block
from frontdesk.mail import limits
from frontdesk.mail.headers import Headers
from frontdesk.mail.parameters import Parameters
from frontdesk.mail.transfer import Undone, undo

_TYPE = re.compile(r"^[\w.+-]{1,80}/[\w.+-]{1,120}$")
_GUESS = re.compile(rb"(?:^|\n)--([^\r\n]{1,200})\r*\n(?=content-)", re.IGNORECASE)


@dataclass(slots=True)
class Part:
    headers: Headers
    start: int
    """Of its body."""
    end: int
    content_type: str
    parameters: Parameters
    children: list["Part"] = field(default_factory=list)
    index: int = -1
    """Among the leaves, in their order; -1 for what holds others."""

    @property
    def is_multipart(self) -> bool:
        return self.content_type.startswith("multipart/") and self.index < 0

    def body(self, raw: bytes) -> Undone:
        return undo(raw[self.start : self.end], self.headers.text("content-transfer-encoding"))

    def leaves(self) -> Iterator["Part"]:
        if self.index >= 0:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(slots=True)
class Tree:
    raw: bytes
    root: Part
    warnings: list[str]

    def leaves(self) -> list[Part]:
        return list(self.root.leaves())


def tree(raw: bytes) -> Tree:
    """The tree of a whole message."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    start = len(raw) - len(raw.lstrip(b"\r\n"))
    return _Walk(raw).walk(start)


class _Walk:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._parts = 0
        self._leaves = 0
        self._warnings: dict[str, None] = {}

    def walk(self, start: int) -> Tree:
        root = self._part(start, len(self._raw), "text/plain", 0)
        return Tree(self._raw, root, list(self._warnings))

    def _part(self, start: int, end: int, default_type: str, depth: int) -> Part:
        block = header_block.read(self._raw, start, end)
        if block.damaged:
            self._warn("a header block is damaged")
        content = block.headers.parameters("content-type")
        kind = content.value if _TYPE.match(content.value) else default_type
        part = Part(block.headers, min(block.body, end), end, kind, content)
        self._parts += 1
        if kind.startswith("multipart/"):
            self._divide(part, depth)
        if not part.children:
            if kind.startswith("multipart/") and depth < limits.DEPTH:
                part.content_type = "text/plain"
            part.index = self._leaves
            self._leaves += 1
        return part

    def _divide(self, part: Part, depth: int) -> None:
        if depth >= limits.DEPTH:
            self._warn("parts nested too deep are kept as a file")
            return
        spans = self._spans(part)
        default_type = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        for start, end in spans:
            if self._parts >= limits.PARTS:
                self._warn(f"only the first {limits.PARTS} parts were read")
                return
            part.children.append(self._part(start, end, default_type, depth + 1))

    def _spans(self, part: Part) -> list[tuple[int, int]]:
        boundary = part.parameters.get("boundary").strip().encode("utf-8", "surrogatepass")
        spans, closed = self._between(part, boundary) if boundary else ([], True)
        if not spans and (guess := _GUESS.search(self._raw, part.start, min(part.end, part.start + 100_000))):
            self._warn("the boundary of the parts was guessed")
            spans, closed = self._between(part, guess[1].rstrip())
        if not spans:
            self._warn("a message of parts has no boundary: read as one text")
        elif not closed:
            self._warn("the last part has no end")
        return spans

    def _between(self, part: Part, boundary: bytes) -> tuple[list[tuple[int, int]], bool]:
        mark = re.compile(rb"(?:^|\n)--" + re.escape(boundary[:1_000]) + rb"(--)?[ \t]*(?:\r*\n|$)", re.ASCII)
        spans: list[tuple[int, int]] = []
        began: int | None = None
        # The line end before a mark belongs to the mark, and the one after it may begin the next.
        place = max(part.start - 1, 0)
        while len(spans) <= limits.PARTS and (match := mark.search(self._raw, place, part.end)):
            if began is not None:
                spans.append((began, _before_line_end(self._raw, began, match.start())))
            if match[1]:
                return spans, True
            began = match.end()
            place = match.end() - 1
        if began is not None and len(spans) <= limits.PARTS:
            spans.append((began, part.end))
        return spans, False

    def _warn(self, warning: str) -> None:
        self._warnings[warning] = None


def _before_line_end(raw: bytes, start: int, end: int) -> int:
    while end > start and raw[end - 1 : end] == b"\r":
        end -= 1
    return max(start, end)
