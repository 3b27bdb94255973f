"""What the local answerer's tests share: a small shop in memory, and a stream that remembers."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from frontdesk.answering.deps import Deps
from frontdesk.answering.local.answerer import LocalAnswerer
from frontdesk.kit.words import sentences, stem, words
from frontdesk.knowledge.passage import Passage
from frontdesk.store.order import Order, OrderStatus, TrackingEvent
from frontdesk.terms import (
    ChannelName,
    ConversationId,
    CustomerId,
    DocumentId,
    Proof,
    SenderType,
    TicketId,
    TicketStatus,
)
from frontdesk.tickets.case import Case, Contact, Turn
from frontdesk.tickets.decision import Decision
from frontdesk.tickets.reading import Reading
from frontdesk.understanding.local.reader import LocalReader

NOW = datetime(2026, 4, 1, 8, tzinfo=UTC)
ANNA, BORIS = CustomerId("anna"), CustomerId("boris")
READER = LocalReader(today=NOW.date)

_RULES = " ".join(
    f"Instalment rule {n}: every payment is made on day {n} of the month." for n in range(1, 30)
)
ARTICLES = [
    (
        "delivery-times",
        "ru",
        "delivery",
        "Сроки доставки",
        "Доставка в Шымкент занимает 2–3 дня. Доставка в Алматы занимает 1 день. Курьер звонит за час.",
    ),
    (
        "delivery-times",
        "kk",
        "delivery",
        "Жеткізу мерзімі",
        "Шымкентке жеткізу 2–3 күн алады. Алматыға жеткізу 1 күн алады. Курьер қоңырау шалады.",
    ),
    (
        "delivery-times",
        "en",
        "delivery",
        "Delivery times",
        "Delivery to Shymkent takes 2–3 days. Delivery to Almaty takes 1 day. The courier calls before.",
    ),
    ("return", "ru", "returns", "Возврат товара", "Вернуть товар можно за 14 дней. Нужен чек."),
    ("return", "kk", "returns", "Тауарды қайтару", "Тауарды 14 күн ішінде қайтаруға болады. Чек керек."),
    ("return", "en", "returns", "Returning goods", "You can return goods within 14 days. Keep the receipt."),
    ("long", "en", "payment", "Instalments", _RULES),
]


class Library:
    """Ranks the articles by the share of the query's stems that they hold, the better ones surely."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = "main"
    ) -> list[Passage]:
        self.asked.append(query)
        wanted = {stem(word.form) for word in words(query) if len(word.form) > 3}
        passages = [self._passage(article, wanted) for article in ARTICLES if article[1] == language]
        return sorted(passages, key=lambda passage: -passage.score)[:limit]

    def _passage(self, article: tuple[str, str, str, str, str], wanted: set[str]) -> Passage:
        key, language, category, title, text = article
        own = {stem(word.form) for word in words(f"{title} {text}")}
        held = len(wanted & own) / max(1, len(wanted))
        share = held**0.25 if held > 0.25 else held / 5
        first = sentences(text)[0]
        return Passage(
            DocumentId(key),
            f"{language}/{key}",
            title,
            "",
            text,
            first,
            language,
            share,
            None,
            category,
            share,
            0,
            share,
        )


def _order(number: str, owner: CustomerId, status: OrderStatus, age: int, due: int = 2) -> Order:
    place = {"ru": "Шымкент", "kk": "Шымкент қаласы", "en": "Shymkent"}
    event = TrackingEvent(NOW - timedelta(days=1), status, place)
    placed, eta = NOW - timedelta(days=age), NOW + timedelta(days=due)
    total, track = Decimal(5), f"AX{number}"
    return Order(
        number, owner, status, placed, eta, "Shymkent", total, "KZT", "paid", "Aspan", track, (), (event,)
    )


ORDERS = [
    _order("54321", ANNA, OrderStatus.IN_TRANSIT, 3),
    _order("51207", ANNA, OrderStatus.DELIVERED, 24),
    _order("60000", ANNA, OrderStatus.IN_TRANSIT, 30, due=-3),
    _order("77777", BORIS, OrderStatus.PACKED, 1),
]


class Shop:
    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        return next((o for o in ORDERS if o.number == number and o.customer_id == customer_id), None)

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        return [order for order in ORDERS if order.customer_id == customer_id][:limit]


@dataclass
class Paper:
    """A stream that keeps what was said."""

    content: list[str] = field(default_factory=list)

    async def text(self, chunk: str) -> None:
        self.content.append(chunk)

    async def retract(self) -> None:
        self.content.clear()


def case_of(
    *texts: str | tuple[str, str],
    channel: ChannelName = ChannelName.WEB_CHAT,
    proof: Proof = Proof.VERIFIED,
    customer: CustomerId | None = ANNA,
    name: str | None = None,
) -> Case:
    """The last text is pending; a pair is what the AI said before, with its decision."""
    turns = tuple(
        Turn(seq, SenderType.CUSTOMER, content, NOW)
        if isinstance(content, str)
        else Turn(seq, SenderType.AI, content[0], NOW, decision=content[1])
        for seq, content in enumerate(texts, 1)
    )
    contact = Contact(customer, name, None, None, None, False, 0.0, 0.0, proof)
    return Case(
        TicketId("t"), 1, ConversationId("c"), channel, TicketStatus.NEW, "", contact, turns, turns[-1:], None
    )


async def answer(
    case: Case, deps: Deps | None = None, reading: Reading | None = None
) -> tuple[Decision, Paper]:
    """What the local reader and answerer make of a case."""
    paper = Paper()
    answerer = LocalAnswerer(deps or Deps(Library(), Shop(), desk_name="Aspan"), now=lambda: NOW)
    earlier = tuple(t.content for t in case.turns[:-1] if t.sender_type is SenderType.CUSTOMER)
    reading = reading or READER.analyse(case.text, earlier=earlier)
    return await answerer.answer(case, reading, paper), paper
