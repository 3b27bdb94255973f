"""How much one caller may ask: a person or key by itself, a session wherever it comes from, others by address.

This machine's own address is not limited: behind a reverse proxy callers bear their own addresses, and whoever
reaches the desk from its machine is its operator.
"""

from frontdesk.engine.rates import Rate, Rates
from frontdesk.errors import RateLimited
from frontdesk.web.origin import is_loopback

MESSAGES_OF_SESSION = Rate(burst=30, per_second=1.0)
SESSIONS_OF_ADDRESS = Rate(burst=20, per_second=0.2)
REQUESTS_OF_ADDRESS = Rate(burst=120, per_second=20.0)
REQUESTS_OF_STAFF = Rate(burst=300, per_second=60.0)
"""Of a signed-in person, in all their tabs, or of a program's key."""
REFUSALS_OF_ADDRESS = Rate(burst=60, per_second=1.0)
"""Requests with a key or a sign-in that is not good."""
LINKS_OF_MAILBOX = Rate(burst=3, per_second=1 / 300)
"""Mails with a link that one mailbox gets: into the portal, or for a new password."""
LINKS_OF_ADDRESS = Rate(burst=10, per_second=1 / 60)
"""Links into the portal that one address asks for, for whatever mailboxes."""
TICKETS_OF_MAILBOX = Rate(burst=5, per_second=1 / 60)
SOCKETS_OF_SESSION = 6
SOCKETS_OF_ADDRESS = 60


def take(rates: Rates, key: str, rate: Rate) -> None:
    """Raises `RateLimited` with the seconds to wait."""
    if wait := rates.take(key, rate):
        raise RateLimited("too much at once: wait a moment and go on", retry_after=wait)


def take_of_address(rates: Rates, address: str | None, what: str, rate: Rate) -> None:
    """The same by address, for those of other machines."""
    if address and not is_loopback(address):
        take(rates, f"{what}:{address}", rate)
