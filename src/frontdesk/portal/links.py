"""The links of the portal: signed ones that open a session, and plain ones to a ticket, which ask for a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from frontdesk.kit.signing import sign, verify

PURPOSE: Final = "portal"


@dataclass(frozen=True, slots=True, repr=False)
class PortalLinks:
    base_url: str
    secret: bytes

    def enter(self, session_id: str, ends_at: datetime) -> str:
        """To a page that asks for confirmation, because mail scanners follow links.

        The token stands behind `#`: browsers send it to no server, and no log has it.
        """
        return f"{self.base_url}/portal/enter#{sign(self.secret, PURPOSE, {'s': session_id}, ends_at)}"

    def session_of(self, token: str) -> str:
        """The session that the link's token opens. Raises `Unauthorized` for what is forged or has expired."""
        return str(verify(self.secret, PURPOSE, token)["s"])
