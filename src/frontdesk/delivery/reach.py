"""Whether a customer can be written to now, and until when: what staff see before they write. Pure."""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.channels.capabilities import Capabilities
from frontdesk.terms import SenderType
from frontdesk.tickets.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Reach:
    hindrance: str | None
    """Why nothing can be sent at all, such as that the customer has unsubscribed."""
    window_closes_at: datetime | None
    """Until when free text may be sent; None where it always may."""
    is_open: bool
    """Whether free text may be sent now."""
    templates: bool
    """Whether an approved template may be sent also where the window is closed."""


def reach(
    conversation: Conversation,
    can: Capabilities | None,
    now: datetime,
    sender: SenderType = SenderType.MANAGER,
) -> Reach:
    """`can` is None where the account is not configured any more."""
    if can is None:
        return Reach(f"the account {conversation.account} is not configured any more", None, False, False)
    closes_at = window_end(conversation.last_inbound_at, can, sender)
    in_time = closes_at is None or now < closes_at
    is_open = in_time and conversation.unreachable is None
    return Reach(conversation.unreachable, closes_at, is_open, can.templates)


def window_end(last_inbound_at: datetime | None, can: Capabilities, sender: SenderType) -> datetime | None:
    """None where there is no window."""
    if can.window is None or last_inbound_at is None:
        return None
    return last_inbound_at + can.window.of(sender)


def closed(closed_at: datetime, can: Capabilities) -> str:
    """For staff: since when, and what still goes."""
    again = "a template may be sent" if can.templates else "the customer has to write first"
    return f"the reply window closed at {closed_at:%Y-%m-%d %H:%M} UTC: {again}"
