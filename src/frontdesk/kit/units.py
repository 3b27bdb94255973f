"""What a number counts: money of a currency, per cent, a time, a weight ... in ru, kk and en."""

import re

_UNITS: dict[str, str] = {
    "percent": r"%|percent|процент|пайыз",
    "KZT": r"₸|тенге|теңге|тг\b|тнг\b|kzt|tenge",
    "USD": r"\$|usd|доллар|dollars?",
    "EUR": r"€|eur|евро|euros?",
    "RUB": r"₽|rub|руб",
    "GBP": r"£",
    "day": r"day|дн|ден|сут|күн|тәулік",
    "hour": r"hour|час|сағат",
    "minute": r"minut|мин",
    "week": r"week|недел|апта",
    "month": r"month|мес|ай\b|айға|айдың|айлы",
    "year": r"year|год|лет\b|жыл",
}
_ADJECTIVE = (
    r"-?(?:(?:business|working|calendar|full|whole|consecutive|жұмыс|банк) "
    r"|[^\W\d_]{3,18}(?:ых|их|ые|ие|лық|лік|тық|тік|дық|дік) )?"
)
MEASURE = re.compile(rf"\s*{_ADJECTIVE}(?P<unit>{'|'.join(_UNITS.values())})", re.IGNORECASE)
"""Money, per cent and times: what a promise is made of."""
_OTHER = re.compile(r"[ -]?(?P<word>[^\W\d_]+)")
_CANONICAL = [(name, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for name, pattern in _UNITS.items()]
_SIGNS = {"₸": "KZT", "$": "USD", "€": "EUR", "₽": "RUB", "£": "GBP"}
_JOINING = """
и или до по от за с в на не а но and but or to until from per for at in of the is are мен және немесе дейін
"""
_NO_UNITS = frozenset(_JOINING.split())
"""Words that often follow a number and do not count it."""


def unit_after(text: str, end: int) -> str | None:
    """What the number that ends there counts: a measure's name, another word, or None where nothing follows."""
    measure = MEASURE.match(text, end)
    if measure:
        return measure_of(measure["unit"])
    other = _OTHER.match(text, end)
    word = other["word"].lower() if other else ""
    return f"other {word[:4]}" if word and word not in _NO_UNITS else None


def measure_of(written: str) -> str:
    """The name of a measure by how it is written."""
    return next(name for name, pattern in _CANONICAL if pattern.match(written))


def currency_before(text: str, start: int) -> str | None:
    """The currency of a sign before the number."""
    before = text[max(0, start - 2) : start].rstrip()
    return _SIGNS.get(before[-1:])


def agree(stated: str | None, known: str | None) -> bool:
    """Whether a number of a source may bear the one of a reply, by what both count."""
    return stated is None or known is None or stated == known or stated.startswith("other ")
