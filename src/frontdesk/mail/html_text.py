"""An HTML body as plain text: lists, links, tables and quotes as people write them by hand."""

import re
from dataclasses import dataclass

from frontdesk.errors import ValidationFailed
from frontdesk.kit.markup import feed
from frontdesk.mail import marks
from frontdesk.mail.html_roles import Role, is_hidden, is_tiny, role_of

_SKIPPED = frozenset({
    "script", "style", "head", "title", "noscript", "template", "select", "textarea", "object", "iframe", "svg",
    "canvas", "audio", "video", "map",
})  # fmt: skip
_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "dl", "blockquote", "figure"}
)
_LINES = frozenset({
    "div", "section", "article", "main", "header", "footer", "li", "tr", "dt", "dd", "address", "center", "form",
    "fieldset", "hr", "body", "html", "caption", "aside", "nav",
})  # fmt: skip
_VOID = frozenset({"br", "img", "hr", "meta", "link", "input", "area", "base", "col", "wbr"})
_CELLS = frozenset(("td", "th"))
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BLANKS = re.compile(r"\n{4,}")
_EMOJI = 4
_MOST_QUOTES = 20
_RULE = "_" * 32


def rendered(html: str) -> str:
    """The text with `marks`; damaged HTML gives what can be read of it."""
    page = _Page()
    try:
        feed(marks.foreign_out(html), page)
    except ValidationFailed:
        page.close()
    return page.text()


@dataclass(slots=True)
class _Element:
    tag: str
    hidden: bool
    role: Role
    tiny: bool
    start: int = 0
    """Where a link's text begins in the current line."""
    href: str = ""


class _Page:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._elements: list[_Element] = []
        self._hidden = 0
        self._quotes = 0
        self._literal = 0
        self._counters: list[int | None] = []
        """Of the open lists; None for one without numbers."""
        self._prefix = ""
        """What the next line begins with."""
        self._gap = False
        """A blank line is due before what comes next."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        hidden = tag in _SKIPPED or is_hidden(attributes)
        role = role_of(tag, attributes)
        if tag in _VOID:
            if not self._hidden and not hidden:
                self._void(tag, role, attributes)
            return
        tiny = is_tiny(attributes, bool(self._elements) and self._elements[-1].tiny)
        self._elements.append(_Element(tag, hidden, role, tiny))
        self._hidden += hidden
        if not self._hidden:
            self._open(self._elements[-1], attributes)

    def end(self, tag: str) -> None:
        if tag in _VOID or not self._elements:
            return
        element = self._elements.pop()
        if not self._hidden:
            self._shut(element)
        self._hidden -= element.hidden

    def data(self, text: str) -> None:
        if self._hidden or (self._elements and self._elements[-1].tiny):
            return
        if self._literal:
            first, *more = text.replace("\r\n", "\n").split("\n")
            self._add(first)
            for line in more:
                self._break()
                self._add(line)
            return
        flat = _SPACES.sub(" ", text)
        if flat != " " or self._line:
            self._add(flat.lstrip(" ") if not self._line else flat)

    def close(self) -> None:
        self._flush()

    def text(self) -> str:
        self._flush()
        return _BLANKS.sub("\n\n\n", "\n".join(self._lines)).strip("\n")

    def _void(self, tag: str, role: Role, attributes: dict[str, str]) -> None:
        if role is Role.HISTORY:
            self._mark(marks.HISTORY)
        if tag == "br":
            self._break()
        elif tag == "img" and not attributes.get("alt", "").isascii() and len(attributes["alt"]) <= _EMOJI:
            self._add(attributes["alt"])  # some web mailers send their smileys as pictures
        elif tag == "hr":
            self._flush()
            self._lines.append(self._quoted(_RULE))

    def _open(self, element: _Element, attributes: dict[str, str]) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS or tag in _LINES or element.role is not Role.NONE:
            self._flush()
            self._gap = self._gap or (self._parts(tag) and "mso" not in attributes.get("class", "").lower())
        if element.role is Role.QUOTE:
            self._quotes += 1
        elif element.role is Role.HISTORY:
            self._mark(marks.HISTORY)
        elif element.role is Role.INTRODUCTION:
            self._prefix += marks.INTRODUCTION
        elif element.role is Role.SIGNATURE:
            self._mark(marks.SIGNATURE)
        self._literal += tag == "pre"
        if tag in ("ul", "ol"):
            self._counters.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._prefix += self._bullet()
        elif tag == "a":
            element.start, element.href = len(self._line), attributes.get("href", "")

    def _parts(self, tag: str) -> bool:
        """Whether a blank line stands around an element; not around lists within lists."""
        return tag in _PARAGRAPHS and not self._counters

    def _shut(self, element: _Element) -> None:
        tag = element.tag
        if tag in ("ul", "ol") and self._counters:
            self._flush()
            self._counters.pop()
        if tag == "a" and element.href:
            self._link(element)
        if tag in _CELLS and self._line:
            self._add("  ")
        if tag in _PARAGRAPHS or tag in _LINES or element.role is not Role.NONE:
            self._flush()
            self._gap = self._gap or self._parts(tag)
        if element.role is Role.QUOTE:
            self._quotes -= 1
        elif element.role is Role.SIGNATURE:
            self._mark(marks.SIGNATURE_END)
        self._literal -= tag == "pre"

    def _bullet(self) -> str:
        indent = "  " * max(0, min(len(self._counters), 10) - 1)
        if self._counters and (counter := self._counters[-1]) is not None:
            self._counters[-1] = counter + 1
            return f"{indent}{counter + 1}. "
        return f"{indent}- "

    def _link(self, element: _Element) -> None:
        text = "".join(self._line[element.start :]).strip()
        href = element.href.strip()[:2_000]
        if href.lower().startswith("mailto:") and text and "@" not in text:
            self._add(f" ({href[7:].partition('?')[0]})")
        if not href.lower().startswith(("http://", "https://")) or not text:
            return
        bare = re.sub(r"^https?://(?:www\.)?|/$", "", href.lower())
        if bare not in text.lower().replace(" ", ""):
            self._add(f" ({href})")

    def _add(self, text: str) -> None:
        if text:
            self._line.append(text)

    def _break(self) -> None:
        """A line end that the sender set: it counts also where the line is empty."""
        if self._line or self._prefix:
            self._flush()
        else:
            self._put("")

    def _flush(self) -> None:
        text = "".join(self._line)
        self._line = []
        if text.strip(" \n"):
            self._put(text if self._literal else text.strip(" "))

    def _put(self, text: str) -> None:
        if self._gap and self._lines and self._lines[-1].strip("> ") and text.strip():
            self._lines.append(self._quoted("") if self._lines[-1].startswith(">") else "")
        self._gap = False
        prefix, self._prefix = self._prefix, ""
        self._lines.append(self._quoted(prefix + text.replace("\xa0", " ").rstrip()))

    def _mark(self, mark: str) -> None:
        self._flush()
        if not self._quotes:
            self._lines.append(mark)

    def _quoted(self, text: str) -> str:
        depth = min(self._quotes, _MOST_QUOTES)
        return f"{'>' * depth} {text}".rstrip() if depth else text
