"""Read the customer's pending messages."""

import re
from dataclasses import dataclass

import structlog

from frontdesk.errors import FrontdeskError
from frontdesk.store.port import OrdersPort
from frontdesk.terms import SenderType
from frontdesk.tickets.case import Case
from frontdesk.tickets.reading import Reading
from frontdesk.understanding.own_orders import with_own_orders
from frontdesk.understanding.reader import Reader

_NUMBER = re.compile(r"\d.?\d")
_OWN_ORDERS = 20
"""So many of the newest help to read a message."""

_log = structlog.get_logger("frontdesk.understanding")


@dataclass(frozen=True, slots=True)
class Understanding:
    reader: Reader
    orders: OrdersPort

    async def read(self, case: Case) -> Reading:
        """The reading of the pending messages together. Holds no transaction.

        The orders of a proven customer help to tell which numbers are orders.
        """
        earlier = tuple(
            turn.text
            for turn in case.turns
            if turn.sender_type is SenderType.CUSTOMER and turn.seq < case.pending[0].seq
        )
        text = "\n".join(turn.text for turn in case.pending)
        reading = await self.reader.read(
            text,
            subject=_own_subject(case, text),
            language_hint=case.language_hint,
            earlier=earlier,
            at=case.pending[-1].at,
        )
        return with_own_orders(reading, text, await self._own_orders(case, text))

    async def _own_orders(self, case: Case, text: str) -> list[str]:
        """None where the shop's system does not answer: the message is read without them."""
        customer = case.contact.customer_id
        if customer is None or not case.contact.is_proven or not _NUMBER.search(text):
            return []
        try:
            return [order.number for order in await self.orders.orders_of(customer, _OWN_ORDERS)]
        except FrontdeskError as error:
            _log.warning("own_orders_unknown", reason=error.message)
            return []


def _own_subject(case: Case, text: str) -> str:
    """The subject, or nothing where it only repeats the first words of the message, as a chat's does."""
    subject = case.subject.rstrip("…")
    return "" if case.pending[0].seq > 1 or subject in " ".join(text.split()) else case.subject
