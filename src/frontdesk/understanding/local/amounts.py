"""Sums of money as customers write them: `45 000 ₸`, `19,99 €`, `5 тыс. тг`, `KZT 45,000`."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_UNITS = {
    "KZT": r"₸|kzt|тг|тенге\w*|теңге\w*|tenge\w*|tg|теньге",
    "USD": r"(?:us)?\$|usd|(?:ақш |американских )?доллар\w*|dollars?|bucks|бакс\w*",
    "EUR": r"€|eur|евро|euros?|еуро",
    "RUB": r"₽|rub|руб(?:л\w*|\.)?|rubles?|рубль\w*|р(?![\w-])",
    "GBP": r"£|gbp|pounds?|фунт\w*",
    "CNY": r"¥|cny|юан\w*|yuan",
    "KGS": r"kgs|сом(?:ов|а)?",
    "UZS": r"uzs|сум(?:ов)?",
}
_UNIT = "|".join(_UNITS.values())
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f,.']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_THOUSAND = (
    r"(?:\s?(?P<scale>тыс(?:\.|яч\w*)?|мың|млн\.?|миллион\w*|млрд\.?|миллиард\w*"
    r"|thousand|million|billion|k|к)(?![^\W\d_]))?"
)
_REST = r"(?<=[^\W\d_])\.?\s(?P<rest>\d{3})(?!\d)"
"""`21 мың 700 теңге`: what is left after the thousands."""
_AFTER = re.compile(
    rf"(?<![\w.,-])(?:(?P<low>{_NUMBER})\s?(?:[-–—]|до|to)\s?)?"
    rf"(?P<number>{_NUMBER}){_THOUSAND}(?:{_REST})?[\s-]?(?P<unit>{_UNIT})(?![^\W_])",
    re.IGNORECASE,
)
"""A range names its currency once; both ends are sums."""
_BEFORE = re.compile(
    rf"(?<![^\W_])(?P<unit>(?:us)?\$|[€£¥₸₽]|usd|eur|kzt|rub|gbp)\s?(?P<number>{_NUMBER}){_THOUSAND}(?![\d])",
    re.IGNORECASE,
)
_ISO = [
    (code, re.compile(pattern + r"\Z", re.IGNORECASE))
    for code, pattern in ((c, f"(?:{p})") for c, p in _UNITS.items())
]
_SCALES = {"млн": 10**6, "милли": 10**6, "million": 10**6, "млрд": 10**9, "миллиард": 10**9, "billion": 10**9}


class Amount(NamedTuple):
    value: Decimal
    currency: str
    start: int
    end: int


def find_amounts(text: str) -> list[Amount]:
    """Every sum with its currency; numbers without a currency are no money."""
    amounts: list[Amount] = []
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            for amount in _read(match):
                if all(amount.end <= other.start or other.end <= amount.start for other in amounts):
                    amounts.append(amount)
    return sorted(amounts, key=lambda amount: amount.start)


def _read(match: re.Match[str]) -> Iterator[Amount]:
    parts, scale = match.groupdict(), _scale(match["scale"])
    value, currency = _decimal(match["number"]) * scale, _currency(match["unit"])
    if scale == 1_000:
        value += int(parts.get("rest") or 0)
    low = parts.get("low")
    start = match.start()
    if low is not None:
        # `2–3 мың теңге` are thousands both; `5 до 10 000 ₸` and `77120 - 18 990 ₸` are no ranges.
        least = _decimal(low) * scale
        if value / 100 <= least < value:
            yield Amount(_plain(least), currency, *match.span("low"))
        start = match.start("number")
    if match.start("unit") < match.start("number"):
        start = match.start()
    yield Amount(_plain(value), currency, start, match.end())


def _scale(word: str | None) -> int:
    if not word:
        return 1
    return next((size for name, size in reversed(_SCALES.items()) if word.lower().startswith(name)), 1_000)


def _plain(value: Decimal) -> Decimal:
    """`1.5` million is `1500000`, but `19.90` keeps its cents."""
    return value.to_integral_value() if value == value.to_integral_value() and value >= 1_000 else value


def _decimal(number: str) -> Decimal:
    compact = re.sub(r"[ \u00a0\u202f']", "", number)
    tail = re.search(r"[.,](\d{1,2})$", compact)
    whole = re.sub(r"[.,]", "", compact[: tail.start()] if tail else compact)
    return Decimal(f"{whole}.{tail[1]}" if tail else whole)


def _currency(unit: str) -> str:
    return next(code for code, pattern in _ISO if pattern.match(unit))
