"""How much of what, strictly: a number with its unit, its range and its bound."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from frontdesk.answering.proof.patterns import Patterns

_UNITS: dict[str, str] = {
    "percent": r"%|percent\b|per cent\b|процент\w*|пайыз\w*",
    "KZT": r"₸|тенге\w*|тг\b|тнг\b|kzt\b|tenge\b",
    "USD": r"\$|usd\b|доллар\w*|dollars?\b",
    "EUR": r"€|eur\b|евро\b|euros?\b",
    "RUB": r"₽|rub\b|rubles?\b|руб\w*",
    "GBP": r"£|gbp\b|pounds?\b",
    "24h": r"сут(?:ки|ок|кам|ках)\b|таулик\w*",
    "hour": r"hours?\b|hrs?\b|час(?:а|ов|ам|ами|ах)?\b|ч\b|сагат\w*",
    "minute": r"minutes?\b|mins?\b|минут\w*|мин\b",
    "second": r"seconds?\b|секунд\w*",
    "day": r"days?\b|дн(?:я|ей|ю|ям|ями|ях)\b|день\b|дн\b|кун\w*",
    "week": r"weeks?\b|недел\w*|апта\w*",
    "month": r"months?\b|месяц\w*|мес\b|ай(?:га|дын|лык|ы|да|дан|дай)?\b",
    "year": r"years?\b|год\w*|лет\b|жыл\w*",
    "kg": r"kg\b|кг\b|kilos?\b|kilogram\w*|килограмм\w*",
    "km": r"km\b|км\b|kilomet\w*|километр\w*|шакырым\w*",
    "point": r"points?\b|балл\w*|упай\w*",
    "times": r"times\b|раза?\b|рет\b",
    "piece": r"pcs\b|pieces?\b|items?\b|units?\b|шт\w*|дана\w*|goods\b|products?\b|товар\w*|тауар\w*",
}
_WORKING = r"business|working|work|рабоч\w+|жумыс|банковск\w+|banking|раб\.|р\.\s?"
_CALENDAR = r"calendar|календарн\w+|кунтизбелик|consecutive"
AFTER = re.compile(
    rf"[\s-]*(?:(?P<working>{_WORKING})[\s-]*|(?P<calendar>{_CALENDAR})[\s-]*|(?:full|whole|полны[хе]|толык)\s)?"
    + "(?:" + "|".join(f"(?P<u{at}>{pattern})" for at, pattern in enumerate(_UNITS.values())) + ")"
)  # fmt: skip
_WORKING_DAY = re.compile(r"[\s-]*р\.?\s?д\b\.?")
_NAMES = tuple(_UNITS)
_SIGNS = {"₸": "KZT", "$": "USD", "€": "EUR", "₽": "RUB", "£": "GBP"}
_CODE = re.compile(r"(kzt|usd|eur|rub|gbp|тенге)\s?$")
_NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")
_TIMES_MORE = re.compile(
    r"\s?(?:(тыс\w*|thousand|мын\w*|k\b)|(млн|миллион\w*|million|m\b(?=\s?[₸$€]))|(млрд|миллиард\w*|billion))\.?"
)
_RANGE = re.compile(r"\s?(?:-|–|—|\.\.|до|to|по)\s?")
_LISTED = re.compile(r"\s?(?:,|/|or|или|немесе|and|и|жане|мен)\s?")
_PATTERNS = Patterns("quantities.txt")
_LEAST, _MOST = (_PATTERNS.any_of(name).pattern for name in ("least", "most"))
_BEFORE = re.compile(
    rf"\b(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))\s*(?:чем\s|than\s|the\s|сумм\w+\s)?[₸$€₽£]?\s?$"
)
_SPREAD, _PAID = re.compile(r"over\b"), re.compile(r"instal|pay|paid|spread")
_PRICE = re.compile(r"(?:за|in)\b")
_KK_LEAST = re.compile(
    rf"^[^\s,.;]*(?:-?(?:тен|тан|ден|дан|нен|нан))?\s?(?:{_PATTERNS.any_of('least_after').pattern})\b"
)
_KK_MOST = re.compile(
    rf"^[^\s,.;]*\s?(?:-?(?:ге|га|ке|ка))?\s?(?:{_PATTERNS.any_of('most_after').pattern})\b"
)
_PLUS = re.compile(r"^\s?\+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`low` and `high` differ in a range; `unit` is None where nothing measured follows."""

    low: Decimal
    high: Decimal
    unit: str | None
    bound: str
    """`>=`, `<=`, or empty."""
    shown: str
    start: int
    end: int

    def borne_by(self, other: "Quantity") -> bool:
        """Whether a source's quantity bears this one."""
        if self.unit != other.unit:
            return False
        if (self.low, self.high) == (other.low, other.high):
            return _bounds_agree(self, other)
        # of a range, an end that is told as one
        if self.low == self.high and other.low != other.high:
            return (self.bound == "<=" and self.low == other.high) or (
                self.bound == ">=" and self.low == other.low
            )
        return False

    @property
    def kind(self) -> str:
        """What competes with it: money with money, times with times."""
        unit = self.unit or ""
        if unit in _SIGNS.values():
            return "money"
        return "time" if unit.split(":")[0] in _TIMES else unit


