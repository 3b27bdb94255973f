"""Calendar dates named in a text; words such as `today` are not resolved."""

import re
from datetime import date
from typing import NamedTuple

from frontdesk.kit.words import fold

_MONTH_STEMS = {
    1: ("январ", "янв", "қаңтар", "january", "jan", "yanvar", "qantar", "kantar"),
    2: ("феврал", "фев", "ақпан", "february", "feb", "fevral", "aqpan", "akpan"),
    3: ("март", "мар", "наурыз", "march", "mar", "mart", "nauryz", "nauriz"),
    4: ("апрел", "апр", "сәуір", "april", "apr", "aprel", "sauir"),
    5: ("мая", "май", "мае", "мамыр", "may", "mamyr", "mamir"),
    6: ("июн", "маусым", "june", "jun", "iyun", "mausym", "mausim"),
    7: ("июл", "шілде", "july", "jul", "iyul", "shilde"),
    8: ("август", "авг", "тамыз", "august", "aug", "avgust", "tamyz", "tamiz"),
    9: ("сентябр", "сен", "сент", "қыркүйек", "september", "sept", "sep", "sentyabr", "qyrkuiek", "kyrkuiek"),
    10: ("октябр", "окт", "қазан", "october", "oct", "oktyabr"),
    11: ("ноябр", "ноя", "нояб", "қараша", "november", "nov", "noyabr", "qarasha", "karasha"),
    12: (
        "декабр",
        "дек",
        "желтоқсан",
        "december",
        "dec",
        "dekabr",
        "zheltoqsan",
        "zheltoksan",
        "jeltoqsan",
        "jeltoksan",
    ),
}
_STEM_TO_MONTH = {fold(stem): month for month, stems in _MONTH_STEMS.items() for stem in stems}
_RUSSIAN_CASE = r"(?:[ьяюе]|ем|ём|а|у|ом)?"
_KAZAKH_CASE = (
    r"(?:да|де|та|те|ны|ни|дан|ден|тан|нын|нин|дын|дин|тын|тин|нан|нен|га|ге|ка|ке|дагы|деги|тагы|теги"
    r"|ында|инде|ынан|инен|ына|ине|ындагы|индеги)?"
)
# `jana` is Kazakh for new, so no case of `jan`.
_LATIN_CASE = r"(?:da|de|dan|den|nan|nen|dagy|dagi|degi|ya|a)?"
_MONTH = (
    "(?P<month>"
    + "|".join(sorted(_STEM_TO_MONTH, key=len, reverse=True))
    + rf")(?:{_RUSSIAN_CASE}|{_KAZAKH_CASE}|{_LATIN_CASE})\b(?<!jana)\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PATTERNS = [
    re.compile(rf"(?<![\d.,-]){_YEAR}(?P<sep>[./-])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?![\d-]|[.,]\d)"),
    re.compile(r"(?<![\d.,/-])(?P<d>\d{1,2})(?P<sep>[./-])(?P<m>\d{1,2})(?P=sep)(?P<year>(?:20)?\d\d)(?:\s?(?:г\.?|ж\.?)(?!\w))?(?![\d/-]|[.,]\d)"),
    re.compile(rf"(?<![\d.,-]){_YEAR}(?:\s?(?:жылгы|жылдын|жылы|ж\.))?\s(?P<d>\d{{1,2}})(?:-?ш[иы])?\s{_MONTH}"),
    re.compile(rf"(?<![\d.,-])(?P<d>\d{{1,2}})(?:st|nd|rd|th|-?го|-?ое|-?ши|-?шы)?(?:\s+of)?\s{_MONTH}(?:,?\s{_YEAR}(?:\s?(?:года?|г\.|ж\.))?)?(?!\d)"),
    re.compile(rf"\b{_MONTH}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th|-[а-я]{{1,6}})?\b(?:,?\s{_YEAR})?(?![\d:.])"),
    re.compile(r"(?<![\d.,/-])(?P<d>(?:0[1-9]|[12]\d|3[01]))\.(?P<m>0[1-9]|1[0-2])(?![\d%]|[.,/-]\d|\s?(?:₸|тг|тенге|тенге|kzt|\$|€|кг|см|л\b|гб|gb))"),
]  # fmt: skip


_DIGIT = re.compile(r"\d")
_FIGURES = re.compile(r"\d[./-]\d")
"""Part of every date without a month's name."""
_WITH_MONTH = _PATTERNS[2:5]


