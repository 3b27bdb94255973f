"""The frozen values that pass between a channel and the desk."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from frontdesk.channels.style import ReplyStyle
from frontdesk.terms import ChannelName, Priority, Proof


@dataclass(frozen=True, slots=True)
class Peer:
    """Who writes, as the channel tells it; `proof` says what the channel vouches for."""

    address: str
    """Stable on this channel account: a chat id, a session id, an e-mail address."""
    customer_id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    locale: str | None = None
    proof: Proof = Proof.NONE


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a message, already kept in the blob store."""

    filename: str
    content_type: str
    size: int
    blob_key: str


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One thing that a customer said. `(channel, account, kind, external_id)` names it for ever."""

    channel: ChannelName
    account: str
    external_id: str
    peer: Peer
    content: str
    sent_at: datetime
    kind: str = "message"
    subject: str = ""
    thread: str = ""
    """What keeps conversations of one peer apart (an e-mail thread, a form ticket); empty on chat channels."""
    priority: Priority | None = None
    ticket_id: str | None = None
    ticket_number: int | None = None
    client_msg_id: str | None = None
    request_id: str | None = None
    """Under which the edge took it in: follows the message through logs of lanes and sends."""
    uploads: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """One thing to be said to a customer; `message_id` is the same in every attempt."""

    message_id: str
    channel: ChannelName
    account: str
    address: str
    thread: str
    content: str
    language: str
    subject: str = ""
    email: str | None = None
    sender_name: str = ""
    uploads: tuple[Upload, ...] = ()


class Outcome(StrEnum):
    SENT = "sent"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel took the message; `external_id` is its id over there."""

    outcome: Outcome
    external_id: str | None = None


class Settlement(StrEnum):
    """How an attempt whose outcome nobody saw is settled (architecture: rule 7)."""

    OWN_DB = "own_db"
    CLIENT_ID = "client_id"
    RECEIPT = "receipt"
    LOOKUP = "lookup"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do and how replies on it are written (contracts: Replies and drafts by channel)."""

    settlement: Settlement
    style: ReplyStyle
    hold: timedelta = field(default=timedelta(0))
    """How long an unfinished-looking message waits for the next fragment."""
