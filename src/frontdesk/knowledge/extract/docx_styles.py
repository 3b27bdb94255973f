"""What the styles of a document mean for its text."""

import re
from dataclasses import dataclass
from typing import Literal

from frontdesk.kit.ooxml import Element, attribute, child, children, is_on

_HEADING = re.compile(r"^(?:heading|заголовок|тақырып)\s*(\d)", re.IGNORECASE)
_TITLES = ("title", "название", "атауы")
_LISTS = ("list", "маркированный", "нумерованный")
_CONTENTS = ("toc ", "toc heading", "оглавление")
_LONGEST_CHAIN = 10

Kind = Literal["text", "title", "heading", "item", "contents"]


@dataclass(frozen=True, slots=True)
class Style:
    kind: Kind = "text"
    level: int = 0
    """Of a heading."""
    is_hidden: bool = False
    """Hidden or struck out."""


class Styles:
    """The styles by id; `default` is what a paragraph without one has."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {attribute(style, "styleId"): style for style in children(root, "style")}
        self._known: dict[str, Style] = {}

    def of(self, style_id: str) -> Style:
        if style_id not in self._known:
            self._known[style_id] = self._read(style_id)
        return self._known[style_id]

    def _read(self, style_id: str) -> Style:
        kind: Kind = "text"
        level, hidden = 0, None
        for _ in range(_LONGEST_CHAIN):
            element = self._elements.get(style_id)
            if element is None:
                break
            if kind == "text":
                kind, level = _kind(element)
            if hidden is None:
                hidden = hides(child(element, "rPr"))
            style_id = attribute(child(element, "basedOn"), "val")
        return Style(kind, level, bool(hidden))


def hides(properties: Element | None) -> bool | None:
    """Whether run properties hide or strike the text; None where they do not say."""
    named = [child(properties, name) for name in ("vanish", "strike", "dstrike")]
    switches = [is_on(element) for element in named if element is not None]
    return any(switches) if switches else None


def _kind(style: Element) -> tuple[Kind, int]:
    name = attribute(child(style, "name"), "val").lower()
    if name in _TITLES:
        return "title", 0
    if heading := _HEADING.match(name):
        return "heading", min(int(heading[1]) or 1, 6)
    if name.startswith(_CONTENTS):
        return "contents", 0
    outline = attribute(child(style, "pPr", "outlineLvl"), "val")
    if outline.isdigit() and len(outline) == 1 and int(outline) < 6:
        return "heading", int(outline) + 1
    numbered = child(style, "pPr", "numPr") is not None
    return ("item", 0) if numbered or name.startswith(_LISTS) else ("text", 0)
