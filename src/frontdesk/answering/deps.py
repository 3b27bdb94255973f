"""What an answerer may use: knowledge, and the orders of the customer it talks to, nobody else's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from frontdesk.answering.costs import COSTS, Costs
from frontdesk.channels.style import REPLY_STYLES, ReplyStyle
from frontdesk.knowledge.passage import Passage
from frontdesk.store.port import OrdersPort
from frontdesk.tickets.case import Case


class KnowledgePort(Protocol):
    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = "main"
    ) -> list[Passage]:
        """Best passages first; `language` routes the search (ru, kk, en), None detects it."""
        ...


def style_by_contract(case: Case) -> ReplyStyle:
    """The style of the case's channel where no account says otherwise."""
    return REPLY_STYLES[case.channel]


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
    link_hosts: tuple[str, ...] = ()
    """Domains that a reply may link to, beside those of the articles."""
    default_language: str = "ru"
    costs: Costs = COSTS
    """What a wrong answer out of articles costs."""
    style_of: Callable[[Case], ReplyStyle] = style_by_contract
    """How a reply to the case is written, as its channel account's capabilities say."""
