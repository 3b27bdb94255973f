"""The tools that tell of the customer's own orders, and only where it is proven who writes."""

from datetime import datetime, tzinfo

from pydantic_ai import RunContext
from pydantic_ai.tools import ToolDefinition

from frontdesk.answering.evidence import OrderFacts
from frontdesk.answering.llm.run import AgentRun
from frontdesk.llm.fence import fence
from frontdesk.store.order import Order
from frontdesk.terms import CustomerId, Proof
from frontdesk.tickets.case import Case

NOT_FOUND = "No such order among this customer's orders."
NO_ORDERS = "This customer has no orders."


def proven_customer(case: Case) -> CustomerId | None:
    """The customer whose orders may be told in this case, or None."""
    if case.contact.proof in (Proof.ATTESTED, Proof.VERIFIED):
        return case.contact.customer_id
    return None


async def only_when_proven(ctx: RunContext[AgentRun], tool: ToolDefinition) -> ToolDefinition | None:
    return tool if proven_customer(ctx.deps.case) is not None else None


async def get_order(ctx: RunContext[AgentRun], number: str) -> str:
    """Look up one order of this customer: status, dates, contents, tracking.

    Args:
        number: The order number as the customer wrote it.
    """
    key = await find_order(ctx.deps, number)
    return fence("order", ctx.deps.evidence.text_of(key), id=key) if key else NOT_FOUND


async def list_orders(ctx: RunContext[AgentRun]) -> str:
    """List this customer's newest orders, newest first."""
    customer = proven_customer(ctx.deps.case)
    orders = await ctx.deps.deps.orders.orders_of(customer) if customer else []
    keys = [_keep(ctx.deps, order) for order in orders]
    return "\n".join(fence("order", ctx.deps.evidence.text_of(key), id=key) for key in keys) or NO_ORDERS


async def find_order(run: AgentRun, number: str) -> str | None:
    """The evidence id of that order if it is this customer's."""
    customer = proven_customer(run.case)
    plain = number.strip().lstrip("#№").strip()[:64]
    if customer is None or not plain:
        return None
    order = await run.deps.orders.order_of(customer, plain)
    return _keep(run, order) if order is not None else None


def _keep(run: AgentRun, order: Order) -> str:
    return run.evidence.add_order(order_facts(order, run.setting.language, run.setting.now.tzinfo))


def order_facts(order: Order, language: str, zone: tzinfo | None) -> OrderFacts:
    """What a model needs to know of an order; nothing of the person, the address or the card."""
    status = order.status.replace("_", " ")
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
    summary = f"{order.number}: {status}, {_day(order.eta or order.placed_at, zone)}"
    return OrderFacts(order.number, "\n".join(lines), order.status.value, summary)


def _day(moment: datetime, zone: tzinfo | None) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d}"


def _named(names: dict[str, str], language: str) -> str:
    base = language.partition("-")[0]
    return names.get(base) or names.get("en") or next(iter(names.values()), "")
