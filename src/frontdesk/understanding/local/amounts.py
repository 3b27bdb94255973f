"""Sums of money as customers write them: `45 000 ₸`, `19,99 €`, `5 тыс. тг`, `KZT 45,000`."""

import re
from decimal import Decimal
from typing import NamedTuple

_UNITS = {
    "KZT": r"₸|kzt|тг|тенге|теңге\w*|tenge|tg|теньге",
    "USD": r"\$|usd|доллар\w*|dollars?|bucks|бакс\w*",
    "EUR": r"€|eur|евро|euros?|еуро",
    "RUB": r"₽|rub|руб(?:л\w*|\.)?|rubles?|рубль\w*",
    "GBP": r"£|gbp|pounds?|фунт\w*",
    "CNY": r"¥|cny|юан\w*|yuan",
    "KGS": r"kgs|сом(?:ов|а)?",
    "UZS": r"uzs|сум(?:ов)?",
}
_UNIT = "|".join(_UNITS.values())
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f,.']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_THOUSAND = r"(?:\s?(?P<scale>тыс(?:\.|яч\w*)?|мың|млн\.?|миллион\w*|thousand|million|k|к)(?![^\W\d_]))?"
_AFTER = re.compile(
    rf"(?<![\w.,-])(?P<number>{_NUMBER}){_THOUSAND}\s?(?P<unit>{_UNIT})(?![^\W_])", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?<![^\W_])(?P<unit>[$€£¥₸₽]|usd|eur|kzt|rub|gbp)\s?(?P<number>{_NUMBER}){_THOUSAND}(?![\d])",
    re.IGNORECASE,
)
_ISO = [
    (code, re.compile(pattern + r"\Z", re.IGNORECASE))
    for code, pattern in ((c, f"(?:{p})") for c, p in _UNITS.items())
]
_MILLION = ("млн", "милл", "million")


class Amount(NamedTuple):
    value: Decimal
    currency: str
    start: int
    end: int


def find_amounts(text: str) -> list[Amount]:
    """Every sum with its currency; numbers without one are not taken for money."""
    found: list[Amount] = []
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            value = _decimal(match["number"])
            if match["scale"]:
                value *= 1_000_000 if match["scale"].lower().startswith(_MILLION) else 1_000
            if value == value.to_integral_value() and match["scale"]:
                value = value.to_integral_value()
            found.append(Amount(value, _currency(match["unit"]), match.start(), match.end()))
    return sorted(found, key=lambda amount: amount.start)


def _decimal(number: str) -> Decimal:
    compact = re.sub(r"[ \u00a0\u202f']", "", number)
    tail = re.search(r"[.,](\d{1,2})$", compact)
    whole = re.sub(r"[.,]", "", compact[: tail.start()] if tail else compact)
    return Decimal(f"{whole}.{tail[1]}" if tail else whole)


def _currency(unit: str) -> str:
    return next(code for code, pattern in _ISO if pattern.match(unit))
