"""Things named in a text, each with its normal form and exact place (contracts: Entities)."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from frontdesk.terms import EntityType
from frontdesk.tickets.reading import Entity
from frontdesk.understanding.local.amounts import find_amounts
from frontdesk.understanding.local.dates import find_dates
from frontdesk.understanding.local.text import View

_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9_][\w.+-]*@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}(?![\w@])")
_IN_BRACKETS = re.compile(r"<\s?(" + _EMAIL.pattern + r")\s?>")
"""`Anna <anna@mail.example>` looks like a tag and is blanked in the clean text."""
_PHONE = re.compile(r"(?<![\w#№+-])\+?\d(?:[\s().-]{0,2}\d){9,14}(?![\w-])")
_CARRIER = re.compile(
    r"(?<![\w-])(?:[A-Za-z]{2}\d{9}[A-Za-z]{2}|[A-Z]{2} \d{3} ?\d{3} ?\d{3} ?[A-Z]{2}"
    r"|1Z[A-Z0-9]{16}|(?!ORD|KZ\d{16,20}\b)[A-Z]{2,4}\d{11,20})(?![\w-])"
)
"""Numbers in a carrier's own format: postal union, UPS, DHL, AliExpress and others."""
_TRACK_WORDS = (
    "трек", "трэк", "track", "отслеж", "қадағалау", "кадагалау", "накладн", "waybill", "consignment", "жүкқұжат", "awb",
)  # fmt: skip
_TRACK_WORD = re.compile("|".join(_TRACK_WORDS), re.IGNORECASE)
_TRACK_CODE = re.compile(r"(?<![\w+-])(?=[A-Z0-9-]*\d{4})[A-Z0-9]{2,}(?:-[A-Z0-9]+)*(?![\w-])")
_BESIDE_TRACK = re.compile(
    r"(?<![\w+-])(?:(?:сдэк|cdek|казпочт\w|қазпошта|kazpost|dhl|ups|fedex|ems|boxberry)[\s:№#]{1,3})(\d{8,20})(?![\w-])"
    r"|(?<![\w+-])(\d{8,20})(?=\s(?:трек|трег|трэк|track|накладн|сдэк|cdek))",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d{8}|\d{3} ?\d{3} ?\d{3}|1Z")
"""Part of every match of `_CARRIER` and `_BESIDE_TRACK`: a cheap check before they are searched."""
_NO_TRACK = re.compile(r"[78][79]\d{9}|[A-Z]{1,3}-\d{3,8}")
"""A mobile phone, or an order's number."""
_ORDER_STEMS = (
    "зака", "order", "тапсырыс", "zakaz", "tapsyrys", "tapsiris", "покупк", "purchase", "сатып алу",
)  # fmt: skip
_ORDER_WORD = (
    r"(?:зака[зс]\w*|order(?:s|ed)?|тапсырыс\w*|zakaz\w*|tapsyrys\w*|tapsiris\w*|покупк\w*|purchase"
    r"|сатып алу\w*)"
)
_NUMBER_WORD = r"(?:номер\w*|нөмір\w*|номир\w*|nomer\w*|nomir\w*|number|num|no\.?|nr\.?|№|#|n°|под номером)"
_CODE = (
    r"[A-Za-zА-Я][A-Za-zА-Я0-9]{0,4}-\d{2,12}(?:[-/]\d{1,8})*|[A-Za-zА-Я]{1,5}\d{3,12}(?:[-/]\d{1,8})*"
    r"|[A-Za-z]\d[A-Za-z][-/]\d{3,10}|\d{3,12}-[A-Z]{1,4}(?![\w-])|\d{3,12}(?:[-/]\d{1,8})*|\d{1,2}-\d{4,8}"
)
_AFTER_ORDER = re.compile(
    r"(?!(?:зака[зс](?:ал|ыв|ать)\w*|ordered)\s\d{3,4}\s[^\W\d_])"
    r"(?!orders?\s\d+\s(?:pieces|pcs|units|items|pairs|boxes|sets|more)\b)"
    rf"{_ORDER_WORD}[\s:,(–—-]{{0,3}}(?:(?:{_NUMBER_WORD}|id|код\w*|code|ref|is|был|was|my|мой|ретінде)[\s:.–-]{{0,3}}){{0,3}}"
    rf"(?P<codes>(?:{_CODE})(?![\w%])(?:(?:\s?,\s?|\s(?:and|и|және|or|или)\s|,?\s(?:and|и|және)\s)[#№]?(?:{_CODE})(?![\w%]))*)",
    re.IGNORECASE,
)
"""In `заказал 300 салфеток` the number is a quantity, not an order."""
_BEFORE_ORDER = re.compile(
    rf"(?<![\w.,:/-])(?P<codes>(?:(?:{_CODE})(?:,\s?|\s(?:және|and|и)\s)){{0,3}}(?:{_CODE}))(?:-?(?:ші|шы|й|го|нөмірлі|номерли))?\s(?:нөмірлі\s)?(?={_ORDER_WORD})",
    re.IGNORECASE,
)
_NEAR_ORDER = re.compile(
    rf"{_ORDER_WORD}[^.!?\n\d]{{1,30}}?(?:[(:]|\bis|{_NUMBER_WORD})\s{{0,2}}(?P<codes>(?:[A-Za-z]{{1,5}}-)?\d{{5,10}})(?![\w%/-])",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"(?<!\w)(?:#|№|n°)\s?(?P<codes>{_CODE})(?![\w%])", re.IGNORECASE)
_PREFIXED = re.compile(
    r"(?<![\w-])(?P<codes>(?:[A-Z]{2,5}-\d{3,10}|[A-Z]-\d{4,10})(?:-\d{1,8})*)(?!\w|-[A-Za-z0-9])"
)
_WITH_ORDER_WORD = (_AFTER_ORDER, _BEFORE_ORDER, _NEAR_ORDER)
_OTHER_NUMBERED = (
    r"ticket|тикет|обращени\w*|өтініш\w*|заявк\w*|претензи\w*|жалоб\w*|шағым\w*|сч[её]т\w*|invoice|шот\w*|чек\w*|receipt|платеж\w*|payment"
    r"|накладн\w*|договор\w*|contract|квартир\w*|apartment|flat|дом|пәтер\w*|офис\w*|office|магазин\w*|store|shop|дүкен\w*|касс\w*|пункт\w*"
    r"|пвз|постамат\w*|школ\w*|мектеп\w*|room|кабинет\w*|модел\w*|model|серийн\w*|serial|артикул\w*|sku|код\w*|code|карт\w*|card|цвет\w*|colou?r"
    r"|размер\w*|size|ошибк\w*|error|қате\w*|иин|жсн|бин|бсн|iin|bin|индекс\w*|рейс\w*|flight"
)
_OTHER_BEFORE = re.compile(
    rf"(?<!\w)(?:{_OTHER_NUMBERED})[\s:№#]*(?:(?:no|nr|number|номер\w*|нөмір\w*)\.?\s)?$", re.IGNORECASE
)
"""A number after such a word does not belong to an order."""
_NUMBERED = re.compile(
    rf"(?<!\w){_NUMBER_WORD}[\s:.]{{0,2}}(?P<codes>(?:[A-Za-z]{{1,5}}-)?\d{{4,10}})(?![\w%-])", re.IGNORECASE
)
_SHORT_MESSAGE = 40
"""Longer messages are not checked for being only a number."""
_ONLY_NUMBER = re.compile(r"\s*[#№]?\s*(?P<codes>(?:[A-Za-z]{1,5}-)?\d{4,10})\s*[.!?]*\s*\Z")
_YEAR = re.compile(r"20[0-3]\d\s?(?:г\.|года?|жыл\w*)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_HAS_NUMBER = re.compile(r"\d\d")
_PRODUCT_PARTS = ("brands", "brands_that_are_words", "lines", "services")
_NO_UNIT = (
    r"(?![.,/]\d|[ \u00a0]?(?:тг|тенге|теңге|₸|\$|€|%|дн|день|дней|шт|раз|год|года|лет|мес|минут|час|недел"
    r"|апта|күн|ай|жыл|рет"
    r"|дана|pcs|times|days?|weeks?|months?|years?|hours?)(?![^\W\d_]{3}))"
)
_ONE_CODE = re.compile(_CODE, re.IGNORECASE)


def find_entities(view: View, today: date) -> tuple[Entity, ...]:
    """All entities in order of place; earlier finders win where two would share a character."""
    entities: list[Entity] = []
    for finder in _FINDERS if _DIGIT.search(view.clean) else _WITHOUT_NUMBERS:
        for entity in finder(view, today):
            clear = _cut(entity, entities) if entity.type is EntityType.PRODUCT else entity
            if all(clear.end <= other.start or other.end <= clear.start for other in entities):
                entities.append(clear)
    return tuple(sorted(entities, key=lambda entity: entity.start))


def _cut(product: Entity, others: list[Entity]) -> Entity:
    """A model's name ends where a sum or a date begins: `Galaxy S24 599 990 ₸`."""
    end = min(
        (other.start for other in others if product.start < other.start < product.end), default=product.end
    )
    text = product.text[: end - product.start].rstrip()
    return replace(product, value=" ".join(text.split()), text=text, end=product.start + len(text))


def _make(
    view: View, kind: EntityType, value: str, at: tuple[int, int], currency: str | None = None
) -> Entity:
    return Entity(kind, value, view.raw[slice(*at)], *view.span(*at), currency)


def _emails(view: View, today: date) -> Iterator[Entity]:
    if "@" not in view.raw:
        return
    for match in _EMAIL.finditer(view.clean):
        yield _make(view, EntityType.EMAIL, match.group().lower(), match.span())
    for match in _IN_BRACKETS.finditer(view.raw) if "<" in view.raw else ():
        yield _make(view, EntityType.EMAIL, match[1].lower(), match.span(1))


def _tracking(view: View, today: date) -> Iterator[Entity]:
    text = view.clean
    long_number = _LONG_NUMBER.search(text)
    for match in _CARRIER.finditer(text) if long_number else ():
        yield _make(view, EntityType.TRACKING_NUMBER, match.group().replace(" ", "").upper(), match.span())
    for word in _TRACK_WORD.finditer(text) if _holds(text, _TRACK_WORDS) else ():
        code = _TRACK_CODE.search(text, word.end(), min(len(text), word.end() + 60))
        if (
            code
            and 8 <= len(code.group()) <= 26
            and not _NO_TRACK.fullmatch(code.group())
            and not _order_word_between(text, word.end(), code.start())
        ):
            yield _make(view, EntityType.TRACKING_NUMBER, code.group(), code.span())
    for match in _BESIDE_TRACK.finditer(text) if long_number else ():
        group = match.lastindex or 0
        if not _NO_TRACK.fullmatch(match[group]):
            yield _make(view, EntityType.TRACKING_NUMBER, match[group], match.span(group))


def _holds(text: str, cues: tuple[str, ...]) -> bool:
    """Ten times cheaper than the search for a pattern that needs one of the cues."""
    lowered = text.lower()
    return any(cue in lowered for cue in cues)


def _order_word_between(text: str, start: int, end: int) -> bool:
    return re.search(_ORDER_WORD, text[start:end], re.IGNORECASE) is not None


def _phones(view: View, today: date) -> Iterator[Entity]:
    for match in _PHONE.finditer(view.clean):
        number = _e164(match.group())
        if number:
            yield _make(view, EntityType.PHONE, number, match.span())


def _e164(text: str) -> str | None:
    # Imported only when a text has a number: the package is large.
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, "KZ")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _dates(view: View, today: date) -> Iterator[Entity]:
    for named in find_dates(view.clean, today):
        yield _make(view, EntityType.DATE, named.value.isoformat(), (named.start, named.end))


def _amounts(view: View, today: date) -> Iterator[Entity]:
    for amount in find_amounts(view.clean):
        yield _make(view, EntityType.AMOUNT, f"{amount.value:f}", (amount.start, amount.end), amount.currency)


def _orders(view: View, today: date) -> Iterator[Entity]:
    text = view.clean
    if not _HAS_NUMBER.search(text):
        return
    for match in _order_places(text):
        if _OTHER_BEFORE.search(text[max(0, match.start() - 30) : match.start()]):
            continue
        for code in _ONE_CODE.finditer(text, *match.span("codes")):
            if not _YEAR.match(text, code.start()):
                yield _make(view, EntityType.ORDER_NUMBER, code.group(), code.span())


def _order_places(text: str) -> Iterator[re.Match[str]]:
    if len(text) < _SHORT_MESSAGE:
        only = _ONLY_NUMBER.match(text)
        if only:
            yield only
    ordered = _holds(text, _ORDER_STEMS)
    for pattern in (_AFTER_ORDER, _BEFORE_ORDER, _SIGNED, _NEAR_ORDER, _NUMBERED, _PREFIXED):
        if ordered or pattern not in _WITH_ORDER_WORD:
            yield from pattern.finditer(text)


class _Products(NamedTuple):
    any_brand: re.Pattern[str]
    """Over lower-case text: ten times cheaper than `whole`, and most texts have no brand."""
    whole: re.Pattern[str]


@cache
def _product_patterns() -> _Products:
    raw = json.loads(files(__package__).joinpath("data/products.json").read_text(encoding="utf-8"))
    brands, words, lines, services = (
        "|".join(sorted(raw[key], key=len, reverse=True)) for key in _PRODUCT_PARTS
    )
    model = rf"(?:(?=[A-Za-z-]*\d)[A-Za-z\d]+(?:-[A-Za-z\d]+)*{_NO_UNIT}|[A-Z][A-Za-z]+|(?i:{lines}))(?!\w)"
    return _Products(
        re.compile(rf"(?<!\w)(?:{brands}|{words.lower()})(?!\w)"),
        re.compile(
            rf"(?<!\w)(?:(?i:{brands})|{words})(?!\w)(?! (?i:{services})\b)"
            rf"(?:[ \u00a0]{model}){{0,3}}"
        ),
    )


def _products(view: View, today: date) -> Iterator[Entity]:
    """Only products named by a brand: `the headphones` could be any."""
    patterns = _product_patterns()
    if not patterns.any_brand.search(view.clean.lower()):
        return
    for match in patterns.whole.finditer(view.clean):
        value = " ".join(match.group().split())
        yield _make(view, EntityType.PRODUCT, value, match.span())


_FINDERS: tuple[Callable[[View, date], Iterator[Entity]], ...] = (
    _emails,
    _tracking,
    _dates,
    _amounts,
    _phones,
    _orders,
    _products,
)
_WITHOUT_NUMBERS = (_emails, _products)
