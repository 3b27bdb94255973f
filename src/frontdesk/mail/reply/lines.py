"""The lines of a body as the rules see them."""

import re
from dataclasses import dataclass

from frontdesk.mail import marks

_QUOTED = re.compile(r"^[ \t\u00a0]{0,3}((?:(?:>|&gt;)[ \t\u00a0]?)+)")
_INITIALS = re.compile(r"^ {0,2}[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{1,3}>+ ?(?=\S|$)")
"""The Bat! and others quote by the initials of who wrote: `АП> текст`."""
_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_SEEN = 400
_DEEPEST = 200
"""Characters among which quote marks are counted."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    """As it was written, without blanks at its end."""
    bare: str
    """For the rules: without quote marks, emphasis, invisible characters and repeated blanks; cut when long."""
    depth: int
    """How often it is quoted."""
    mark: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.bare

    @property
    def is_own(self) -> bool:
        return self.depth == 0


def lines_of(text: str, most: int = 1_000) -> list[Line]:
    return [_line(line) for line in text.split("\n", most)[:most]]


def _line(text: str) -> Line:
    mark = text[0] if text[:1] in _MARKS else ""
    text = text[1:] if mark else text
    quoted = _QUOTED.match(text, 0, _DEEPEST)
    initials = None if quoted else _INITIALS.match(text)
    content = text[quoted.end() :] if quoted else text[initials.end() :] if initials else text
    depth = quoted[1].count(">") + quoted[1].count("&gt;") if quoted else int(bool(initials))
    bare = _SPACES.sub(" ", _INVISIBLE.sub("", content[:_SEEN])).replace("**", "").strip(" ")
    return Line(text.rstrip(), _plain(bare), depth, mark)


_MARKS = frozenset((marks.HISTORY, marks.INTRODUCTION, marks.SIGNATURE, marks.SIGNATURE_END))


def _plain(bare: str) -> str:
    """Without the stars by which bold labels are written: `*From:* Anna`."""
    if bare.startswith("*") and ":" in bare[:60]:
        return bare[1:].replace(":*", ":", 1).replace("*:", ":", 1).replace("* :", ":", 1)
    return bare
