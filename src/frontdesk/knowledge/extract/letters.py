"""Leaves out the characters that nobody sees, so that words stay whole."""

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINERS = re.compile("(?<=\\w)[\u200c\u200d](?=\\w)")
"""Between letters; in an emoji of several signs they stay."""
_NOTE_MARKS = re.compile("(?<=\\d\\d\\d)[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,2}(?!\\w)")
"""The number of a note at a sum; the powers of small numbers stay."""

_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|\*{1,3}|[†‡]|[a-zа-я])[\])]?", re.IGNORECASE)
_UNIT = re.compile(r"(?:\b|\d)(?:[ксдм]?м|[kcdm]?m)$")
_POWERS = {"2": "²", "3": "³"}


def visible(text: str) -> str:
    """Without soft hyphens, zero-width and direction marks, and without the raised note numbers behind sums."""
    if text.isascii():
        return text
    return _NOTE_MARKS.sub("", _JOINERS.sub("", _INVISIBLE.sub("", text)))


def raised(text: str, before: str) -> str:
    """What raised text becomes: the mark of a note nothing, a power a character; other text never joins a figure."""
    mark = text.strip()
    if mark in _POWERS and _UNIT.search(before):
        return _POWERS[mark]
    if _NOTE.fullmatch(mark):
        return ""
    return f" {text}" if before[-1:].isdigit() and text[:1].isdigit() else text
