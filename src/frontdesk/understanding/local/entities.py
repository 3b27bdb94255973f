"""Things named in a text, each with its normal form and exact place (contracts: Entities)."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files

from frontdesk.terms import EntityType
from frontdesk.tickets.reading import Entity
from frontdesk.understanding.local.amounts import find_amounts
from frontdesk.understanding.local.dates import find_dates
from frontdesk.understanding.local.text import View

_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}(?![\w@])")
_PHONE = re.compile(r"(?<![\w#№+-])\+?\d(?:[\s().-]{0,2}\d){9,14}(?![\w-])")
_POSTAL = re.compile(r"(?<!\w)[A-Z]{2}\d{9}[A-Z]{2}(?!\w)")
_TRACK_WORD = re.compile(
    r"трек|track|отслеживан|қадағалау|кадагалау|накладн|waybill|жүкқұжат|awb", re.IGNORECASE
)
_TRACK_CODE = re.compile(r"(?<![\w-])(?=[A-Z0-9-]*\d{4})[A-Z0-9]{2,}(?:-[A-Z0-9]+)*(?![\w-])")
_ORDER_WORD = (
    r"(?:зака[зс]\w*|order(?:s|ed)?|тапсырыс\w*|zakaz\w*|tapsyrys\w*|tapsiris\w*|покупк\w*|purchase"
    r"|сатып алу\w*)"
)
_NUMBER_WORD = r"(?:номер\w*|нөмір\w*|номир\w*|number|num|no\.?|nr\.?|№|#|n°|под номером)"
_CODE = r"[A-Za-zА-Я]{1,5}-?\d{3,12}(?:-\d{1,8})*|\d{3,12}(?:-\d{1,8})*"
_AFTER_ORDER = re.compile(
    rf"{_ORDER_WORD}[\s:,(–—-]{{0,3}}(?:(?:{_NUMBER_WORD}|is|был|was|my|мой|ретінде)[\s:.]{{0,2}}){{0,3}}"
    rf"(?P<codes>(?:{_CODE})(?![\w%])(?:(?:\s?,\s?|\s(?:and|и|және|or|или)\s)[#№]?(?:{_CODE})(?![\w%]))*)",
    re.IGNORECASE,
)
_BEFORE_ORDER = re.compile(
    rf"(?<![\w.,:/-])(?P<codes>{_CODE})(?:-?(?:ші|шы|й|го|нөмірлі|номерли))?\s(?:нөмірлі\s)?(?={_ORDER_WORD})",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"(?<!\w)(?:#|№|n°)\s?(?P<codes>{_CODE})(?![\w%])", re.IGNORECASE)
_PREFIXED = re.compile(r"(?<![\w-])(?P<codes>(?:[A-Z]{2,5}-\d{3,10}|[A-Z]-\d{4,10})(?:-\d{1,8})*)(?![\w-])")
_OTHER_NUMBERED = (
    r"ticket|тикет|обращени\w*|өтініш\w*|заявк\w*|сч[её]т\w*|invoice|шот\w*|накладн\w*|квартир\w*|apartment"
    r"|дом|пәтер\w*|модел\w*|model"
)
_OTHER_BEFORE = re.compile(rf"(?:{_OTHER_NUMBERED})[\s:№#]*(?:(?:no|nr|number|номер)\.?\s)?$", re.IGNORECASE)
"""A number that stands after such a word is of something else than an order."""
_NUMBERED = re.compile(
    rf"(?<!\w){_NUMBER_WORD}[\s:.]{{0,2}}(?P<codes>(?:[A-Za-z]{{1,5}}-)?\d{{4,10}})(?![\w%-])", re.IGNORECASE
)
_SHORT_MESSAGE = 40
"""A message that is nothing but a number is no longer than this."""
_ONLY_NUMBER = re.compile(r"\s*[#№]?\s*(?P<codes>(?:[A-Za-z]{1,5}-)?\d{4,10})\s*[.!]?\s*\Z")
_YEAR = re.compile(r"20[0-3]\d\s?(?:г\.|года?|жыл\w*)", re.IGNORECASE)
_ONE_CODE = re.compile(_CODE, re.IGNORECASE)


def find_entities(view: View, today: date) -> tuple[Entity, ...]:
    """All entities in order of place; earlier finders win where two would share a character."""
    found: list[Entity] = []
    for finder in _FINDERS:
        for entity in finder(view, today):
            if all(entity.end <= other.start or other.end <= entity.start for other in found):
                found.append(entity)
    return tuple(sorted(found, key=lambda entity: entity.start))


def _make(
    view: View, kind: EntityType, value: str, at: tuple[int, int], currency: str | None = None
) -> Entity:
    return Entity(kind, value, view.raw[slice(*at)], *view.span(*at), currency)


def _emails(view: View, today: date) -> Iterator[Entity]:
    if "@" in view.clean:
        for match in _EMAIL.finditer(view.clean):
            yield _make(view, EntityType.EMAIL, match.group().lower(), match.span())


def _tracking(view: View, today: date) -> Iterator[Entity]:
    for match in _POSTAL.finditer(view.clean):
        yield _make(view, EntityType.TRACKING_NUMBER, match.group(), match.span())
    for word in _TRACK_WORD.finditer(view.clean):
        code = _TRACK_CODE.search(view.clean, word.end(), min(len(view.clean), word.end() + 60))
        if (
            code
            and 8 <= len(code.group()) <= 26
            and not _order_word_between(view.clean, word.end(), code.start())
        ):
            yield _make(view, EntityType.TRACKING_NUMBER, code.group(), code.span())


def _order_word_between(text: str, start: int, end: int) -> bool:
    return re.search(_ORDER_WORD, text[start:end], re.IGNORECASE) is not None


def _phones(view: View, today: date) -> Iterator[Entity]:
    for match in _PHONE.finditer(view.clean):
        number = _e164(match.group())
        if number:
            yield _make(view, EntityType.PHONE, number, match.span())


def _e164(text: str) -> str | None:
    # Imported where a text holds a number at all: the package is large.
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, "KZ")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _dates(view: View, today: date) -> Iterator[Entity]:
    for found in find_dates(view.clean, today):
        yield _make(view, EntityType.DATE, found.value.isoformat(), (found.start, found.end))


def _amounts(view: View, today: date) -> Iterator[Entity]:
    for found in find_amounts(view.clean):
        yield _make(view, EntityType.AMOUNT, f"{found.value:f}", (found.start, found.end), found.currency)


def _orders(view: View, today: date) -> Iterator[Entity]:
    for start, end in _order_places(view.clean):
        if _OTHER_BEFORE.search(view.clean[max(0, start - 30) : start]):
            continue
        for code in _ONE_CODE.finditer(view.clean, start, end):
            if not _YEAR.match(view.clean, code.start()):
                yield _make(view, EntityType.ORDER_NUMBER, code.group(), code.span())


def _order_places(text: str) -> Iterator[tuple[int, int]]:
    if len(text) < _SHORT_MESSAGE:
        only = _ONLY_NUMBER.match(text)
        if only:
            yield only.span("codes")
    for pattern in (_AFTER_ORDER, _BEFORE_ORDER, _SIGNED, _NUMBERED, _PREFIXED):
        for match in pattern.finditer(text):
            yield match.span("codes")


@cache
def _product_pattern() -> re.Pattern[str]:
    raw = json.loads(files(__package__).joinpath("data/products.json").read_text(encoding="utf-8"))
    nouns = "|".join(sorted(raw["nouns"], key=len, reverse=True))
    brands = "|".join(sorted(raw["brands"], key=len, reverse=True))
    model = r"(?:\s(?:[A-Z][\w-]*|[A-Za-z]*\d[\w-]*|Pro|Max|Ultra|Plus|mini))"
    return re.compile(rf"(?<!\w)(?:(?:{nouns})\w{{0,5}}\s)?(?:{brands})(?!\w){model}{{0,3}}", re.IGNORECASE)


def _products(view: View, today: date) -> Iterator[Entity]:
    """Only what a brand names: `the headphones` tell nobody which ones are meant."""
    for match in _product_pattern().finditer(view.clean):
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
