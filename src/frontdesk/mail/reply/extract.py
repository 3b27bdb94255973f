"""The sender's own words in a body: quotes, history, signatures and programs' lines are taken off."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from frontdesk.mail import marks
from frontdesk.mail.reply.doubtful import cited_is_own, shared_lines_split
from frontdesk.mail.reply.header_block import header_block_at, is_forwarded
from frontdesk.mail.reply.introduction import Strength, introduction_at
from frontdesk.mail.reply.lines import Line, lines_of
from frontdesk.mail.reply.separator import Separator, is_rule, separator_at
from frontdesk.mail.reply.signature import without_signature
from frontdesk.mail.reply.wrapped import is_rest_of_quote

_FORWARDING = re.compile(r"^\s*(?:fwd?|fw|пер|пересл|wg|бағ|қж)\s?:", re.IGNORECASE)
_POINTS_BELOW = re.compile(
    r"\b(?:see (?:below|the (?:e-?mail|message) below)|message below|e-?mail below|forwarding|fyi|"
    r"(?:answers?|comments?|replies) (?:are )?(?:in ?line )?below|"
    r"(?:ответ|комментари|текст|переписк|замечани)[^\W\d_]{0,3} (?:[^\W\d_]{1,12} ){0,3}ниже|"
    r"см\.? ?ниже|смотри(?:те)? ниже|ниже (?:переписка|письмо|ответ)|письм[оа] ниже|пересылаю|переадресую|"
    r"төмендегі (?:хат|хабар|жауап)[^\W\d_]{0,6}|(?:жауап|ескерту|пікір)[^\W\d_]{0,8} төменде|қайта жіберіп)\b",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"^\[cid:[^\[\]\s]{1,200}\]$", re.IGNORECASE)
"""What Outlook leaves in a plain text where a picture stood."""
_MOST_LINES = 10_000
"""What a reply may have; the rest of a longer body is not looked at."""


@dataclass(slots=True)
class _Read:
    runs: list[list[Line]] = field(default_factory=list)
    """The sender's own lines, run by run between quotes."""
    history: int | None = None
    """Where everything begins to be quoted, to the end."""
    forwarded: bool = False
    quotes: int = 0


def reply_in(text: str, subject: str = "") -> str:
    """The reply in a body with or without `marks`; empty where every line is quoted.

    Answers between quoted lines are joined by empty lines. What was forwarded stays, for it is what the sender
    wants to be read. A body that is nothing but a signature is given as it is.
    """
    lines = cited_is_own(shared_lines_split(lines_of(text, _MOST_LINES)))
    read = _read(lines, forwarding=bool(_FORWARDING.match(subject)))
    runs = [without_signature(run) for run in read.runs]
    own = _joined(runs) or _joined(read.runs)
    if read.history is None:
        return own
    rest = "\n".join(line.text for line in lines[read.history :]).strip("\n")
    if read.forwarded or not own or _POINTS_BELOW.search(own):
        return f"{own}\n\n{marks.without(rest)}".strip()
    return own


def _read(lines: Sequence[Line], forwarding: bool) -> _Read:
    read = _Read()
    run: list[Line] = []
    signed = False
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.mark in (marks.SIGNATURE, marks.SIGNATURE_END):
            signed = line.mark == marks.SIGNATURE
        length = (
            0
            if line.is_blank and line.is_own and not line.mark
            else _quoted_at(lines, place, read, forwarding)
        )
        if length:
            if any(not each.is_blank for each in run):
                read.runs.append(run)
            run = []
            place += length
            continue
        if not signed and not _PICTURE.match(line.bare):
            run.append(line)
        place += 1
    if any(not each.is_blank for each in run):
        read.runs.append(run)
    return read


def _quoted_at(lines: Sequence[Line], place: int, read: _Read, forwarding: bool) -> int:
    """How many lines from here are not the sender's; notes in `read` where it is the whole rest."""
    line = lines[place]
    if not line.is_own or is_rest_of_quote(lines, place):
        read.quotes += 1
        # Apple Mail quotes what it forwards, marker and all.
        if read.quotes == 1 and separator_at(line, quoted=True) is Separator.FORWARDED:
            read.history, read.forwarded = place, True
            return len(lines) - place
        return 1
    rest = len(lines) - place
    if line.mark == marks.HISTORY and _next_written(lines, place + 1) is not None:
        read.history = place
        read.forwarded = forwarding or _begins_forwarded(lines, place + 1)
        return rest
    count, strength = introduction_at(lines, place)
    if line.mark == marks.INTRODUCTION and strength is Strength.NONE:
        count, strength = 1, Strength.WEAK
    if strength is not Strength.NONE:
        following = _next_written(lines, place + count)
        if following is None or not lines[following].is_own:
            return count
        if strength is Strength.STRONG:
            read.history = place
            read.forwarded = forwarding
            return rest
    begins, is_forward = _history_at(lines, place)
    if begins:
        read.history = place
        read.forwarded = forwarding or is_forward
        return rest
    return 0


def _begins_forwarded(lines: Sequence[Line], place: int) -> bool:
    following = _next_written(lines, place)
    return following is not None and _history_at(lines, following)[1]


def _history_at(lines: Sequence[Line], place: int) -> tuple[bool, bool]:
    """Whether everything from a line on is quoted, and whether it was forwarded."""
    separator = separator_at(lines[place])
    if separator is not None:
        return True, separator is Separator.FORWARDED
    fields = header_block_at(lines, place)
    if fields is not None:
        return True, is_forwarded(fields)
    if is_rule(lines[place]):
        following = _next_written(lines, place + 1)
        if following is not None and following - place <= 3 and lines[following].is_own:
            if fields := header_block_at(lines, following):
                return True, is_forwarded(fields)
            if (after := separator_at(lines[following])) is not None:
                return True, after is Separator.FORWARDED
            return introduction_at(lines, following)[1] is Strength.STRONG, False
    return False, False


def _next_written(lines: Sequence[Line], place: int) -> int | None:
    return next((at for at in range(place, len(lines)) if not lines[at].is_blank), None)


def _joined(runs: Sequence[Sequence[Line]]) -> str:
    texts = ("\n".join(line.text for line in run).strip("\n") for run in runs)
    return "\n\n".join(text for text in texts if text.strip())
