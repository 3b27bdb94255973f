"""The links in a manager's e-mail: to the ticket, and signed ones that hand back or resolve."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from frontdesk.kit.signing import sign, verify
from frontdesk.terms import TicketId

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

    def act(self, ticket_id: TicketId, action: Action) -> str:
        """Leads to a page that asks before it acts: mail scanners follow links."""
        token = sign(self.secret, PURPOSE, {"t": ticket_id, "a": action}, datetime.now(UTC) + LIFETIME)
        return f"{self.base_url}/act/{token}"


def read_action(secret: bytes, token: str) -> tuple[TicketId, Action]:
    """What a signed link asks for. Raises `Unauthorized`."""
    payload = verify(secret, PURPOSE, token)
    return TicketId(payload["t"]), payload["a"]
