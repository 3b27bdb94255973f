"""Loads the sample shop, with dates relative to today."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from frontdesk.access.actor import SYSTEM
from frontdesk.actions.customers import save_customer
from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.customers.customer import Customer
from frontdesk.db.pool import fetch_value
from frontdesk.desk import Desk
from frontdesk.knowledge.extract import extract
from frontdesk.knowledge.intake import article_of
from frontdesk.macros import macro as macros
from frontdesk.macros.macro import Deeds, MacroFields
from frontdesk.store import orders
from frontdesk.store.order import Order, OrderLine, OrderStatus, TrackingEvent
from frontdesk.terms import Category, ChannelName, CustomerId, Proof
from frontdesk.tickets import ticket

DESK_NAME = {"ru": "Аспан Маркет", "kk": "Аспан Маркет", "en": "Aspan Market"}
_FOLDER = files("frontdesk.sample")


@dataclass(frozen=True, slots=True)
class LoadedShop:
    articles: int
    customers: int
    orders: int


async def load_shop(desk: Desk) -> LoadedShop:
    """Load knowledge, customers and orders; unchanged articles are kept, orders get new dates.

    Macros come only where there is none.
    """
    articles = [
        article_of(
            extract(file.name, file.read_bytes()),
            doc_key=f"{language}/{file.name.removesuffix('.md')}",
            language=language,
            source="sample shop",
        )
        for language in ("ru", "kk", "en")
        for file in sorted(_FOLDER.joinpath("knowledge", language).iterdir(), key=lambda f: f.name)
        if file.name.endswith(".md")
    ]
    await desk.knowledge.add_articles(articles)
    people, bought = _json("customers.json"), _json("orders.json")
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    async with desk.db.transaction() as conn:
        for person in people:
            await save_customer(conn, _customer(person), desk.changes.weights)
        for order in bought:
            await orders.save(conn, _order(order, now))
        if not await macros.every(conn):
            for sample in _json("macros.json"):
                await macros.add(conn, SYSTEM, _macro(sample))
    return LoadedShop(len(articles), len(people), len(bought))


async def send_conversations(desk: Desk) -> int:
    """Send the sample conversations through the road, unless there are tickets; how many were sent."""
    async with desk.db.connection() as conn:
        if await fetch_value(conn, "select exists (select from ticket)"):
            return 0
    people = {person["customer_id"]: person for person in _json("customers.json")}
    conversations = _json("conversations.json")
    for conversation in conversations:
        person = people.get(conversation["customer_id"])
        for n, text in enumerate(conversation["messages"]):
            number = await _number(desk) if conversation["channel"] == "web_form" else None
            await desk.journey.accept(_message(conversation, person, n, text, number))
    return len(conversations)


async def _number(desk: Desk) -> int:
    async with desk.db.connection() as conn:
        return await ticket.next_number(conn)


def _macro(sample: dict[str, Any]) -> MacroFields:
    category = sample["category"]
    return MacroFields(
        sample["name"],
        None if category is None else Category(category),
        sample["texts"],
        Deeds.of(sample["actions"]),
    )


def _message(
    conversation: dict[str, Any], person: dict[str, Any] | None, n: int, text: str, number: int | None
) -> InboundMessage:
    form = conversation["channel"] == "web_form"
    key = f"sample-{conversation['key']}"
    peer = Peer(
        address=key,
        customer_id=person["customer_id"] if person else None,
        name=person["name"] if person else None,
        email=person["email"] if person else None,
        phone=person["phone"] if person else None,
        locale=conversation["locale"],
        proof=(Proof.CLAIMED if form else Proof.VERIFIED) if person else Proof.NONE,
    )
    return InboundMessage(
        channel=ChannelName(conversation["channel"]),
        account="default",
        external_id=f"{key}:{n}",
        peer=peer,
        content=text,
        sent_at=datetime.now(UTC),
        subject=conversation.get("subject") or "",
        ticket_number=number if n == 0 else None,
        client_msg_id=f"{key}:{n}",
    )


def _customer(row: dict[str, Any]) -> Customer:
    return Customer(
        CustomerId(row["customer_id"]),
        row["name"],
        row["email"],
        row["phone"],
        row["locale"],
        row["vip"],
        Decimal(row["ltv"]),
        row["churn_risk"],
    )


def _order(row: dict[str, Any], now: datetime) -> Order:
    eta = row["eta_days"]
    return Order(
        number=row["number"],
        customer_id=CustomerId(row["customer_id"]),
        status=OrderStatus(row["status"]),
        placed_at=now - timedelta(days=row["placed_days_ago"]),
        eta=None if eta is None else now + timedelta(days=eta),
        city=row["city"],
        total=Decimal(row["total"]),
        currency=row["currency"],
        payment=row["payment"],
        carrier=row["carrier"],
        tracking_number=row["tracking_number"],
        lines=tuple(OrderLine(x["name"], x["quantity"], Decimal(x["price"])) for x in row["items"]),
        events=tuple(
            TrackingEvent(now - timedelta(days=x["days_ago"]), OrderStatus(x["status"]), x["place"])
            for x in row["events"]
        ),
    )


def _json(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(_FOLDER.joinpath(name).read_text(encoding="utf-8"))
    return rows
