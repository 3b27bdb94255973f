"""Numbers, dates, times and addresses as ru, kk and en texts write them, in forms that can be compared."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from frontdesk.kit.topics import topics_of
from frontdesk.kit.units import MEASURE, currency_before, measure_of, unit_after

_MONTHS = (
    ("jan", "янв", "қаңтар"),
    ("feb", "фев", "ақпан"),
    ("mar", "мар", "наурыз"),
    ("apr", "апр", "сәуір"),
    ("may", "ма[йяе]", "мамыр"),
    ("jun", "июн", "маусым"),
    ("jul", "июл", "шілде"),
    ("aug", "авг", "тамыз"),
    ("sep", "сен", "қыркүйек"),
    ("oct", "окт", "қазан"),
    ("nov", "ноя", "қараша"),
    ("dec", "дек", "желтоқсан"),
)
_MONTH = "|".join(f"(?P<m{at}>{'|'.join(stems)})" for at, stems in enumerate(_MONTHS, 1))
_DATE = re.compile(
    rf"""
      (?P<iy>\d{{4}})-(?P<im>\d{{2}})-(?P<id>\d{{2}})
    | (?<![\d.])(?P<dd>\d{{1,2}})\.(?P<dm>\d{{1,2}})\.(?P<dy>\d{{4}}|\d{{2}})(?![\d])
    | (?<!\d)(?P<before>\d{{1,2}})(?:st|nd|rd|th|-?го|-?е)?\s+(?:of\s+)?(?:{_MONTH})[^\W\d_]*\.?
      (?:,?\s+(?P<y1>\d{{4}}))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MONTH_FIRST = re.compile(
    r"\b(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?![.,]?\d)(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4])[:](?P<minute>[0-5]\d)(?![\d:])")
_HOUR = r"([01]?\d|2[0-4])(?:[:.]([0-5]\d))?"
_HOURS = re.compile(
    rf"\b(?:с|со|from|between)\s{_HOUR}\s?(?:до|to|till|until|and|-|–)\s?{_HOUR}"
    rf"(?![\d%]|[.,:]\d|[$€₽£₸]|\s?(?:{MEASURE.pattern})|\s(?:кг|kg|г|см|cm|м|шт)\b)",
    re.IGNORECASE,
)
"""Of opening: `с 10 до 22`."""
_ADDRESS = re.compile(
    r"https?://[^\s<>()\"'»]+|www\.[^\s<>()\"'»]+|(?<![\w.+-])[\w.+-]{1,100}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|(?<![\w@.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|kz|ru|org|net|io|shop|example)(?:/[^\s<>()\"'»]*)?(?!\w)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w+])\+?\d(?:[ ()-]{0,2}\d){9,13}(?!\w)")
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")
_LIST_MARK = re.compile(
    r"(?m)^[^\S\n]*\d{1,2}[.)](?=\s)|\b(?:шаг|пункт|step|қадам)\s*№?\s?\d{1,2}\b(?!\s?%)|\b\d{1,2}-(?:қадам|шаг)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s?(?:,|-|–|—|/|до|по|или|и|to|or|and|және|немесе|мен)\s?", re.IGNORECASE)
"""Between numbers that share the unit of the last."""

