"""HTML: the visible text with headings, without navigation.

libxml2 parses it and builds no tree, so time and memory grow with the length of the file, not with its nesting.
"""

import re

from frontdesk.errors import ValidationFailed
from frontdesk.knowledge import headings
from frontdesk.knowledge.extract.extracted import Extracted
from frontdesk.knowledge.extract.plain import decode

_SKIPPED_TAGS = {
    "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button", "select",
    "iframe", "object", "svg", "canvas", "audio", "video", "dialog",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "ul", "ol", "table", "tr", "blockquote", "pre", "dl",
    "dt", "dd", "figure", "figcaption", "body", "fieldset", "address", "hr", "li",
}  # fmt: skip
_BEFORE = {"li": "\n- ", "tr": "\n", "dd": "\n", "br": "\n"}
_AFTER = {"li": "\n", "tr": "\n", "td": "  ", "th": "  "}
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_FED_AT_ONCE = 1 << 16


def read(data: bytes) -> Extracted:
    text, notes = _decode(data)
    page = _parse(text)
    title, body = page.title, page.text
    first = re.match(r"\A#\s+(.+)\n*", body)
    if first and (not title or first[1] in title):
        title, body = first[1], body[first.end() :] or first[1]
    return Extracted(title, body, language=page.language, warnings=notes)


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    declared = _CHARSET.search(data[:4096])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass  # some pages declare a wrong encoding; detect it from the bytes
    return decode(data)


def _parse(text: str) -> "_Page":
    from lxml import etree

    page = _Page()
    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True, huge_tree=True)
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        for start in range(0, len(data), _FED_AT_ONCE):
            parser.feed(data[start : start + _FED_AT_ONCE])
        parser.close()
    except etree.LxmlError as error:
        raise ValidationFailed("the HTML file is damaged") from error
    return page


class _Page:
    """The parser's target: it collects the visible text while the parser runs."""

    def __init__(self) -> None:
        self.language: str | None = None
        self._title: list[str] = []
        self._titles = 0
        """Start and end tags of titles so far: 1 within the first title."""
        self._pieces: list[str] = []
        self._hidden_depth = 0
        """Open elements within a hidden one, itself included; 0 in visible text."""
        self._heading_start: int | None = None
        self._regions = {"main": _Region(), "article": _Region()}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "html" and self.language is None:
            self.language = attributes.get("lang", "").split("-")[0].lower() or None
        self._titles += tag == "title"
        if self._hidden_depth or self._is_hidden(tag, attributes):
            self._hidden_depth += 1
            return
        if tag in self._regions:
            self._regions[tag].enter(len(self._pieces))
        if tag in _LEVELS and self._heading_start is None:
            self._heading_start = len(self._pieces)
        self._pieces.append(_BEFORE.get(tag) or ("\n\n" if tag in _BLOCKS else ""))

    def end(self, tag: str) -> None:
        self._titles += tag == "title"
        if self._hidden_depth:
            self._hidden_depth -= 1
            return
        if tag in _LEVELS and self._heading_start is not None:
            self._end_heading(_LEVELS[tag], self._heading_start)
        self._pieces.append(_AFTER.get(tag) or ("\n\n" if tag in _BLOCKS else ""))
        if tag in self._regions:
            self._regions[tag].leave(len(self._pieces))

    def data(self, text: str) -> None:
        if self._titles == 1:
            self._title.append(text)
        if not self._hidden_depth:
            self._pieces.append(text.replace("\n", " "))

    def comment(self, text: str) -> None:
        """Not visible."""

    def close(self) -> None:
        """The parser calls it at the end."""

    def _is_hidden(self, tag: str, attributes: dict[str, str]) -> bool:
        """Buttons are skipped, except in headings: those of folding panels consist of one."""
        if tag in _SKIPPED_TAGS:
            return tag != "button" or self._heading_start is None
        if not attributes:
            return False
        hidden = "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true"
        return hidden or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))

    def _end_heading(self, level: int, start: int) -> None:
        name = " ".join("".join(self._pieces[start:]).split())
        mark = f"{'#' * level} " if len(name) <= headings.LONGEST else ""
        self._pieces[start:] = [f"\n\n{mark}{name}\n\n" if name else ""]
        self._heading_start = None

    @property
    def title(self) -> str:
        return " ".join("".join(self._title).split())

    @property
    def text(self) -> str:
        """The text of `main`, else of the first article, else of the whole page."""
        for region in self._regions.values():
            if region.start is not None:
                return _lines(self._pieces[region.start : region.end])
        return _lines(self._pieces)


class _Region:
    """Where the first element of a kind begins and ends among the pieces of the page."""

    def __init__(self) -> None:
        self.start: int | None = None
        self.end: int | None = None
        self._depth = 0

    def enter(self, place: int) -> None:
        self._depth += 1
        if self.start is None:
            self.start = place

    def leave(self, place: int) -> None:
        self._depth -= 1
        if self._depth == 0 and self.end is None:
            self.end = place


def _lines(pieces: list[str]) -> str:
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
