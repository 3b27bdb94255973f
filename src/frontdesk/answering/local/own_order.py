"""Whether a proven customer speaks of an order of their own, and of which."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.answering.local import orders
from frontdesk.kit.words import fold
from frontdesk.store.order import Order, OrderStatus
from frontdesk.store.port import OrdersPort
from frontdesk.terms import Category, CustomerId, EntityType, Intent
from frontdesk.tickets.case import Case
from frontdesk.tickets.reading import Reading

_MINE = re.compile(  # of a folded text
    r"\b(?:my|our)\s+(?:\w+\s+)?(?:orders?|parcel|package|purchase|delivery|stuff|shipment|things|items?)\b"
    r"|\b(?:мо(?:й|я|е|и|его|ей|ему|ем|им|ю|их|ими)|сво(?:й|я|е|и|его|ей|ему|ем|им|ю|их)|наш\w{0,3})\s+(?:\w+\s+)?"
    r"(?:заказ|посылк|покупк|доставк)\w*|\b(?:заказ|посылк|покупк)\w*\s+(?:мо|сво)[йяеию]\w{0,2}\b"
    r"|\b(?:тапсырыс|заказ|салемдеме|посылка|покупка)(?:ы|и)?м(?:д[ыие]\w*|н[ыи]н|а|е|ыз\w*|из\w*|нан|нен)?\b"
    r"|\bменин (?:\w+ )?(?:тапсырыс|заказ|посылка|салемдеме)\w*"
)
_EXPECTED = re.compile(
    r"\b(?:where|when|any (?:news|update)s?|updates? on|coming|arriv\w+|on (?:its|the) way|(?:get|be|is it) here)\b"
    r"|\b(?:где|когда|жд(?:ать|у|ем)|слышно|новост\w+|едет|идет|прид(?:ет|ут)|приш(?:ел|ла|ли)|привез\w+|приед\w+|доедет)\b"
    r"|\b(?:кайда|кашан|келед\w*|келе жат\w*|жур|жетти|хабар)\b"
)
_NOT_OF_ORDERS = frozenset(
    {Category.ACCOUNT, Category.BILLING, Category.PRODUCT, Category.TECHNICAL_ISSUE, Category.FEATURE_REQUEST}
)
_BACK = frozenset({OrderStatus.DELIVERED, OrderStatus.READY_FOR_PICKUP, OrderStatus.OUT_FOR_DELIVERY})
"""What can be given back."""
_KNOWN = 10
"""So many of the newest orders are looked through."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The orders that are told of; `unknown` is a number that none of the customer's orders has."""

    shown: list[Order]
    others: tuple[Order, ...] = ()
    unknown: str | None = None


def speaks_of_own(text: str, reading: Reading) -> bool:
    """Whether it names an order as the customer's own, and not for a receipt, a password or the like."""
    return reading.category not in _NOT_OF_ORDERS and bool(_MINE.search(fold(text)))


def expects(text: str) -> bool:
    """Whether it asks when or where something comes."""
    return bool(_EXPECTED.search(fold(text)))


async def meant(
    case: Case, language: str, reading: Reading, customer: CustomerId, orders_port: OrdersPort
) -> Meant:
    """By number, by what is in it, by what was spoken of before, else the newest under way."""
    numbers = orders.numbers_asked(reading)
    if numbers:
        return await _named(numbers, customer, orders_port)
    newest = await orders_port.orders_of(customer, _KNOWN)
    held = orders.holding(newest, case.question, language)
    if held:
        return Meant(held[:2])
    mentioned = await orders.mentioned_earlier(case, orders_port, customer)
    if mentioned is not None:
        return Meant([mentioned])
    likely = _likely(newest, reading)
    return Meant(likely[:1], tuple(likely[1:4]))


def corrected(reading: Reading) -> Iterable[str]:
    """Own numbers that the customer wrote with a mistake."""
    for entity in reading.entities:
        written = "".join(filter(str.isalnum, entity.text)).casefold()
        known = "".join(filter(str.isalnum, entity.value)).casefold()
        if entity.type is EntityType.ORDER_NUMBER and written != known:
            yield entity.value


async def _named(numbers: list[str], customer: CustomerId, orders_port: OrdersPort) -> Meant:
    named: list[Order] = []
    for number in numbers[:3]:
        order = await orders_port.order_of(customer, number)
        if order is None:
            return Meant([], unknown=number)
        named.append(order)
    return Meant(named)


def _likely(newest: list[Order], reading: Reading) -> list[Order]:
    """Those under way; for what goes back those that have come."""
    if reading.category is Category.RETURNS or reading.intent is Intent.RETURN:
        come = [order for order in newest if order.status in _BACK]
        if come:
            return come
    return orders.open_orders(newest) or newest[:1]
