"""Markdown headings, for reading files and for splitting texts into chunks."""

import re
from typing import NamedTuple

LONGEST = 300
"""Characters; a longer line is text, even if it begins like a heading."""
_LINE = re.compile(r"^(#{1,6})[ \t]+(\S.*)$")


class Heading(NamedTuple):
    level: int
    """1 (the outermost) to 6."""
    name: str


def heading_of(line: str) -> Heading | None:
    """A line of Markdown as a heading, without the `#` that may close it; None for text."""
    match = _LINE.match(line)
    if match is None:
        return None
    name = match[2].rstrip()
    before_closing = name.rstrip("#")
    if not before_closing or before_closing[-1].isspace():
        name = before_closing.rstrip()
    return Heading(len(match[1]), name) if 0 < len(name) <= LONGEST else None
