"""What a channel account can do, and how replies on it are written."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from frontdesk.channels.inbound import EventKind
from frontdesk.channels.style import ReplyStyle
from frontdesk.terms import DeliveryState, SenderType


class Settlement(StrEnum):
    """How an attempt to send whose outcome nobody saw is settled."""

    OWN_DB = "own_db"
    """The message in our database is the delivery: it is sent again."""
    CLIENT_ID = "client_id"
    """The channel knows our id and drops a repetition: it is sent again."""
    NONE = "none"
    """It cannot be told: a person looks. A receipt that brings our id back may still settle it."""


class Formatting(StrEnum):
    """How much of a reply's Markdown the customer sees."""

    PLAIN = "plain"
    BASIC = "basic"
    """Bold, italics, links and lists."""
    FULL = "full"


@dataclass(frozen=True, slots=True)
class ReplyWindow:
    """How long after the customer's last message they may be written to; a template may go later."""

    ai: timedelta
    person: timedelta

    def of(self, sender: SenderType) -> timedelta:
        return self.person if sender is SenderType.MANAGER else self.ai


@dataclass(frozen=True, slots=True)
class ButtonLimits:
    most: int
    label_characters: int
    payload_bytes: int


@dataclass(frozen=True, slots=True)
class MediaLimit:
    """A kind of file that can be sent, such as `image/png` or `image/*`."""

    content_type: str
    most_bytes: int

    def takes(self, content_type: str, size: int) -> bool:
        kind, star, _ = self.content_type.partition("*")
        fits = content_type.startswith(kind) if star else content_type == self.content_type
        return fits and size <= self.most_bytes


@dataclass(frozen=True, slots=True)
class Capabilities:
    settlement: Settlement
    style: ReplyStyle
    hold: timedelta = timedelta(0)
    """How long an unfinished-looking message waits for the next fragment."""
    head_start: timedelta = timedelta(0)
    """Customers who wait at the screen go before others, as if they had written so much earlier: what waits in a
    mailbox is overtaken for no longer than this."""
    window: ReplyWindow | None = None
    formatting: Formatting = Formatting.PLAIN
    buttons: ButtonLimits | None = None
    templates: bool = False
    tells: frozenset[EventKind] = frozenset({EventKind.MESSAGE})
    """The kinds of events that come from it."""
    receipts: frozenset[DeliveryState] = frozenset()
    """How far it tells that a message of ours has come."""
    media: tuple[MediaLimit, ...] = ()
    """The files it sends; none where it is empty."""
    answers_per_hour: int | None = None
    """So many messages that no person wrote go to one address within an hour: two programs that answer each other
    end there."""
    delivery_bytes: int = 4 * 1024 * 1024
    """The largest webhook request that is read."""

    def takes_file(self, content_type: str, size: int) -> bool:
        return any(limit.takes(content_type, size) for limit in self.media)
