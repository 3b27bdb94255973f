"""Lines that were wrapped by hand or by an editor are joined again into the sentences that they are."""

import re

_CLOSED = re.compile(r"[.!?…:;|»\"”]\s*$")
_GOES_ON = re.compile('[a-zа-яёәғқңөұүһі(«"“,—–-]')
_WIDTH = 40
"""Of the longest line of a paragraph, from which on its lines may have been wrapped at a width."""
_FULL = 0.6


def join(lines: list[str]) -> list[str]:
    """The lines of one paragraph, joined where the next goes on with the sentence; deliberate breaks stay."""
    width = max((len(line) for line in lines), default=0)
    goes_on = sum(bool(_GOES_ON.match(line.lstrip())) for line in lines[1:])
    if 2 * goes_on < len(lines) - 1:
        width = 0  # most lines begin anew: they are a list
    joined: list[str] = []
    before = ""
    for line in lines:
        if joined and _continues(before, line, width):
            joined[-1] += f" {line.strip()}"
        else:
            joined.append(line.rstrip())
        before = line.rstrip()
    return joined


def continues(before: str, line: str) -> bool:
    """Whether a line beyond doubt goes on with the sentence of the one before."""
    return bool(before.strip()) and not _CLOSED.search(before) and bool(_GOES_ON.match(line.lstrip()))


def _continues(before: str, line: str, width: int) -> bool:
    start = line.lstrip()
    if not start or not before.strip() or _CLOSED.search(before):
        return False
    if _GOES_ON.match(start):
        return True
    if start[0].isdigit():
        return not before.lstrip()[0].isdigit()
    first = start.partition(" ")[0]
    full = len(before) + 1 + len(first) > width and len(before) > _FULL * width
    return full and width >= _WIDTH
