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


class FoundDate(NamedTuple):
    value: date
    start: int
    end: int


def find_dates(text: str, today: date) -> list[FoundDate]:
    """Dates in order of place; without a year, the one nearest to `today`."""
    if not _DIGIT.search(text):
        return []
    folded = fold(text)
    dates: list[FoundDate] = []
    for pattern in _PATTERNS if _FIGURES.search(text) else _WITH_MONTH:
        for match in pattern.finditer(folded):
            if any(match.start() < other.end and other.start < match.end() for other in dates):
                continue
            value = _value(match.groupdict(), today)
            if value:
                end = match.start() + len(match.group().rstrip())
                dates.append(FoundDate(value, match.start(), end))
    return sorted(dates, key=lambda named: named.start)


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
