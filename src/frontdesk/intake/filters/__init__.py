"""What is not worth a ticket: one decision a file, asked in the written order."""

from collections.abc import Callable

from frontdesk.channels.inbound import InboundMessage
from frontdesk.intake.filters.empty import says_nothing

Filter = Callable[[InboundMessage], str | None]
"""The reason to let a message lie, or None to let it pass."""

ORDER: tuple[Filter, ...] = (says_nothing,)


def rejection(message: InboundMessage) -> str | None:
    """The first filter's reason to record nothing; the raw event keeps it."""
    return next((reason for ask in ORDER if (reason := ask(message))), None)
