"""A small shop for tests of answerers: knowledge and orders in memory, cases, and a customer's screen."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Literal

from frontdesk.answering.deps import Deps
from frontdesk.kit.words import sentences, stem, words
from frontdesk.knowledge.passage import Passage
from frontdesk.store.order import Order, OrderLine, OrderStatus, TrackingEvent
from frontdesk.terms import (
    Category,
    ChannelName,
    ConversationId,
    CustomerId,
    Difficulty,
    DocumentId,
    EntityType,
    Intent,
    MessageId,
    Priority,
    Proof,
    SenderType,
    TicketId,
    TicketStatus,
)
from frontdesk.tickets.case import Case, Contact, Turn
from frontdesk.tickets.reading import Entity, Reading

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
AIGERIM = CustomerId("11111111-0000-0000-0000-000000000001")
DAMIR = CustomerId("22222222-0000-0000-0000-000000000002")


def passage(key: str, language: str, title: str, text: str) -> Passage:
    return Passage(
        document_id=DocumentId(f"{key}-{language}"),
        doc_key=f"{language}/{key}.md",
        title=title,
        heading="",
        text=text,
        quote=sentences(text)[0],
        language=language,
        score=0.9,
        url=f"https://shop.example/{language}/{key}",
    )


PASSAGES = (
    passage(
        "delivery",
        "ru",
        "Сколько идёт доставка",
        "Доставка в Шымкент занимает 3–5 рабочих дней. Стоимость доставки 1 500 ₸, "
        "от 25 000 ₸ доставка бесплатная.",
    ),
    passage(
        "delivery",
        "kk",
        "Жеткізу қанша уақыт алады",
        "Шымкентке жеткізу 3–5 жұмыс күнін алады. Жеткізу құны 1 500 ₸, 25 000 ₸ бастап жеткізу тегін.",
    ),
    passage(
        "delivery",
        "en",
        "How long delivery takes",
        "Delivery to Shymkent takes 3–5 business days. Delivery costs 1,500 KZT and is free from 25,000 KZT.",
    ),
    passage(
        "returns",
        "en",
        "Returning a purchase",
        # Longer than any chat takes, in sentences that each fit.
        "You can return a purchase within 14 days. "
        + " ".join(
            f"For a return in store number {n} bring the receipt, the box and all parts of the purchase."
            for n in range(1, 21)
        ),
    ),
)


class MemoryKnowledge:
    """Finds by common stems, as a search engine would in the small."""

    def __init__(self, passages: tuple[Passage, ...] = PASSAGES) -> None:
        self.passages = passages
        self.asked: list[str] = []

    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = "main"
    ) -> list[Passage]:
        self.asked.append(query)
        wanted = _stems(query)
        scored = [
            _scored(piece, len(wanted & _stems(f"{piece.title} {piece.text}")) / max(len(wanted), 1))
            for piece in self.passages
            if language in (None, piece.language)
        ]
        return sorted((piece for piece in scored if piece.score > 0), key=lambda piece: -piece.score)[:limit]


_EMPTY_WORDS = frozenset(
    {"does", "much", "long", "take", "where", "what", "your", "have", "скольк", "канша", "уакыт"}
)


def _stems(text: str) -> set[str]:
    return {stem(word.form) for word in words(text) if len(word.form) > 3} - _EMPTY_WORDS


def _scored(piece: Passage, coverage: float) -> Passage:
    score = min(0.95, coverage * 1.2)
    fields = {name: getattr(piece, name) for name in piece.__dataclass_fields__}
    return Passage(**{**fields, "score": score, "lexical_score": score, "coverage": coverage})


def order(number: str, customer: CustomerId, status: OrderStatus = OrderStatus.IN_TRANSIT) -> Order:
    placed = NOW - timedelta(days=7)
    place = {"ru": "Алматы", "kk": "Алматы", "en": "Almaty"}
    return Order(
        number=number,
        customer_id=customer,
        status=status,
        placed_at=placed,
        eta=NOW + timedelta(days=2),
        city="Шымкент",
        total=Decimal("89990.00"),
        currency="KZT",
        payment="card ending 1111",
        carrier="Steppe Post",
        tracking_number="KZ1234567890",
        lines=(OrderLine({"ru": "Чайник", "kk": "Шәйнек", "en": "Kettle"}, 1, Decimal("89990.00")),),
        events=(TrackingEvent(placed, OrderStatus.PROCESSING, place), TrackingEvent(NOW, status, place)),
    )


class MemoryOrders:
    def __init__(self, orders: tuple[Order, ...] = ()) -> None:
        self.orders = orders
        self.asked: list[tuple[CustomerId, str]] = []

    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        self.asked.append((customer_id, number))
        mine = (order for order in self.orders if order.customer_id == customer_id and order.number == number)
        return next(mine, None)

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        return [order for order in self.orders if order.customer_id == customer_id][:limit]


def shop() -> Deps:
    """Aigerim's order is 54321, Damir's is 77777."""
    return Deps(
        MemoryKnowledge(),
        MemoryOrders((order("54321", AIGERIM), order("77777", DAMIR))),
        desk_name="Tulpar Shop",
    )


@dataclass
class Screen:
    """What the customer sees of a draft, and all that they ever saw."""

    shown: str = ""
    seen: list[str] = field(default_factory=list)
    retractions: int = 0

    async def text(self, chunk: str) -> None:
        assert chunk, "an empty chunk was streamed"
        self.shown += chunk
        self.seen.append(chunk)

    async def retract(self) -> None:
        self.shown = ""
        self.retractions += 1

    @property
    def ever(self) -> str:
        return "".join(self.seen)


def case(
    text: str,
    *,
    channel: ChannelName = ChannelName.WEB_CHAT,
    customer: CustomerId | None = AIGERIM,
    proof: Proof = Proof.VERIFIED,
    earlier: tuple[tuple[SenderType, str], ...] = (),
    name: str | None = "Aigerim",
    language: str | None = None,
    earlier_summary: str = "",
) -> Case:
    messages = (*earlier, (SenderType.CUSTOMER, text))
    turns = tuple(
        Turn(seq, who, what, NOW + timedelta(minutes=seq)) for seq, (who, what) in enumerate(messages, 1)
    )
    contact = Contact(customer, name, None, None, None, vip=False, ltv=0, churn_risk=0, proof=proof)
    return Case(
        ticket_id=TicketId("t-1"),
        number=1,
        conversation_id=ConversationId("c-1"),
        channel=channel,
        status=TicketStatus.AI_PROCESSING,
        subject="",
        contact=contact,
        turns=turns,
        pending=turns[-1:],
        language_hint=language,
        earlier_summary=earlier_summary,
        reply_id=MessageId("m-1"),
    )


def reading(
    text: str,
    language: str,
    *,
    tags: tuple[str, ...] = (),
    category: Category = Category.DELIVERY,
    small_talk: Literal["greeting", "thanks", "goodbye", "noise"] | None = None,
) -> Reading:
    """What a good reader makes of the text; the numbers of orders are found by their look."""
    entities = tuple(
        Entity(EntityType.ORDER_NUMBER, number.group(), number.group(), number.start(), number.end())
        for number in re.finditer(r"(?<!\d)\d{5}(?!\d)", text)
    )
    return Reading(
        language=language,
        category=category,
        intent=Intent.QUESTION,
        priority=Priority.NORMAL,
        sentiment_score=0.5,
        risk=0.1,
        difficulty=Difficulty.EASY,
        confidence=0.9,
        summary=text[:80],
        tags=tags or (("order_status",) if entities else ()),
        entities=entities,
        small_talk=small_talk,
    )