_VERSION = re.compile(
    r"(?:верси[а-я]*|version|ver\.?|\bv\.?|нуска[а-я]*|ios|android|windows|chrome|firefox|safari|\bui|прошивк[а-я]*|firmware"
    r"|сборк[а-я]*|build|релиз[а-я]*|release|обновлени[а-я]*|update|приложени[а-я]*|программ[а-я]*|косымша[а-я]*|\bapp"
    r"|модел[а-я]*|model|артикул[а-я]*|sku|\bip)[ :№#-]{0,3}(?:(?:до|на|to|no|номер|number)[ .:]{1,2})?\Z"
)
_SURE_VERSION = re.compile(
    r"(?:верси[а-я]*|version|ver\.?|\bv\.?|нуска[а-я]*|ios|android|модел[а-я]*|model|артикул[а-я]*)[ :№#-]{0,3}\Z"
)
"""After it even a whole year is none."""
_MONTH_NAMES = "|".join(sorted(_STEM_TO_MONTH, key=len, reverse=True))
_RANGE = re.compile(
    rf"(?<=\d)(?<!\d{{3}})-(?=\d{{1,2}}(?:-?[а-я]{{1,3}})?\s(?:{_MONTH_NAMES}))"
    r"|(?<=\d)-(?=\d{1,2}\.\d{1,2}(?:\.\d{2,4})?(?!\d))|(?<=\d)-(?=\d{1,2}/\d{1,2}/\d{2,4})"
)
"""Between two days: `05.12-07.12`, `5-7.12.2026`."""
_DAY_BEFORE = re.compile(
    r"(?<![\d.,:/№#-])(?P<d>\d{1,2})(?:-?(?:го|е|ое|ше|ши|шы|th|st|nd|rd))?\s?(?P<by>[-~]|\b(?:по|до|to|и|или|and|or|жане|немесе)\b)\s?\Z"
)
_MORE_BEFORE = re.compile(r"(?<![\d.,:/№#-])(?P<d>\d{1,2}),\s?\Z")
"""`7, 8 и 9 декабря`"""
_DAY_AFTER = re.compile(
    r"\s?(?:-|(?:to|and|по|и)\s)\s?(?P<d>\d{1,2})(?:th|st|nd|rd)?(?![\d:.%]|\s?(?:am|pm|шт|₸|тг|тенге))"
)


class FoundDate(NamedTuple):
    value: date
    start: int
    end: int


def find_dates(text: str, today: date) -> list[FoundDate]:
    """Dates in order of place; without a year, the one nearest to `today`."""
    if not _DIGIT.search(text):
        return []
    folded = fold(text)
    if "-" in folded:
        folded = _RANGE.sub("~", folded)
    dates: list[FoundDate] = []
    for pattern in _PATTERNS if _FIGURES.search(text) else _WITH_MONTH:
        for match in pattern.finditer(folded):
            if any(match.start() < other.end and other.start < match.end() for other in dates):
                continue
            parts = match.groupdict()
            value = _value(parts, today)
            if value and not _is_version(folded, match.start(), parts):
                end = match.start() + len(match.group().rstrip())
                dates.append(FoundDate(value, match.start(), end))
                dates += _others(folded, match, value)
    return sorted(dates, key=lambda named: named.start)


def _is_version(folded: str, start: int, parts: dict[str, str | None]) -> bool:
    """`версии 2.10.15` and `iOS 17.02` are no days."""
    if parts.get("month"):
        return False
    before = folded[max(0, start - 30) : start]
    whole = len(parts.get("year") or "") == 4
    return (_SURE_VERSION if whole else _VERSION).search(before) is not None


def _others(folded: str, match: re.Match[str], value: date) -> list[FoundDate]:
    """The other days of `5-7 декабря`, `с 5 по 7 декабря`, `December 5-7`, which share the month."""
    at = match.start("d")
    if match.group("d") and at == match.start():
        return _days_before(folded, at, value)
    if match.groupdict().get("month") and match.end("d") == match.end():
        after = _DAY_AFTER.match(folded, match.end())
        day = _day(value.year, value.month, int(after["d"])) if after else None
        if after and day and day > value:
            return [FoundDate(day, after.start("d"), after.end("d"))]
    return []


def _days_before(folded: str, at: int, value: date) -> list[FoundDate]:
    days: list[FoundDate] = []
    while len(days) < 5:
        before = (_MORE_BEFORE if days else _DAY_BEFORE).search(folded, max(0, at - 20), at)
        day = _day(value.year, value.month, int(before["d"])) if before else None
        if before is None or day is None or day >= value:
            break
        days.append(FoundDate(day, *before.span("d")))
        at, value = before.start("d"), day
    return days


def _value(parts: dict[str, str | None], today: date) -> date | None:
    day = int(parts["d"] or 0)
    named = parts.get("month")
    month = _STEM_TO_MONTH[named] if named else int(parts.get("m") or 0)
    if parts.get("sep") == "/" and month > 12 >= day:
        # Month first, as Americans write.
        day, month = month, day
    year = parts.get("year")
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [today.year + n for n in (-1, 0, 1)]
    candidates = [day_of for number in years if (day_of := _day(number, month, day))]
    return min(candidates, key=lambda candidate: abs((candidate - today).days), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
