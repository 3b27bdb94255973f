"""The links in a manager's e-mail: to the ticket, and signed ones that hand back or resolve."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from frontdesk.db.pool import Connection, execute
from frontdesk.kit.signing import sign, verify
from frontdesk.terms import TicketId
from frontdesk.tickets.ticket import Ticket

LIFETIME = timedelta(days=14)
PURPOSE = "ticket-action"

Action = Literal["hand_back", "resolve"]


@dataclass(frozen=True, slots=True)
class TicketLinks:
    base_url: str
    secret: bytes

    def ticket(self, ticket_id: TicketId) -> str:
        return f"{self.base_url}/console/tickets/{ticket_id}"

    def attachment(self, attachment_id: str) -> str:
        return f"{self.base_url}/api/v1/attachments/{attachment_id}"

    def act(self, ticket: Ticket, action: Action) -> str:
        """A signed link to a page that asks for confirmation, because mail scanners follow links.

        It works once, and only for the ticket's present escalation.
        """
        payload = {"t": ticket.ticket_id, "a": action, "e": _escalation(ticket)}
        token = sign(self.secret, PURPOSE, payload, datetime.now(UTC) + LIFETIME)
        return f"{self.base_url}/act/{token}"


@dataclass(frozen=True, slots=True)
class LinkedAction:
    """What a signed link asks for."""

    ticket_id: TicketId
    action: Action
    seal: str
    """The hash of the link's token, stored when the link is used."""
    escalation: str

    def is_for(self, ticket: Ticket) -> bool:
        """Whether the ticket's escalation is still the one that the link was made for."""
        return self.escalation == _escalation(ticket)


def read_action(secret: bytes, token: str) -> LinkedAction:
    """Raises `Unauthorized` for what is forged or has expired."""
    payload = verify(secret, PURPOSE, token)
    seal = hashlib.sha256(token.encode()).hexdigest()
    return LinkedAction(TicketId(payload["t"]), payload["a"], seal, payload["e"])


async def use_once(conn: Connection, link: LinkedAction) -> bool:
    """Mark the link as used, in the transaction of its action; False if it was used before."""
    query = "insert into used_link (seal) values (%s) on conflict do nothing"
    return await execute(conn, query, (link.seal,)) == 1


def _escalation(ticket: Ticket) -> str:
    return "" if ticket.escalated_at is None else ticket.escalated_at.astimezone(UTC).isoformat()
