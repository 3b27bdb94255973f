"""Leaves out the characters that nobody sees, so that words stay whole."""

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINERS = re.compile("(?<=\\w)[\u200c\u200d](?=\\w)")
"""Between letters; in an emoji of several signs they stay."""
_NOTE_MARKS = re.compile("(?<=\\d\\d\\d)[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,2}(?!\\w)")
"""The number of a note at a sum; the powers of small numbers stay."""


def visible(text: str) -> str:
    """Without soft hyphens, zero-width and direction marks, and without the raised note numbers behind sums."""
    if text.isascii():
        return text
    return _NOTE_MARKS.sub("", _JOINERS.sub("", _INVISIBLE.sub("", text)))
