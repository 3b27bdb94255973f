"""The parser's target for a page: it collects the visible text while the parser runs."""

import re
from dataclasses import dataclass, field

from frontdesk.knowledge import headings
from frontdesk.knowledge.extract.html_panels import Panels, is_control
from frontdesk.knowledge.extract.html_tables import Tables
from frontdesk.knowledge.extract.letters import raised

_SKIPPED_TAGS = {
    "script", "style", "noscript", "template", "head", "nav", "footer", "select", "textarea", "datalist", "option",
    "iframe", "object", "svg", "canvas", "audio", "video", "dialog", "s", "del", "strike", "rp", "rt",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "ul", "ol", "table", "tr", "blockquote", "pre", "dl",
    "dt", "dd", "figure", "figcaption", "body", "fieldset", "address", "hr", "li", "aside", "form", "details",
    "summary", "caption", "legend", "button",
}  # fmt: skip
_BEFORE = {"li": "\n- ", "tr": "\n", "dd": "\n", "br": "\n"}
_AFTER = {"li": "\n", "tr": "\n", "td": "  ", "th": "  "}
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_FEW_WORDS = 40
"""Of a form with fields: it is a control then, not a page."""
_MOSTLY = 0.3
"""Of the page's text, that its articles must hold to stand for it."""


@dataclass(slots=True)
class _Region:
    """Where the outermost elements of a kind begin and end among the pieces of the page."""

    spans: list[tuple[int, int | None]] = field(default_factory=list)
    depth: int = 0

    def enter(self, place: int) -> None:
        if self.depth == 0:
            self.spans.append((place, None))
        self.depth += 1

    def leave(self, place: int) -> None:
        self.depth -= 1
        if self.depth == 0:
            self.spans[-1] = (self.spans[-1][0], place)


@dataclass(slots=True)
class _Form:
    start: int
    has_fields: bool = False
    is_page: bool = False
    """Holds a heading or a region: many servers put whole pages into one form."""


class Page:
    def __init__(self, panels: Panels) -> None:
        self.language: str | None = None
        self._panels = panels
        self._title: list[str] = []
        self._titles = 0
        """Start and end tags of titles so far: 1 within the first title."""
        self._pieces: list[str] = []
        self._hidden_depth = 0
        """Open elements within a hidden one, itself included; 0 in visible text."""
        self._heading_start: int | None = None
        self._raised: list[int] = []
        """Where the open `sup` elements begin."""
        self._form: _Form | None = None
        self._forms: list[str] = []
        """What was left out as forms; it is the text of a page that has no other."""
        self._awaits_panel = False
        """A control without a name of its panel has come: the next hidden element is what it opens."""
        self._tables = Tables(self._pieces)
        self._regions = {"main": _Region(), "article": _Region()}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "html" and self.language is None:
            self.language = attributes.get("lang", "").split("-")[0].lower() or None
        self._titles += tag == "title"
        if self._hidden_depth or self._is_hidden(tag, attributes):
            self._hidden_depth += 1
            return
        if is_control(attributes):
            self._awaits_panel = "aria-expanded" in attributes and "aria-controls" not in attributes
        if tag in self._regions:
            self._regions[tag].enter(len(self._pieces))
            self._is_whole_page()
        if tag in _LEVELS and self._heading_start is None:
            self._heading_start = len(self._pieces)
            self._is_whole_page()
        if tag == "sup":
            self._raised.append(len(self._pieces))
        if tag == "form" and self._form is None:
            self._form = _Form(len(self._pieces))
        self._tables.start(tag, attributes)
        if tag != "button" or self._heading_start is None:
            self._pieces.append(_BEFORE.get(tag) or ("\n\n" if tag in _BLOCKS else ""))

    def _is_whole_page(self) -> None:
        self._tables.are_layout()
        if self._form is not None:
            self._form.is_page = True

    def end(self, tag: str) -> None:
        self._titles += tag == "title"
        if self._hidden_depth:
            self._hidden_depth -= 1
            return
        if tag in _LEVELS and self._heading_start is not None:
            self._end_heading(_LEVELS[tag], self._heading_start)
        if tag == "sup" and self._raised:
            start = self._raised.pop()
            if not self._raised:  # what is raised within is read with the outermost
                self._end_raised(start)
        if tag == "form" and self._form is not None:
            self._end_form(self._form)
        self._tables.end(tag)
        if tag != "button" or self._heading_start is None:
            self._pieces.append(_AFTER.get(tag) or ("\n\n" if tag in _BLOCKS else ""))
        if tag in self._regions:
            self._regions[tag].leave(len(self._pieces))

    def data(self, text: str) -> None:
        if self._titles == 1:
            self._title.append(text)
        if not self._hidden_depth:
            self._pieces.append(text.replace("\n", " "))

    def close(self) -> None:
        """The parser calls it at the end."""

    def _is_hidden(self, tag: str, attributes: dict[str, str]) -> bool:
        """Buttons are skipped, except in headings and where they open a panel, whose question they are."""
        if tag in ("input", "select", "textarea") and self._form is not None:
            self._form.has_fields |= attributes.get("type", "text").lower() not in ("hidden", "submit")
        if tag in _SKIPPED_TAGS:
            return True
        if tag == "button" and self._heading_start is None and not is_control(attributes):
            return True
        if tag == "aside" and not any(region.depth for region in self._regions.values()):
            return True
        if not attributes:
            return False
        style = attributes.get("style", "")
        hidden = "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true"
        if hidden or _HIDDEN_STYLE.search(style):
            return not self._opens(tag, attributes)
        return attributes.get("role") == "doc-noteref" or bool(_STRUCK_STYLE.search(style))

    def _opens(self, tag: str, attributes: dict[str, str]) -> bool:
        if self._panels.are_text(attributes):
            return True
        follows = self._awaits_panel and self._heading_start is None and (tag in _BLOCKS)
        self._awaits_panel = self._awaits_panel and not follows
        return follows and not attributes.get("role")

    def _end_heading(self, level: int, start: int) -> None:
        name = " ".join("".join(self._pieces[start:]).split())
        mark = f"{'#' * level} " if len(name) <= headings.LONGEST else ""
        self._pieces[start:] = [f"\n\n{mark}{name}\n\n" if name else ""]
        self._heading_start = None

    def _end_raised(self, start: int) -> None:
        text = "".join(self._pieces[start:]).strip()
        self._pieces[start:] = [raised(text, "".join(self._pieces[max(0, start - 3) : start])[-12:])]

    def _end_form(self, form: _Form) -> None:
        self._form = None
        pieces = self._pieces[form.start :]
        holds_fields = form.has_fields and not form.is_page
        if holds_fields and len("".join(pieces).split()) < _FEW_WORDS:
            self._forms += pieces
            self._pieces[form.start :] = [""]

    @property
    def title(self) -> str:
        return " ".join("".join(self._title).split())

    @property
    def text(self) -> str:
        """The text of `main`, else of the articles where they hold much of the page, else of the whole page."""
        whole = _lines(self._pieces)
        for name, least in (("main", 0.0), ("article", _MOSTLY * len(whole))):
            spans = self._regions[name].spans
            parts = [_lines(self._pieces[start:end]) for start, end in spans]
            text = "\n\n".join(part for part in parts if part)
            if any(character.isalnum() for character in text) and len(text) >= least:
                return text
        return whole if any(character.isalnum() for character in whole) else _lines(self._forms)


def _lines(pieces: list[str]) -> str:
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
