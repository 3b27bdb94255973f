"""What in a text is private: cards, accounts, personal numbers, passports, phones and addresses, however typed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from frontdesk.kit.phones import find_phones

# Each is bounded, so that very long words cost no time.
_AT = r"(?: ?@ ?| ?[(\[](?:at|собака|эт)[)\]] ?)"
_DOT = r"(?:\.| ?[(\[](?:dot|точка|нүкте)[)\]] ?)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,100}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,8}}", re.IGNORECASE
)
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2} ?\d{2}(?:[ .\-\n]{0,2}[A-Z0-9]){11,34}", re.IGNORECASE)
_IBAN_SIZES = {
    "KZ": 20, "GB": 22, "DE": 22, "FR": 27, "AE": 23, "TR": 26, "GE": 22, "AZ": 28, "UA": 29, "BY": 28, "PL": 28,
    "LT": 20, "LV": 21, "EE": 20, "NL": 18, "CH": 21, "IT": 27, "ES": 24, "AT": 20, "CY": 28, "CZ": 24, "RU": 33,
}  # fmt: skip
_NUMBER_RUN = re.compile(r"(?<![A-Za-z0-9+])\d(?:[ \n./_\-]{0,3}\d){11,}")
_GROUP = re.compile(r"\d+")
_CARD = re.compile(r"(?:[2-6]\d{15}|3[47]\d{13}|8600\d{12}|9860\d{12}|[356]\d{12}|[456]\d{12,18})")
_PASSPORT_WORD = re.compile(
    r"(?:паспорт|удостоверени|passport|identity card|\bid card|куәлі|куали|төлқұжат|толкужат)\w*",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"(?<!\w)(?:[A-ZА-Я]{1,2} ?(?:№ ?)?)?\d{2} ?\d{2} ?(?:№ ?|номер )?\d{2,3} ?\d{2,3}(?!\w)", re.IGNORECASE
)
_KAZAKH_PASSPORT = re.compile(r"(?<![A-Za-z0-9-])N ?\d{8}(?![\w-])")
_REACH = 60
"""How far after the word a passport's number may stand."""


class Private(NamedTuple):
    kind: str
    start: int
    end: int


def find_private(text: str) -> Iterator[Private]:
    """In a plain text, the surest kinds first; they may overlap."""
    for match in _EMAIL.finditer(text) if "@" in text or "[" in text or "(" in text else ():
        yield Private(
            "email", match.start(), match.end() - (len(match.group()) - len(match.group().rstrip(".-")))
        )
    for match in _IBAN.finditer(text):
        end = _iban_end(text, match)
        if end:
            yield Private("iban", match.start(), end)
    yield from _numbers(text)
    yield from _passports(text)
    for phone in find_phones(text):
        yield Private("phone", phone.start, phone.end)


def _iban_end(text: str, match: re.Match[str]) -> int | None:
    """Where the account's number ends, by its country's length or else by its check digits."""
    places = [at for at in range(match.start(), match.end()) if text[at].isalnum()]
    compact = "".join(text[at] for at in places).upper()
    known = _IBAN_SIZES.get(compact[:2])
    for size in (known,) if known else range(min(34, len(compact)), 14, -1):
        if size > len(compact) or not _iban(compact[:size]):
            continue
        end = places[size - 1] + 1
        if not text[end : end + 1].isalnum():
            return end
    return None


def _iban(compact: str) -> bool:
    turned = "".join(str(int(c, 36)) for c in compact[4:] + compact[:4])
    return int(turned) % 97 == 1


def _numbers(text: str) -> Iterator[Private]:
    """Cards and personal numbers: whole groups of digits with a right check digit."""
    for run in _NUMBER_RUN.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
        at = 0
        while at < len(groups):
            number, used = _number_at(text, groups[at : at + 19])
            if number is not None:
                yield number
            at += used


def _number_at(text: str, groups: list[tuple[int, int]]) -> tuple[Private | None, int]:
    digits, start = "", groups[0][0]
    for used, (begin, end) in enumerate(groups, 1):
        digits += text[begin:end]
        if len(digits) > 19:
            break
        if text[end : end + 1].isascii() and text[end : end + 1].isalpha():
            continue
        if _CARD.fullmatch(digits) and _luhn(digits):
            return Private("card", start, end), used
        if len(digits) == 12 and _person_number(digits):
            return Private("person_number", start, end), used
    return None, 1


def _luhn(text: str) -> bool:
    digits = [int(c) for c in text]
    doubled = [d if at % 2 == 0 else (d * 2 - 9 if d > 4 else d * 2) for at, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0 and len(set(digits)) > 1


def _person_number(text: str) -> bool:
    """Kazakhstan's IIN: a date of birth, a digit for the century and sex, and a check digit."""
    digits = [int(c) for c in text]
    if not (1 <= int(text[2:4]) <= 12 and 1 <= int(text[4:6]) <= 31 and 0 <= digits[6] <= 6):
        return False
    check = sum(weight * digit for weight, digit in enumerate(digits[:11], 1)) % 11
    if check == 10:
        check = sum(w * d for w, d in zip((3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2), digits[:11], strict=True)) % 11
    return check == digits[11]


def _passports(text: str) -> Iterator[Private]:
    for word in _PASSPORT_WORD.finditer(text):
        number = _PASSPORT.search(text, word.end(), min(len(text), word.end() + _REACH))
        if number:
            yield Private("passport", *number.span())
    for match in _KAZAKH_PASSPORT.finditer(text):
        yield Private("passport", *match.span())
