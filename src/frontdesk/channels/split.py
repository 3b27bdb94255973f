"""Cut a text that a wire does not take as a whole."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence

_BORDERS = tuple(re.compile(border) for border in (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s", r"\s"))
"""Where a cut hurts least, best first: after a paragraph, a line, a sentence, a word."""
_LINK = re.compile(r"\[[^\[\]\n]{0,500}\]\([^()\s]*\)|https?://\S+")
_JOINER = "\u200d"


def split_text(text: str, limit: int, measure: Callable[[str], int] = len) -> list[str]:
    """Parts of at most `limit` as `measure` counts (UTF-16 units, bytes ...), in order; at least one.

    Only white space at the cuts is lost; a letter with its marks, a joined emoji and a link stay whole where they can.
    """
    parts = []
    rest = text
    while len(rest) > limit or measure(rest) > limit:
        reach = min(len(rest), limit)  # no letter measures less than one
        most = max(1, bisect_right(range(reach + 1), limit, key=lambda n: measure(rest[:n])) - 1)
        links = [link.span() for link in _LINK.finditer(rest, 0, 2 * most)]
        cut = _border(rest, most, links) or _before_link(most, links) or _cluster(rest, most)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part] or [text]


def utf16_units(text: str) -> int:
    """The length as Telegram and JavaScript count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _border(text: str, most: int, links: Sequence[tuple[int, int]]) -> int | None:
    """The end of the best border in the second half of what fits, and within no link."""
    for border in _BORDERS:
        ends = [match.end() for match in border.finditer(text, most // 2, most)]
        ends = [end for end in ends if not any(start < end < behind for start, behind in links)]
        if ends:
            return ends[-1]
    return None


def _before_link(most: int, links: Sequence[tuple[int, int]]) -> int | None:
    """Where a link begins that does not fit any more but will fit as the first thing of the next part."""
    starts = [start for start, behind in links if 0 < start < most < behind <= start + most]
    return starts[0] if starts else None


def _cluster(text: str, most: int) -> int:
    cut = most
    while cut > 0 and _belongs_to_before(text, cut):
        cut -= 1
    return cut or most


def _belongs_to_before(text: str, at: int) -> bool:
    here, before = text[at], text[at - 1]
    flags = 0
    while flags < at and "\U0001f1e6" <= text[at - 1 - flags] <= "\U0001f1ff":
        flags += 1
    return (
        unicodedata.combining(here) > 0
        or unicodedata.category(here) in ("Mn", "Me", "Mc")
        or _JOINER in (here, before)
        or "\U0001f3fb" <= here <= "\U0001f3ff"
        or ("\U0001f1e6" <= here <= "\U0001f1ff" and flags % 2 == 1)
    )
