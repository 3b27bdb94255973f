"""The days of an article: when its owner looks at it again, and until when answers come from it."""

import re
from datetime import date
from typing import NamedTuple

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?|(\d{1,2})[./](\d{1,2})[./](\d{4})")


class Days(NamedTuple):
    review_on: date | None = None
    expires_on: date | None = None
    """The last day."""

    def or_else(self, other: "Days") -> "Days":
        """Those of `other` where one is missing here."""
        return Days(self.review_on or other.review_on, self.expires_on or other.expires_on)


def day_of(text: str) -> date | None:
    """`2026-12-31` or `31.12.2026`; None for what is no day."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
