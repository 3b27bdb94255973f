"""The port of order systems: the built-in one, or a shop's own."""

from typing import Protocol

from frontdesk.store.order import Order
from frontdesk.terms import CustomerId


class OrdersPort(Protocol):
    """Every read is limited to one customer."""

    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        """The order if it belongs to this customer, else None, as for an unknown number."""
        ...

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        """The customer's newest orders, newest first."""
        ...
