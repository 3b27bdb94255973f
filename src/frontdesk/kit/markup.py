"""Parses HTML without building its tree: time and memory grow with its length, not with its nesting."""

from typing import Protocol

from frontdesk.errors import ValidationFailed

_FED_AT_ONCE = 1 << 16


class Target(Protocol):
    """What the parser calls; `end` and `data` too where there are such methods."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def close(self) -> None: ...


def feed(text: str, target: Target) -> None:
    """Parse a page by libxml2. Raises `ValidationFailed`."""
    from lxml import etree

    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True)
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        for start in range(0, len(data), _FED_AT_ONCE):
            parser.feed(data[start : start + _FED_AT_ONCE])
        parser.close()
    except etree.LxmlError as error:
        raise ValidationFailed("the HTML is damaged") from error
