"""How long to wait for the rest of what somebody is saying in pieces."""

import re
from datetime import timedelta

_NONE = timedelta(0)
_FINISHED = re.compile(r"[.!…?)\]]\s*$")
_ASKED = re.compile(r"[?？]\s*$")


def hold(text: str, longest: timedelta) -> timedelta:
    """Nothing for a whole question; `longest` for a scrap ("Hello", "my order 54321"); half for a statement.

    The answer is also redone when a newer message comes while it is written: this only saves the work.
    """
    words = len(text.split())
    if longest == _NONE or (words >= 3 and _ASKED.search(text)) or words >= 25:
        return _NONE
    if words >= 6 and _FINISHED.search(text):
        return longest / 4
    return longest / 2 if words >= 6 else longest