_NUMBER_WORDS: dict[str, int] = {
    word: value
    for value, words in {
        1: "one один одну одного бір",
        2: "two два две двух екі",
        3: "three три трёх трех үш",
        4: "four четыре четырёх четырех төрт",
        5: "five пять пяти бес",
        6: "six шесть шести алты",
        7: "seven семь семи жеті",
        8: "eight восемь восьми сегіз",
        9: "nine девять девяти тоғыз",
        10: "ten десять десяти он",
        12: "twelve двенадцать двенадцати",
        14: "fourteen четырнадцать четырнадцати",
        15: "fifteen пятнадцать пятнадцати",
        20: "twenty двадцать двадцати жиырма",
        30: "thirty тридцать тридцати отыз",
    }.items()
    for word in words.split()
}
_WORD_WITH_UNIT = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})\b(?={MEASURE.pattern})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A date; year is None where the text leaves it out."""

    day: int
    month: int
    year: int | None
    shown: str = ""

    def same(self, other: "Day") -> bool:
        years = {self.year, other.year}
        return (self.day, self.month) == (other.day, other.month) and (None in years or len(years) == 1)


@dataclass(frozen=True, slots=True)
class Number:
    """`values` are what it may mean (`1,500` is 1500 or 1.5)."""

    shown: str
    values: frozenset[Decimal]
    unit: str | None
    """What it counts (`units.unit_after`)."""
    topics: frozenset[str] = frozenset()
    """What its sentence is about, where that is plain."""

    @property
    def measured(self) -> bool:
        """With money, per cent or time: what a promise is made of."""
        return self.unit is not None and not self.unit.startswith("other ")

    @property
    def digits(self) -> int:
        return sum(c.isdigit() for c in self.shown)


@dataclass(frozen=True, slots=True)
class Figures:
    addresses: frozenset[str]
    days: tuple[Day, ...]
    times: frozenset[str]
    numbers: tuple[Number, ...]


def read(text: str) -> Figures:
    """Everything countable in a text; what is part of a link, a phone or a date is not counted again."""
    apart, rest = set_apart(text)
    return replace(apart, numbers=_numbers(rest))


def set_apart(text: str) -> tuple[Figures, str]:
    """Addresses, dates and times of a text, and the text with a bar in the place of each."""
    addresses, rest = _take(text, _ADDRESS)
    phones, rest = _take(rest, _PHONE)
    days = [_day(match) for match in _DATE.finditer(rest)]
    rest = _DATE.sub(_blank, rest)
    days += [_month_first(match) for match in _MONTH_FIRST.finditer(rest)]
    rest = _MONTH_FIRST.sub(_blank, rest)
    hours = [hour for match in _HOURS.finditer(rest) for hour in _hours(match)]
    times, rest = _take(_HOURS.sub(_blank, rest), _TIME)
    apart = Figures(
        frozenset({_address(address) for address in addresses} | {_phone(phone) for phone in phones}),
        tuple(day for day in days if 1 <= day.day <= 31 and 1 <= day.month <= 12),
        frozenset(time.zfill(5) for time in (*times, *hours)),
        (),
    )
    return apart, rest


def _take(text: str, pattern: re.Pattern[str]) -> tuple[list[str], str]:
    return [match.group() for match in pattern.finditer(text)], pattern.sub(_blank, text)


def _hours(match: re.Match[str]) -> tuple[str, str]:
    return f"{match[1]}:{match[2] or '00'}", f"{match[3]}:{match[4] or '00'}"


def _blank(match: re.Match[str]) -> str:
    return " | "


def _address(text: str) -> str:
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", text.lower())
    return bare.rstrip("/.,;:!?")


def _phone(text: str) -> str:
    return "tel " + re.sub(r"\D", "", text)[-10:]


def _day(match: re.Match[str]) -> Day:
    groups = match.groupdict()
    if groups["iy"]:
        return Day(int(groups["id"]), int(groups["im"]), int(groups["iy"]), match.group())
    if groups["dd"]:
        year = int(groups["dy"])
        return Day(int(groups["dd"]), int(groups["dm"]), year if year > 99 else 2000 + year, match.group())
    month = next(at for at in range(1, 13) if groups[f"m{at}"])
    return Day(
        int(groups["before"]), month, int(groups["y1"]) if groups["y1"] else None, match.group().rstrip(".")
    )


def _month_first(match: re.Match[str]) -> Day:
    stem = match["month"][:3].lower()
    month = next(at for at, stems in enumerate(_MONTHS, 1) if stems[0] == stem)
    return Day(int(match["day"]), month, int(match["year"]) if match["year"] else None, match.group())


def _numbers(text: str) -> tuple[Number, ...]:
    text = _LIST_MARK.sub(" ", text)
    return tuple(
        number
        for sentence in re.split(r"(?<=[.!?;\n])\s+|\n", text)
        for number in _of_sentence(sentence, topics_of(sentence))
    )


def _of_sentence(text: str, topics: frozenset[str]) -> list[Number]:
    matches = list(_NUMBER.finditer(text))
    units: list[str | None] = [
        unit_after(text, match.end()) or currency_before(text, match.start()) for match in matches
    ]
    for at in range(len(matches) - 2, -1, -1):
        between = text[matches[at].end() : matches[at + 1].start()]
        if _JOINT.fullmatch(between):
            units[at] = units[at + 1]
    numbers = [
        Number(_shown(text, match), values_of(match.group()), unit, topics)
        for match, unit in zip(matches, units, strict=True)
    ]
    numbers += [
        Number(
            match.group(),
            frozenset({Decimal(_NUMBER_WORDS[match.group(1).lower()])}),
            measure_of(match["unit"]),
            topics,
        )
        for match in _WORD_WITH_UNIT.finditer(text)
    ]
    return numbers


def _shown(text: str, match: re.Match[str]) -> str:
    unit = MEASURE.match(text, match.end())
    return match.group() + (unit.group() if unit else "")


def values_of(token: str) -> frozenset[Decimal]:
    """The values a written number may have: blanks group thousands, a comma or point may group or divide."""
    plain = re.sub(r"\s", "", token)
    separators = [c for c in plain if c in ".,"]
    if not separators:
        return frozenset({Decimal(plain)})
    last = separators[-1]
    head, _, tail = plain.rpartition(last)
    values = {Decimal(re.sub(r"[.,]", "", head) + "." + tail)}
    if len(tail) == 3 or len(separators) > 1:
        values.add(Decimal(re.sub(r"[.,]", "", plain)))
    return frozenset(values)
