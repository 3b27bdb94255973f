"""Sums of money as customers write them: `45 000 ₸`, `19,99 €`, `5 тыс. тг`, `250к`, `1,2 млн`, `двести тысяч тенге`."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from frontdesk.understanding.local.number_words import find_numbers_in_words

_UNITS = {
    "KZT": r"₸|kzt|кзт|тг|тнг|тңг|т[еэ]н[ьъ]?г[еэиуа]\w*|тенг|теңге\w*|tenge\w*|tng|tg|(?<=\d)т",
    "USD": r"(?:us)?\$|usd|(?:ақш |американских )?доллар\w*|dollars?|bucks|бакс\w*",
    "EUR": r"€|eur|евро|euros?|еуро",
    "RUB": r"₽|rub|руб(?:л\w*|\.)?|rubles?|рубль\w*|р(?![\w-])",
    "GBP": r"£|gbp|pounds?|фунт\w*",
    "CNY": r"¥|cny|юан\w*|yuan",
    "KGS": r"kgs|сом(?:ов|а)?",
    "UZS": r"uzs|сум(?:ов)?",
}
_UNIT = "|".join(_UNITS.values())
_NUMBER = r"\d{1,3}(?:[ \n,.']\d{3}){1,6}(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,2}(?!\d))?"
_SCALE_WORD = (
    r"тыс(?:\.|яч\w*)?|тыщ\w*|мың\w{0,3}|млн\.?|миллион\w*|лям\w{0,2}|млрд\.?|миллиард\w*"
    r"|thousand|million|mln|billion|k|к"
)
_THOUSAND = rf"(?:\s?(?P<scale>{_SCALE_WORD})(?![^\W\d_]))?"
_REST = r"(?<=[^\W\d_])\.?\s(?:(?P<rest>\d{3})(?!\d)(?:\s?(?P<rest_scale>тыс(?:\.|яч\w*)?|мың|thousand)(?![^\W\d_]))?)"
"""`21 мың 700 теңге`, `1 млн 200 тыс`: what is left after the greater part."""
_IN_WORDS = r"(?:\s?\([^()\d]{3,80}\))?"
"""`250 000 (двести пятьдесят тысяч) тенге`"""
_AFTER = re.compile(
    rf"(?<![\w.,-])(?P<number>{_NUMBER}){_THOUSAND}(?:{_REST})?{_IN_WORDS}[\s-]?(?P<unit>{_UNIT})(?![^\W_])",
    re.IGNORECASE,
)
_AFTER_RANGE = re.compile(_AFTER.pattern.replace(r"(?<![\w.,-])", r"(?<=\d-)", 1), re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?<![^\W_])(?P<unit>(?:us)?\$|[€£¥₸₽]|usd|eur|kzt|rub|gbp)\s?(?P<number>{_NUMBER}){_THOUSAND}(?![\d])",
    re.IGNORECASE,
)
_SCALED = re.compile(
    rf"(?<![\w.,-])(?P<number>{_NUMBER})\s?(?P<scale>{_SCALE_WORD})(?![^\W\d_])(?:{_REST})?(?!\s?(?:{_UNIT})(?![^\W_]))",
    re.IGNORECASE,
)
"""Without a currency: money only where the text speaks of money."""
_EARLIER = re.compile(
    rf"(?<![\w.,№#-])(?P<number>{_NUMBER})(?:\s?(?P<scale>{_SCALE_WORD})(?![^\W\d_]))?"
    r"(?:\s?(?P<range>-|до|to)\s?|\s?(?:,|\+)\s?|\s(?:и|and|және|или|or|немесе|мен|плюс)\s(?:ещ[её]\s)?)\Z",
    re.IGNORECASE,
)
"""Sums that share the currency of the one after them."""
_NO_SUM_BEFORE = re.compile(r"(?:зака[зс]|order|тапсырыс|номер|number|№|#)\w*[\s:№#]{0,3}\Z", re.IGNORECASE)
_OF_MONEY = re.compile(
    r"верн|возвра|возмест|компенс|плат|плач|стои|стоимост|цен|сумм|деньг|денег|списа|сня[лт]|перев[еоё]|долг|скидк|потрат"
    r"|купил|отдал|штраф|refund|pay|paid|charg|cost|price|money|reimburs|compens|төле|қайтар|ақша|сома|баға|аудар|шешіп"
    r"|сатып",
    re.IGNORECASE,
)
_OF_OTHER = re.compile(
    r"\s?-?(?:человек|люд|раз\b|км|километр|шт|подписчик|шаг|единиц|товар|наклад|people|times|pieces|pcs|km|m?ah|мач|мah"
    r"|оборот|об/|пиксел|знак|символ|слов|рет\b|адам|дана|гц|hz|мбит|телевизор|экран|видео|монитор|разреш|uhd|tv|тв\b"
    r"|час|мин|дн|день|дней|лет|year|day|hour)",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"(?:верн(?:ите|уть|и)|возврат\w*|возмест\w*|refund|return|оплат\w*|заплат\w*|списал\w*|снял\w*|қайтар\w*|төле\w*)\s"
    r"(?:(?:мне|нам|мои|моих|деньги|сумму|сумма|суммы|всю|на|уже|обратно|пожалуйста|с|карты|моей|размере|в|please|me|my|money|us"
    r"|back|the|sum|of|маған|ақшамды|беріңіз\w*)\s){0,4}(?P<number>\d{1,3}(?:[ \n.,]\d{3})+|\d{4,7})"
    r"(?![\w%.,]?\d|\s?[^\W\d_]*(?:шт|штук))"
    r"(?!\w)",
    re.IGNORECASE,
)
_UNIT_NEXT = re.compile(rf"\)?[\s-]?(?P<unit>{_UNIT})(?![^\W_])", re.IGNORECASE)
_ISO = [
    (code, re.compile(pattern + r"\Z", re.IGNORECASE))
    for code, pattern in ((c, f"(?:{p})") for c, p in _UNITS.items())
]
_SCALES = {
    "млн": 10**6, "mln": 10**6, "милли": 10**6, "million": 10**6, "лям": 10**6,
    "млрд": 10**9, "миллиард": 10**9, "billion": 10**9,
}  # fmt: skip
_SCALE_CUES = (
    "тыс",
    "тыщ",
    "мың",
    "млн",
    "миллион",
    "лям",
    "млрд",
    "миллиард",
    "thousand",
    "million",
    "mln",
    "billion",
)
_GLUED_SCALE = re.compile(r"\d ?[kкKК]\b")
_PAID_CUES = ("верн", "возвр", "возмест", "refund", "return", "плат", "списал", "снял", "қайтар", "төле")
_DIGIT = re.compile(r"\d")


class Amount(NamedTuple):
    value: Decimal
    currency: str | None
    """None where the text names none."""
    start: int
    end: int


def find_amounts(text: str) -> list[Amount]:
    """Every sum of a plain text; a number without a currency is one only where it is paid or paid back."""
    amounts: list[Amount] = []
    for amount in _candidates(text):
        if all(amount.end <= other.start or other.end <= amount.start for other in amounts):
            amounts.append(amount)
    return sorted(amounts, key=lambda amount: amount.start)


def _candidates(text: str) -> Iterator[Amount]:
    """The surest first."""
    if _DIGIT.search(text):
        for pattern in (_BEFORE, _AFTER_RANGE, _AFTER):
            for match in pattern.finditer(text):
                yield from _read(text, match)
    yield from _in_words(text)
    if _DIGIT.search(text):
        yield from _without_currency(text)


def _read(text: str, match: re.Match[str]) -> Iterator[Amount]:
    parts, scale = match.groupdict(), _scale(match["scale"])
    value, currency = _value(parts), _currency(match["unit"])
    start = min(match.start("number"), match.start("unit"))
    yield Amount(_plain(value), currency, start, match.end())
    if match.start("unit") > match.start("number"):
        yield from _earlier(text, match.start("number"), value, scale, currency)


def _earlier(text: str, start: int, value: Decimal, scale: int, currency: str | None) -> Iterator[Amount]:
    """`2–3 мың теңге` are thousands both, `5 000 и 7 000 тенге` tenge both; `5 до 10 000 ₸` is no range."""
    for _ in range(4):
        begin = max(0, start - 40)
        match = _EARLIER.search(text[begin:start])
        if match is None or _NO_SUM_BEFORE.search(
            text[max(0, begin + match.start() - 20) : begin + match.start()]
        ):
            return
        own = _decimal(match["number"]) * (_scale(match["scale"]) if match["scale"] else scale)
        if match["range"]:
            if not value / 100 <= own < value:
                return
        elif not (value / 100 <= own <= value * 100 and own >= 100):
            return
        yield Amount(
            _plain(own),
            currency,
            begin + match.start(),
            begin + match.end("scale" if match["scale"] else "number"),
        )
        start = begin + match.start()


def _in_words(text: str) -> Iterator[Amount]:
    for number in find_numbers_in_words(text):
        match = _UNIT_NEXT.match(text, number.end)
        if match:
            yield Amount(Decimal(number.value), _currency(match["unit"]), number.start, match.end())
        elif number.scaled and not _OF_OTHER.match(text, number.end) and _OF_MONEY.search(text):
            yield Amount(Decimal(number.value), None, number.start, number.end)


def _without_currency(text: str) -> Iterator[Amount]:
    lowered = text.lower()
    if any(cue in lowered for cue in _SCALE_CUES) or _GLUED_SCALE.search(text):
        for match in _SCALED.finditer(text):
            value = _value(match.groupdict())
            other = value < 5_000 or value == 8_000 or _OF_OTHER.match(text, match.end())
            if not other and _OF_MONEY.search(text):
                yield Amount(_plain(value), None, match.start(), match.end())
    if any(cue in lowered for cue in _PAID_CUES):
        for match in _PAID.finditer(text):
            value = _decimal(match["number"])
            if value >= 1_000 and value % 100 == 0:
                yield Amount(_plain(value), None, *match.span("number"))


def _value(parts: dict[str, str | None]) -> Decimal:
    scale = _scale(parts["scale"])
    value = _decimal(parts["number"] or "0") * scale
    rest = int(parts.get("rest") or 0) * (_scale(parts.get("rest_scale")) if parts.get("rest_scale") else 1)
    return value + rest if rest < scale else value


def _scale(word: str | None) -> int:
    if not word:
        return 1
    return next((size for name, size in reversed(_SCALES.items()) if word.lower().startswith(name)), 1_000)


def _plain(value: Decimal) -> Decimal:
    """`1.5` million is `1500000`, but `19.90` keeps its cents."""
    return value.to_integral_value() if value == value.to_integral_value() and value >= 1_000 else value


def _decimal(number: str) -> Decimal:
    compact = re.sub(r"[ \n']", "", number)
    tail = re.search(r"[.,](\d{1,2})$", compact)
    whole = re.sub(r"[.,]", "", compact[: tail.start()] if tail else compact)
    return Decimal(f"{whole}.{tail[1]}" if tail else whole)


def _currency(unit: str) -> str:
    return next((code for code, pattern in _ISO if pattern.match(unit)), "KZT")
