"""Ends of quoted lines that a program broke without a mark of their own."""

from collections.abc import Sequence

from frontdesk.mail.reply.lines import Line

_LONG = 60
_SHORT = 40


def is_rest_of_quote(lines: Sequence[Line], place: int) -> bool:
    """An unmarked line between two quoted ones that goes on in the middle of a long quoted sentence."""
    if not 0 < place < len(lines) - 1:
        return False
    before, line, after = lines[place - 1], lines[place], lines[place + 1]
    if line.is_blank or before.is_own or before.is_blank or after.is_own or after.is_blank:
        return False
    goes_on = line.bare[:1].islower() and before.bare[-1:] not in ".?!:…"
    return goes_on and len(before.text) >= _LONG and len(line.bare) <= _SHORT
