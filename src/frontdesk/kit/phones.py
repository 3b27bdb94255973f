"""Telephone numbers as people type them, in a plain text: `8 (701) 123-45-67`, `8/701/0000001`, `+7 701 ... доб. 12`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from frontdesk.kit.plain import plain

HOME = "KZ"
"""Where a number without a country's code is from."""
_RUN = re.compile(r"(?<![A-Za-z0-9_])(?:\(?\+|\()?\d(?:[ \n().\-/]{0,3}\d){8,}")
_GROUP = re.compile(r"\d+")
_EXTENSION = re.compile(
    r"[ ,;(]{0,3}(?:доб(?:авочный)?|вн(?:утр)?|ext(?:ension)?|қос(?:ымша)?)\b[.: №]{0,3}\d{1,6}\)?",
    re.IGNORECASE,
)
_NO_PHONE_BEFORE = re.compile(
    r"(?:[#№]|(?<!\w)(?:зака[зс]|order|тапсырыс|zakaz|трек|track|накладн|иин|жсн|бин|бсн|iin|bin|сч[её]т|шот|invoice)\w*)"
    r"[ :.№#(-]{0,3}(?:(?:номер|number|нөмір|код|code|no)\w*[ :.№#-]{0,3})?$",
    re.IGNORECASE,
)
_LONGEST, _SHORTEST = 15, 10
_MOST_GROUPS = 15
_NEIGHBOURS = re.compile(r"(?:998|996|992|993|994|995|375|380)\d{9}|374\d{8}")
_LOCAL = re.compile(r"(?:7[0-9]\d{8}|9\d{9})")


class Phone(NamedTuple):
    """`number` is E.164; the place takes in an extension."""

    number: str
    start: int
    end: int
    certain: bool
    """Whether the numbering plan knows it."""


def find_phones(text: str) -> Iterator[Phone]:
    """In order of place. A number that is named as an order's or a parcel's is no phone."""
    for run in _RUN.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
        at = 0
        while at < len(groups):
            phone, used = _phone_at(text, run.start(), groups[at : at + _MOST_GROUPS])
            if phone is not None:
                yield phone
            at += max(1, used)


def e164(text: str) -> str | None:
    """The number of a text that is nothing but a phone, in any notation; None where it is no phone."""
    meant = plain(text).text.strip()
    phone = next(find_phones(meant), None)
    return phone.number if phone and (phone.start, phone.end) == (0, len(meant)) else None


def _phone_at(text: str, first: int, groups: list[tuple[int, int]]) -> tuple[Phone | None, int]:
    """The longest number that begins with the first group, and how many groups it takes."""
    start = groups[0][0]
    plus = text[max(first, start - 2) : start].strip(" (").endswith("+") or text[start - 1 : start] == "+"
    sizes = list(accumulate(b - a for a, b in groups))
    for used in range(len(groups), 0, -1):
        if not _SHORTEST <= sizes[used - 1] <= _LONGEST:
            continue
        spans = groups[:used]
        digits = "".join(text[a:b] for a, b in spans)
        between = text[start : spans[-1][1]]
        number = _international(digits, plus, [b - a for a, b in spans], between)
        if number is None or _follows(text, spans[-1][1]):
            continue
        certain = _is_valid(number)
        if not (certain or plus) or _NO_PHONE_BEFORE.search(text[max(0, start - 40) : start]):
            continue
        begin = _with_opening(text, start)
        return Phone(number, begin, _with_extension(text, spans[-1][1]), certain), used
    return None, 1


def _international(digits: str, plus: bool, sizes: list[int], between: str) -> str | None:
    """With `+` and the country's code, where it can be a phone at all."""
    if plus:
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if len(sizes) > 2 and set(sizes[1:]) == {3} and not set(between) & set("()-/."):
        return None  # thousands of a sum
    if len(digits) == 11 and digits[0] in "78":
        return f"+7{digits[1:]}"
    if len(digits) == 10 and _LOCAL.fullmatch(digits) and (digits[0] == "7" or sizes == [3, 3, 2, 2]):
        return f"+7{digits}"
    return f"+{digits}" if _NEIGHBOURS.fullmatch(digits) else None


def _follows(text: str, end: int) -> bool:
    """Whether the number goes on: letters of a code, or a part after the point."""
    return bool(re.match(r"[A-Za-z0-9_]|[-/.,]\d|-[A-Z0-9]{2}", text[end : end + 3]))


def _with_opening(text: str, start: int) -> int:
    while start and text[start - 1] in "+(":
        start -= 1
    return start


def _with_extension(text: str, end: int) -> int:
    extension = _EXTENSION.match(text, end, end + 40)
    return extension.end() if extension else end


@lru_cache(maxsize=4_096)
def _is_valid(number: str) -> bool:
    # Imported only when a text has such a number: the package is large.
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, HOME))
    except phonenumbers.NumberParseException:
        return False
