"""What an order's own record says, in the customer's language."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from frontdesk.kit.words import fold
from frontdesk.knowledge import analysis
from frontdesk.phrases import say, say_date, say_on
from frontdesk.store.order import Order, OrderLine, OrderStatus
from frontdesk.store.port import OrdersPort
from frontdesk.terms import CustomerId, EntityType, SenderType
from frontdesk.tickets.case import Case
from frontdesk.tickets.reading import Reading

_MOVING = frozenset(
    {OrderStatus.PROCESSING, OrderStatus.PACKED, OrderStatus.IN_TRANSIT, OrderStatus.OUT_FOR_DELIVERY}
)
_DONE = frozenset({OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED})
_WHERE_MINE = re.compile(
    r"\bгде (?:же )?(?:мо[йяеи]|наш[аеи]?)\b|\bкогда (?:придет|придут|привезут|доставят|приедет|будет) мо[йяеи]\b"
    r"|\bwhere(?:['’]?s| is| are) my\b|\bwhen (?:will|does) my\b|[ыи]?м (?:кайда|кашан келеди)\b"
)
_CALLED = {
    "смартфон": ("телефон", "тел", "мобил"),
    "smartphon": ("phone", "mobile", "cell"),
    "ноутбук": ("ноут", "лэптоп", "лептоп"),
    "laptop": ("notebook", "computer"),
    "телевизор": ("телик", "тв"),
    "теледидар": ("телевизор", "тв"),
    "холодильник": ("холодос",),
    "стиральн": ("стиралк",),
    "микроволнов": ("микроволновк", "свч"),
    "посудомоечн": ("посудомойк",),
    "пылесос": ("пылик",),
}
"""By the beginning of a product's name: how else people begin it."""
_LEAST_NAME = 3
_LEAST_PART = 5
_NUMBER = re.compile(r"(?<![\w.,-])(?:[A-Z]{1,5}-)?\d{4,10}(?![\w%])")


def numbers_asked(reading: Reading) -> list[str]:
    """The order numbers of the pending message, each once."""
    numbers = [entity.value for entity in reading.entities if entity.type is EntityType.ORDER_NUMBER]
    return list(dict.fromkeys(numbers))


async def mentioned_earlier(case: Case, orders: OrdersPort, customer: CustomerId) -> Order | None:
    """The customer's own order that the conversation last spoke of."""
    for turn in reversed(case.turns):
        if turn.sender_type is SenderType.SYSTEM:
            continue
        for number in reversed(_NUMBER.findall(turn.content[:2_000])):
            order = await orders.order_of(customer, number)
            if order is not None:
                return order
    return None


def asks_for_own(text: str) -> bool:
    """Whether it asks where a thing of the customer's own is."""
    return bool(_WHERE_MINE.search(fold(text)))


def holding(orders: list[Order], text: str, language: str) -> list[Order]:
    """The orders with a product that the text names; those still under way where there are any."""
    wanted = tuple(stem for stem in analysis.stems(text, language) if len(stem) >= _LEAST_NAME)
    holders = [
        order
        for order in orders
        if any(_names(stem, wanted) for line in order.lines for stem in _stems(line, language))
    ]
    return open_orders(holders) or holders


def _stems(line: OrderLine, language: str) -> list[str]:
    return analysis.stems(line.name.get(language, ""), language)


def _names(stem: str, wanted: tuple[str, ...]) -> bool:
    """Whether one of the words is it, its last part (чайник of электрочайник), or what people call it."""
    called = next((name for name in _CALLED if stem.startswith(name)), None)
    if called and any(word.startswith(_CALLED[called]) for word in wanted):
        return True
    return any(stem == word or (len(word) >= _LEAST_PART and stem.endswith(word)) for word in wanted)


def open_orders(orders: list[Order]) -> list[Order]:
    """Those still under way; newest first as they came."""
    return [order for order in orders if order.status not in _DONE]


def describe(order: Order, language: str, now: datetime, timezone: str) -> list[str]:
    """Sentences in order of weight: how it stands, when it comes, where it was seen, its tracking number."""
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    lines = [_status(order, language, zone, today=now)]
    if order.eta is not None and order.status in _MOVING:
        day = order.eta.astimezone(zone).date()
        key = "order.eta" if day >= today else "order.eta_missed"
        lines.append(say(key, language, date=say_date(day, language, today), on=say_on(day, language, today)))
    last = order.events[-1] if order.events else None
    place = (last.place.get(language) or next(iter(last.place.values()), "")) if last else ""
    if last is not None and place and order.status not in _DONE:
        lines.append(
            say(
                "order.place",
                language,
                date=say_date(last.at.astimezone(zone).date(), language, today),
                place=place,
            )
        )
    if order.tracking_number and order.status not in _DONE:
        lines.append(_tracking(order, language))
    return lines


def is_late(order: Order, now: datetime, timezone: str) -> bool:
    """Its promised day is over and it has not come."""
    zone = ZoneInfo(timezone)
    due = order.eta
    return (
        due is not None
        and order.status in _MOVING
        and due.astimezone(zone).date() < now.astimezone(zone).date()
    )


def _status(order: Order, language: str, zone: ZoneInfo, today: datetime) -> str:
    delivered = next((e for e in reversed(order.events) if e.status is OrderStatus.DELIVERED), None)
    if order.status is OrderStatus.DELIVERED and delivered is not None:
        on = say_on(delivered.at.astimezone(zone).date(), language, today.astimezone(zone).date())
        return say("order.delivered_on", language, number=order.number, on=on)
    return say(f"order.{order.status.value}", language, number=order.number)


def _tracking(order: Order, language: str) -> str:
    if order.carrier:
        return say("order.tracking", language, tracking=order.tracking_number, carrier=order.carrier)
    return say("order.tracking_only", language, tracking=order.tracking_number)
