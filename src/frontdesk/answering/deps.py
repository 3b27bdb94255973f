"""What an answerer may use: knowledge, and the orders of the customer it talks to, nobody else's."""

from dataclasses import dataclass
from typing import Protocol

from frontdesk.knowledge.passage import Passage
from frontdesk.store.order import Order
from frontdesk.terms import CustomerId


class KnowledgePort(Protocol):
    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = "main"
    ) -> list[Passage]:
        """Best passages first; `language` routes the search (ru, kk, en), None detects it."""
        ...


class OrdersPort(Protocol):
    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        """That order if it is this customer's, else None: another's order and no order look the same."""
        ...

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        """The customer's newest orders, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Deps:
    knowledge: KnowledgePort
    orders: OrdersPort
    desk_name: str = "Frontdesk"
    top_k: int = 5
    timezone: str = "Asia/Almaty"
    """In which `today` and delivery dates are told to customers."""
    sign_in_url: str = ""
    """Where a customer signs in, told when an order may not be talked about yet; may be empty."""
    default_language: str = "ru"
