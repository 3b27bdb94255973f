"""The built-in order system, for demos and shops without one of their own."""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from psycopg.types.json import Jsonb

from frontdesk.db.pool import Connection, Database, execute, fetch_all
from frontdesk.store.order import Order, OrderLine, OrderStatus, TrackingEvent
from frontdesk.terms import CustomerId


@dataclass(frozen=True, slots=True)
class _Row:
    number: str
    customer_id: str
    status: str
    placed_at: datetime
    eta: datetime | None
    city: str
    total: Decimal
    currency: str
    payment: str
    carrier: str | None
    tracking_number: str | None
    lines: list[dict[str, Any]]
    events: list[dict[str, Any]]

    def order(self) -> Order:
        return Order(
            number=self.number,
            customer_id=CustomerId(self.customer_id),
            status=OrderStatus(self.status),
            placed_at=self.placed_at,
            eta=self.eta,
            city=self.city,
            total=self.total,
            currency=self.currency,
            payment=self.payment,
            carrier=self.carrier,
            tracking_number=self.tracking_number,
            lines=tuple(OrderLine(x["name"], x["quantity"], Decimal(x["price"])) for x in self.lines),
            events=tuple(
                TrackingEvent(datetime.fromisoformat(x["at"]), OrderStatus(x["status"]), x["place"])
                for x in self.events
            ),
        )


_COLUMNS = ", ".join(column.name for column in fields(_Row))
"""By name: a column that a newer version has added does not disturb this one while they run side by side."""


class Orders:
    """Every read is limited to one customer."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        """The order if it belongs to this customer, else None."""
        query = f"select {_COLUMNS} from shop_order where customer_id = %s and number = %s"
        async with self._db.connection() as conn:
            rows = await fetch_all(conn, _Row, query, (customer_id, number))
        return rows[0].order() if rows else None

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        """The customer's newest orders, newest first."""
        query = f"select {_COLUMNS} from shop_order where customer_id = %s order by placed_at desc limit %s"
        async with self._db.connection() as conn:
            return [row.order() for row in await fetch_all(conn, _Row, query, (customer_id, limit))]


async def save(conn: Connection, order: Order) -> None:
    """Insert or replace."""
    lines = [{"name": x.name, "quantity": x.quantity, "price": str(x.price)} for x in order.lines]
    events = [{"at": x.at.isoformat(), "status": x.status, "place": x.place} for x in order.events]
    await execute(
        conn,
        "insert into shop_order (number, customer_id, status, placed_at, eta, city, total, currency, payment,"
        " carrier, tracking_number, lines, events)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (number) do update set status = excluded.status, placed_at = excluded.placed_at,"
        " eta = excluded.eta, payment = excluded.payment, carrier = excluded.carrier,"
        " tracking_number = excluded.tracking_number, lines = excluded.lines, events = excluded.events",
        (
            order.number,
            order.customer_id,
            order.status,
            order.placed_at,
            order.eta,
            order.city,
            order.total,
            order.currency,
            order.payment,
            order.carrier,
            order.tracking_number,
            Jsonb(lines),
            Jsonb(events),
        ),
    )
