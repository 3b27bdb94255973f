"""What a channel tells the desk: one closed union of frozen events, each named for ever by its key."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from frontdesk.terms import ChannelName, DeliveryState, Priority, Proof


class EventKind(StrEnum):
    MESSAGE = "message"
    EDIT = "edit"
    DELETION = "deletion"
    REACTION = "reaction"
    RECEIPT = "receipt"
    BUTTON = "button"
    SUBSCRIPTION = "subscription"
    STAFF_REPLY = "staff_reply"


class Subscription(StrEnum):
    """Whether the customer lets the desk write to them."""

    OPTED_IN = "opted_in"
    UNSUBSCRIBED = "unsubscribed"
    BLOCKED = "blocked"
    MOVED = "moved"
    """They have another address now, and write from there."""


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
    """A file that is already kept in the blob store."""

    filename: str
    content_type: str
    size: int
    blob_key: str


@dataclass(frozen=True, slots=True)
class RemoteMedia:
    """A file that still lies with the channel; a lane fetches it later, never the webhook."""

    reference: str
    """What the channel's `fetch` finds it by: an id or an address."""
    content_type: str
    filename: str = ""
    size: int | None = None
    """In bytes, where the channel tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """`(channel, account, kind, external_id)` names the event for ever: the same again has no effect."""

    kind: ClassVar[EventKind]
    channel: ChannelName
    account: str
    external_id: str
    peer: Peer
    sent_at: datetime
    thread: str = ""
    """What keeps conversations of one peer apart (an e-mail thread, a form ticket); empty on chat channels."""
    conversation: str | None = None
    """Our own conversation that the event belongs to by a proof of ours, whatever channel that is on."""
    refers_to: tuple[str, ...] = ()
    """External ids of this account's messages, the nearest first, whose conversation it belongs to."""
    request_id: str | None = None
    """Under which the edge took it in: follows it through logs of lanes and sends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage(_Event):
    """One thing that a customer said. Edits, reactions and replies name it by its `external_id`."""

    kind = EventKind.MESSAGE
    content: str
    subject: str = ""
    priority: Priority | None = None
    ticket_id: str | None = None
    ticket_number: int | None = None
    client_msg_id: str | None = None
    uploads: tuple[Upload, ...] = ()
    media: tuple[RemoteMedia, ...] = ()
    reply_to: str | None = None
    """External id of the message that this one answers."""
    to_assistant: bool = False
    """Asked of the assistant, also where a person has the ticket."""
    headers: tuple[tuple[str, str], ...] = ()
    """What a reply on the wire has to quote, such as Message-ID and References."""
    by_program: str = ""
    """Why a program seems to have written it; then no program answers, and a person looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(_Event):
    """The customer changed what they had said."""

    kind = EventKind.EDIT
    target: str
    """External id of the message."""
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(_Event):
    """The customer took back what they had said."""

    kind = EventKind.DELETION
    target: str
    """External id of the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted(_Event):
    kind = EventKind.REACTION
    target: str
    """External id of the message, theirs or one of ours."""
    emoji: str
    """Empty where the reaction was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReceipt(_Event):
    """How far one part of a message of ours has come."""

    kind = EventKind.RECEIPT
    target: str
    """External id that sending this part returned."""
    state: DeliveryState
    """`sent`, `delivered`, `read` or `failed`."""
    error: str = ""
    message_id: str | None = None
    """Our own id, where the channel brings it back: settles a send whose answer nobody saw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(_Event):
    kind = EventKind.BUTTON
    payload: str
    """What the button was sent with; anybody can forge it."""
    label: str
    target: str | None = None
    """External id of the message that bore the button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionChanged(_Event):
    kind = EventKind.SUBSCRIPTION
    state: Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffReplied(_Event):
    """A person of the desk answered the e-mail of an escalation: meant for its customer, if the person may."""

    kind = EventKind.STAFF_REPLY
    escalation_id: str
    """By a proof of ours: who writes has, or has stolen, the e-mail."""
    content: str
    files: int = 0
    """So many came with it."""
    ticket_id: str | None = None
    """Whose escalation it is, once the desk has looked."""


InboundEvent = (
    InboundMessage
    | MessageEdited
    | MessageDeleted
    | Reacted
    | DeliveryReceipt
    | ButtonPressed
    | SubscriptionChanged
    | StaffReplied
)
EVENTS: tuple[type[InboundEvent], ...] = (
    InboundMessage,
    MessageEdited,
    MessageDeleted,
    Reacted,
    DeliveryReceipt,
    ButtonPressed,
    SubscriptionChanged,
    StaffReplied,
)
