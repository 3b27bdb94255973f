"""Takes signatures, phones' lines, advertisements and disclaimers off the end of a run of own lines."""

import re
from collections.abc import Sequence

from frontdesk.mail.reply import closing, device, disclaimer
from frontdesk.mail.reply.lines import Line

_MARK = re.compile(r"^(?:--|––|—|―|- -)$")
_RULE = re.compile(r"^(?:_{2,}|-{3,}|={3,}|\*{3,}|~{3,}|[─━]{2,}|[—–]{3,})$")
_DASHED_NAME = re.compile(
    r"^[-–—~]{1,2} ?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.'’-]{0,25}(?: [A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.'’-]{0,25}){0,2}$"
)
_LIST_FOOTER = re.compile(
    r"mailing list|you received this message because|to unsubscribe|вы получили это сообщение", re.IGNORECASE
)
_BULLET = re.compile(r"^(?:[-*•–—]|\d{1,3}[.)]) ?\S")
_LONGEST = 12
_LAST = 90
"""Lines at the end of a run among which its signature may begin."""
_LONGEST_STANDARD = 30
_ROUNDS = 8


def without_signature(lines: Sequence[Line]) -> list[Line]:
    """Lines of a run without what stands below the text; a run that would be empty then is empty."""
    kept = device.without_lone(disclaimer.without_banner(list(lines)))
    for _ in range(_ROUNDS):
        before = len(kept)
        kept = _trimmed(kept)
        for take_off in _STEPS:
            kept = _trimmed(take_off(kept))
        if len(kept) == before:
            break
    return kept


def _trimmed(lines: list[Line]) -> list[Line]:
    """Without blank lines and rules at the end."""
    end = len(lines)
    while end and (lines[end - 1].is_blank or (end > 1 and _RULE.match(lines[end - 1].bare))):
        end -= 1
    return lines[:end]


def _without_marked(lines: list[Line]) -> list[Line]:
    """Below `-- ` (RFC 3676) stands the signature; below another rule only what looks like one."""
    for place in range(max(len(lines) - _LAST, 0), len(lines)):
        line = lines[place]
        is_mark, is_rule = bool(_MARK.match(line.bare)), place > 0 and bool(_RULE.match(line.bare))
        if not is_mark and not is_rule:
            continue
        below = [other for other in lines[place + 1 :] if not other.is_blank]
        if is_mark:
            longest = _LONGEST_STANDARD if line.text.startswith("--") and len(line.text) <= 3 else _LONGEST
            if len(below) <= longest and not any(len(other.text) > 300 for other in below[:2]):
                return lines[:place]
        elif closing.is_contact(below):
            return lines[:place]
    return lines


def _without_footer(lines: list[Line]) -> list[Line]:
    """What a mailing list or a group adds below a rule."""
    for place in range(len(lines) - 1, max(len(lines) - 10, 0), -1):
        if _RULE.match(lines[place].bare) and any(
            _LIST_FOOTER.search(line.bare) for line in lines[place + 1 :]
        ):
            return lines[:place]
    return lines


def _without_dashed_name(lines: list[Line]) -> list[Line]:
    if len(lines) < 3 or not _DASHED_NAME.match(lines[-1].bare) or not lines[-2].is_blank:
        return lines
    before = next(line for line in reversed(lines[:-1]) if not line.is_blank or line is lines[0])
    return lines if _BULLET.match(before.bare) else lines[:-1]


_STEPS = (
    device.without_last,
    disclaimer.without_last,
    _without_footer,
    _without_marked,
    closing.without_last,
    _without_dashed_name,
)
