"""What the desk gives a channel to say, and what it gets back for it."""

import re
from dataclasses import dataclass
from datetime import datetime

from frontdesk.channels.inbound import Upload
from frontdesk.terms import ChannelName, DeliveryState, SenderType

_GAP = re.compile(r"\{\{\s*(\d{1,3})\s*\}\}")


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    payload: str
    """Comes back when it is pressed."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text that the channel approved beforehand, with what fills its gaps."""

    name: str
    language: str
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApprovedTemplate:
    """A template as the provider keeps it, for people to choose from."""

    name: str
    """What `Template.name` has to be."""
    language: str
    title: str
    text: str
    """With its gaps as `{{1}}`, `{{2}}` ..."""

    @property
    def gaps(self) -> int:
        return len({int(number) for number in _GAP.findall(self.text)})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the customer wrote, as far as a reply quotes it."""

    content: str
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """One part of what is said to a customer; `(message_id, part)` is the same in every attempt."""

    message_id: str
    channel: ChannelName
    account: str
    address: str
    thread: str
    content: str
    """Markdown."""
    language: str
    subject: str = ""
    email: str | None = None
    sender_name: str = ""
    sender_type: SenderType = SenderType.AI
    """Some channels let a person write when the AI may not any more."""
    uploads: tuple[Upload, ...] = ()
    buttons: tuple[Button, ...] = ()
    template: Template | None = None
    """In place of the content, which says the same to staff."""
    reply_to: str | None = None
    """External id of the customer's message that this answers."""
    quoted: tuple[tuple[str, str], ...] = ()
    """The headers that came with that message."""
    ticket_number: str = ""
    """For people (`T-000123`)."""
    asked: Asked | None = None
    """The customer's message that this answers."""
    conversation: str = ""
    """Our id of it: what comes back may prove that it belongs there."""
    part: int = 0
    """From 0; a channel that splits a message numbers its parts."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel took the part."""

    external_id: str
    """Its id over there: later receipts, reactions and replies name it."""
    state: DeliveryState = DeliveryState.SENT
    """`sent` or `delivered`."""
