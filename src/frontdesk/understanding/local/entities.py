"""Things named in a text, each with its normal form and exact place (contracts: Entities)."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from frontdesk.kit.phones import find_phones
from frontdesk.terms import EntityType
from frontdesk.tickets.reading import Entity
from frontdesk.understanding.local.amounts import find_amounts
from frontdesk.understanding.local.dates import find_dates
from frontdesk.understanding.local.orders import ORDER_WORD, find_orders
from frontdesk.understanding.local.products import find_products
from frontdesk.understanding.local.text import View


class _Named(NamedTuple):
    """A thing named in the plain text."""

    type: EntityType
    value: str
    start: int
    end: int
    currency: str | None = None


_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9_][\w.+-]*@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}(?![\w@])")
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
_DIGIT = re.compile(r"\d")


def find_entities(view: View, today: date) -> tuple[Entity, ...]:
    """All entities in order of place; earlier finders win where two would share a character."""
    named: list[_Named] = []
    for finder in _FINDERS if _DIGIT.search(view.signed) else _WITHOUT_NUMBERS:
        for thing in finder(view, today):
            clear = _cut(thing, named, view.clean) if thing.type is EntityType.PRODUCT else thing
            if all(clear.end <= other.start or other.end <= clear.start for other in named):
                named.append(clear)
    return tuple(
        Entity(thing.type, thing.value, *view.place(thing.start, thing.end), thing.currency)
        for thing in sorted(named, key=lambda thing: thing.start)
    )


def _cut(product: _Named, others: list[_Named], text: str) -> _Named:
    """A model's name ends where a sum or a date begins: `Galaxy S24 599 990 ₸`."""
    end = min(
        (other.start for other in others if product.start < other.start < product.end), default=product.end
    )
    name = text[product.start : end].rstrip()
    return _Named(product.type, " ".join(name.split()), product.start, product.start + len(name))


def _emails(view: View, today: date) -> Iterator[_Named]:
    if "@" in view.signed:
        for match in _EMAIL.finditer(view.signed):
            yield _Named(EntityType.EMAIL, match.group().lower(), *match.span())


def _tracking(view: View, today: date) -> Iterator[_Named]:
    text = view.clean
    long_number = _LONG_NUMBER.search(text)
    for match in _CARRIER.finditer(text) if long_number else ():
        yield _Named(EntityType.TRACKING_NUMBER, match.group().replace(" ", "").upper(), *match.span())
    for word in _TRACK_WORD.finditer(text) if _holds(text, _TRACK_WORDS) else ():
        code = _TRACK_CODE.search(text, word.end(), min(len(text), word.end() + 60))
        if (
            code
            and 8 <= len(code.group()) <= 26
            and not _NO_TRACK.fullmatch(code.group())
            and not _order_word_between(text, word.end(), code.start())
        ):
            yield _Named(EntityType.TRACKING_NUMBER, code.group(), *code.span())
    for match in _BESIDE_TRACK.finditer(text) if long_number else ():
        group = match.lastindex or 0
        if not _NO_TRACK.fullmatch(match[group]):
            yield _Named(EntityType.TRACKING_NUMBER, match[group], *match.span(group))


def _holds(text: str, cues: tuple[str, ...]) -> bool:
    """Ten times cheaper than the search for a pattern that needs one of the cues."""
    lowered = text.lower()
    return any(cue in lowered for cue in cues)


def _order_word_between(text: str, start: int, end: int) -> bool:
    return re.search(ORDER_WORD, text[start:end], re.IGNORECASE) is not None


def _phones(view: View, today: date) -> Iterator[_Named]:
    for phone in find_phones(view.signed):
        if phone.certain:
            yield _Named(EntityType.PHONE, phone.number, phone.start, phone.end)


def _dates(view: View, today: date) -> Iterator[_Named]:
    for named in find_dates(view.clean, today):
        yield _Named(EntityType.DATE, named.value.isoformat(), named.start, named.end)


def _amounts(view: View, today: date) -> Iterator[_Named]:
    for amount in find_amounts(view.clean):
        yield _Named(EntityType.AMOUNT, f"{amount.value:f}", amount.start, amount.end, amount.currency)


def _orders(view: View, today: date) -> Iterator[_Named]:
    for order in find_orders(view.clean):
        yield _Named(EntityType.ORDER_NUMBER, order.value, order.start, order.end)


def _products(view: View, today: date) -> Iterator[_Named]:
    for start, end in find_products(view.clean):
        yield _Named(EntityType.PRODUCT, " ".join(view.clean[start:end].split()), start, end)


_FINDERS: tuple[Callable[[View, date], Iterator[_Named]], ...] = (
    _emails,
    _tracking,
    _dates,
    _amounts,
    _phones,
    _orders,
    _products,
)
_WITHOUT_NUMBERS = (_emails, _amounts, _products)