_TIMES = frozenset({"minute", "second", "hour", "24h", "day", "week", "month", "year"})


def _bounds_agree(claim: Quantity, known: Quantity) -> bool:
    if claim.bound == known.bound:
        return True
    if claim.kind == "time":
        # "14 days" and "within 14 days" are told of the same period; "at least" is another claim
        return ">=" not in (claim.bound, known.bound)
    return not known.bound and claim.bound != ">=" and claim.kind != "money"


def quantities(text: str) -> list[Quantity]:
    """All of a folded text whose dates, hours and addresses were blanked, with its numbers as digits.

    `start` and `end` take in the words that bound a quantity.
    """
    marks = list(_NUMBER.finditer(text))
    measured: list[Quantity] = []
    at = 0
    while at < len(marks):
        first, last = marks[at], marks[at]
        if at + 1 < len(marks) and _RANGE.fullmatch(text, first.end(), marks[at + 1].start()):
            last = marks[at + 1]
            at += 1
        measured.append(_quantity(text, first, last))
        at += 1
    return _sharing_units(text, measured)


def _quantity(text: str, first: re.Match[str], last: re.Match[str]) -> Quantity:
    factor, end = _factor(text, last.end())
    unit, end = _unit(text, first.start(), end)
    low, high = _value(first.group(), unit), _value(last.group(), unit)
    if factor != 1:
        low, high = (low if low >= high and first is not last else low * factor), high * factor
    low, high, unit = _canonical(low, high, unit)
    shown = text[first.start() : end].strip()
    bound, start, end = _bound(text, first.start(), last.end(), end)
    if unit in _SIGNS.values() and _PRICE.match(text, start):
        bound = ""  # "за 1 990 ₸" is a price, "за 5 дней" a period
    if _SPREAD.match(text, start) and _PAID.search(text):
        bound = ""  # "instalments over 12 months" last so long
    start = code.start() if (code := _CODE.search(text, max(0, start - 8), start)) else start
    return Quantity(low, high, unit, "" if first is not last else bound, shown, start, end)


def _factor(text: str, end: int) -> tuple[int, int]:
    match = _TIMES_MORE.match(text, end)
    if match is None:
        return 1, end
    return (1_000 if match[1] else 1_000_000 if match[2] else 1_000_000_000), match.end()


def _unit(text: str, start: int, end: int) -> tuple[str | None, int]:
    if short := _WORKING_DAY.match(text, end):
        return "day:working", short.end()
    match = AFTER.match(text, end)
    if match is not None:
        name = next(_NAMES[at] for at in range(len(_NAMES)) if match[f"u{at}"])
        if match["working"]:
            name += ":working"
        elif match["calendar"]:
            name += ":calendar"
        return name, match.end()
    before = text[max(0, start - 8) : start]
    if before.rstrip()[-1:] in _SIGNS:
        return _SIGNS[before.rstrip()[-1]], end
    code = _CODE.search(before)
    return ("KZT" if code[1] == "тенге" else code[1].upper()) if code else None, end


def _bound(text: str, start: int, number_end: int, end: int) -> tuple[str, int, int]:
    """The bound, and where the quantity begins and ends with the words that say it."""
    head = max(0, start - 30)
    if before := _BEFORE.search(text[head:start]):
        return (">=" if before["least"] else "<="), head + before.start(), end
    if after := _KK_LEAST.match(text[end:]) or _PLUS.match(text[end:]):
        return ">=", start, end + after.end()
    if text[number_end : number_end + 1] == "+":
        return ">=", start, end
    after = _KK_MOST.match(text[end:])
    return ("<=", start, end + after.end()) if after else ("", start, end)


def _value(token: str, unit: str | None) -> Decimal:
    """Blanks group thousands; a comma or a point groups them before three digits, but not of a measure."""
    bare = token.replace(" ", "")
    separators = [sign for sign in bare if sign in ".,"]
    if not separators:
        return Decimal(bare)
    head, _, tail = bare.rpartition(separators[-1])
    groups = len(separators) > 1 or (len(tail) == 3 and head.lstrip("0") != "" and unit not in ("kg", "km"))
    try:
        return (
            Decimal(re.sub(r"[.,]", "", bare)) if groups else Decimal(re.sub(r"[.,]", "", head) + "." + tail)
        )
    except InvalidOperation:
        return Decimal(0)


def _canonical(low: Decimal, high: Decimal, unit: str | None) -> tuple[Decimal, Decimal, str | None]:
    """A week as days, a year as months, a day and night as hours."""
    factor, other = {"week": (7, "day"), "year": (12, "month"), "24h": (24, "hour")}.get(
        unit or "", (1, unit)
    )
    return low * factor, high * factor, other


def _sharing_units(text: str, measured: list[Quantity]) -> list[Quantity]:
    """`4, 8 or 10 months`: what is listed shares the unit of the last."""
    for at in range(len(measured) - 2, -1, -1):
        here, after = measured[at], measured[at + 1]
        if here.unit is None and after.unit and _LISTED.fullmatch(text, here.end, after.start):
            low, high, unit = _canonical(here.low, here.high, after.unit)
            measured[at] = Quantity(low, high, unit, here.bound, here.shown, here.start, here.end)
    return measured
