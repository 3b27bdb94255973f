"""Lines that only look like quotes, and quotes' introductions that share a line with the reply."""

import re
from collections.abc import Sequence
from dataclasses import replace

from frontdesk.mail.reply.introduction import Strength, introduction_at, text_behind
from frontdesk.mail.reply.lines import Line, lines_of

_INNER = re.compile(
    r"[\s-]{1,4}(?=on\s(?:[a-z]{3,9},?\s|\d)|(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|"
    r"суббота|"
    r"воскресенье|дс|сс|бс|жм|сн|жк),?\s\d|\d{1,2}[./]\d{1,2}[./]\d{2,4},?\s\d{1,2}:)",
    re.IGNORECASE,
)
_LONGEST = 400
_MOST_TRIES = 2
_NEAR = 8
"""Lines above a quote among which its introduction stands."""


def cited_is_own(lines: list[Line]) -> list[Line]:
    """Marked lines without any introduction that are the sender's own.

    A single one in the middle of a paragraph means “more than”; some right below a line that ends with a colon are
    what the sender cites, such as an error.
    """
    written = [at for at, line in enumerate(lines) if not line.is_blank]
    quoted = [at for at in written if not lines[at].is_own]
    if not quoted or quoted[0] == written[0] or _has_introduction(lines, quoted[0]):
        return lines
    first, last = quoted[0], quoted[-1]
    is_alone = len(quoted) == 1 and last != written[-1] and _is_amid(lines, first)
    is_cited = lines[first - 1].bare.endswith(":") and last - first == len(quoted) - 1
    if not is_alone and not is_cited:
        return lines
    own = [replace(line, depth=0) for line in lines[first : last + 1]]
    return [*lines[:first], *own, *lines[last + 1 :]]


def _is_amid(lines: Sequence[Line], at: int) -> bool:
    before, after = lines[at - 1], lines[at + 1]
    return not before.is_blank and not after.is_blank and not after.bare.startswith("--")


def _has_introduction(lines: Sequence[Line], end: int) -> bool:
    places = range(max(end - _NEAR, 0), end)
    return any(introduction_at(lines, at)[1] is not Strength.NONE for at in places if not lines[at].is_blank)


def shared_lines_split(lines: Sequence[Line]) -> list[Line]:
    """Some phones write the introduction behind the last word of the reply, or the quote behind the introduction."""
    split: list[Line] = []
    for at, line in enumerate(lines):
        if not line.is_own or ":" not in line.bare:
            split.append(line)
        elif line.bare.endswith(":"):
            split += _split(lines, at)
        elif len(line.text) <= _LONGEST * 5 and (behind := text_behind(line.text[:_LONGEST])):
            split += lines_of(f"{line.text[:behind]}\n{line.text[behind:]}")
        else:
            split.append(line)
    return split


def _split(lines: Sequence[Line], at: int) -> list[Line]:
    text = lines[at].text
    if (
        len(text) > _LONGEST
        or not ("@" in text or re.search(r"\d:\d\d", text))
        or introduction_at(lines, at)[1] is not Strength.NONE
    ):
        return [lines[at]]
    for inner in list(_INNER.finditer(text))[-_MOST_TRIES:]:
        head, tail = lines_of(text[: inner.start()]), lines_of(text[inner.end() :])
        if introduction_at(tail, 0)[1] is Strength.STRONG:
            return [*head, *tail]
    return [lines[at]]
