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


def alone_is_own(lines: list[Line]) -> list[Line]:
    """A single line with a mark, in the middle of a paragraph and without an introduction, means “more than”."""
    written = [at for at, line in enumerate(lines) if not line.is_blank]
    quoted = [at for at in written if not lines[at].is_own]
    if len(quoted) != 1 or quoted[0] in (written[0], written[-1]):
        return lines
    place = quoted[0]
    if lines[place - 1].is_blank or lines[place + 1].is_blank or lines[place + 1].bare.startswith("--"):
        return lines
    before = written[max(written.index(place) - 4, 0) : written.index(place)]
    if any(introduction_at(lines, at)[1] is not Strength.NONE for at in before):
        return lines
    return [*lines[:place], replace(lines[place], depth=0), *lines[place + 1 :]]


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
