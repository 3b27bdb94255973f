"""The tools that tell of the customer's own orders, and only where it is proven who writes."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from pydantic import Field

from frontdesk.answering.deps import Deps
from frontdesk.answering.evidence import Evidence, EvidenceKind
from frontdesk.answering.tools.tool import LookupTool, Tool, ToolCaller, ToolInput
from frontdesk.store.order import Order
from frontdesk.store.port import OrdersPort
from frontdesk.terms import Proof
from frontdesk.tickets.decision import Source


class OrderNumber(ToolInput):
    number: str = Field(description="The order number as the customer wrote it.")


class NoInput(ToolInput):
    pass


class GetOrder(LookupTool[OrderNumber]):
    name = "get_order"
    description = "Look up one order of this customer: status, dates, contents, tracking."
    input = OrderNumber
    proof = Proof.ATTESTED
    nothing = "No such order among this customer's orders."

    def __init__(self, orders: OrdersPort) -> None:
        self._orders = orders

    async def run(self, asked: OrderNumber, caller: ToolCaller) -> Sequence[Evidence]:
        number = asked.number.lstrip("#№").strip()[:64]
        order = await self._orders.order_of(caller.customer, number) if number else None
        return [order_evidence(order, caller.language, caller.now.tzinfo)] if order else []


class ListOrders(LookupTool[NoInput]):
    name = "list_orders"
    description = "List this customer's newest orders, newest first."
    input = NoInput
    proof = Proof.ATTESTED
    nothing = "This customer has no orders."

    def __init__(self, orders: OrdersPort) -> None:
        self._orders = orders

    async def run(self, asked: NoInput, caller: ToolCaller) -> Sequence[Evidence]:
        orders = await self._orders.orders_of(caller.customer)
        return [order_evidence(order, caller.language, caller.now.tzinfo) for order in orders]


def tools(deps: Deps) -> list[Tool[Any]]:
    return [GetOrder(deps.orders), ListOrders(deps.orders)]


def order_evidence(order: Order, language: str, zone: tzinfo | None, quote: str | None = None) -> Evidence:
    """What may be told of an order; nothing of the person, the address or the card."""
    status = order.status.replace("_", " ")
    summary = f"{order.number}: {status}, {_day(order.eta or order.placed_at, zone)}"
    name = f"order:{order.number}"
    return Evidence(
        id=name,
        kind=EvidenceKind.ORDER,
        text="\n".join(_facts(order, status, language, zone)),
        source=Source(name, order.number, order.status.value, quote or summary, 1.0),
    )


def _facts(order: Order, status: str, language: str, zone: tzinfo | None) -> list[str]:
    lines = [f"order number: {order.number}", f"status: {status}", f"placed: {_day(order.placed_at, zone)}"]
    if order.eta is not None:
        lines.append(f"expected delivery: {_day(order.eta, zone)}")
    lines.append(f"delivery city: {order.city}")
    lines += [
        f"item: {line.quantity} x {_named(line.name, language)}, {line.price} {order.currency} each"
        for line in order.lines
    ]
    lines.append(f"total: {order.total} {order.currency}")
    if order.carrier:
        lines.append(f"carrier: {order.carrier}")
    if order.tracking_number:
        lines.append(f"tracking number: {order.tracking_number}")
    if order.events:
        last = order.events[-1]
        lines.append(
            f"last tracking event: {_day(last.at, zone)}, {last.status.replace('_', ' ')}, "
            f"{_named(last.place, language)}"
        )
    return lines


def _day(moment: datetime, zone: tzinfo | None) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d}"


def _named(names: dict[str, str], language: str) -> str:
    base = language.partition("-")[0]
    return names.get(base) or names.get("en") or next(iter(names.values()), "")
