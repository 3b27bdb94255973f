"""What the desk asks of an order system: the built-in one, or a shop's own."""

from typing import Protocol

from frontdesk.store.order import Order
from frontdesk.terms import CustomerId


class OrdersPort(Protocol):
    """Orders of one customer at a time: every read names whose they must be."""

    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        """That order if it is this customer's, else None: another's order and no order look the same."""
        ...

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        """The customer's newest orders, newest first."""
        ...
