"""What the spam filter on the way said. The desk judges no content itself."""

import re

from frontdesk.mail.draft import Draft
from frontdesk.mail.verdict import Spam

_FLAGS = ("x-spam-flag", "x-barracuda-spam-flag", "x-gm-spam", "x-spam", "x-anti-spam-flag")
_SCORES = ("x-spam-score", "x-rspamd-score", "x-barracuda-spam-score")
_STATUS = re.compile(r"^(yes|no)\b(?:.{0,40}?score=(-?\d{1,4}(?:\.\d{1,4})?))?", re.DOTALL)
_NUMBER = re.compile(r"-?\d{1,4}(?:\.\d{1,4})?")
_SPAM_LEVEL = 5
"""Of Exchange's spam confidence level, which ends at 9."""


def is_spam(draft: Draft) -> Spam | None:
    """An answer to a mail of ours is never spam."""
    if draft.answers_us:
        return None
    score = _score(draft)
    if score is not None and score >= draft.context.spam_score:
        return Spam("score", score)
    if any(draft.header(name).startswith(("yes", "true", "1", "spam")) for name in _FLAGS):
        return Spam("flag", score)
    if draft.header("x-spam-status").startswith("yes"):
        return Spam("status", score)
    level = _NUMBER.match(draft.header("x-ms-exchange-organization-scl"))
    if level and float(level.group()) >= _SPAM_LEVEL:
        return Spam("confidence_level", float(level.group()))
    if draft.header("x-yandex-spam") == "4":
        return Spam("flag", score)
    return None


def _score(draft: Draft) -> float | None:
    status = _STATUS.match(draft.header("x-spam-status"))
    if status and status[2]:
        return float(status[2])
    for name in _SCORES:
        if number := _NUMBER.match(draft.header(name)):
            return float(number.group())
    level = draft.header("x-spam-level")
    return float(len(level)) if level and set(level) == {"*"} else None
