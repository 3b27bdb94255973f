"""The contract that every channel keeps: it translates, and knows nothing else.

`Channel` is what all have. The other protocols are parts that a channel has where its wire does.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from frontdesk.channels.capabilities import Capabilities
from frontdesk.channels.health import Health
from frontdesk.channels.inbound import InboundEvent, RemoteMedia
from frontdesk.channels.outbound import ApprovedTemplate, OutboundMessage, Receipt
from frontdesk.channels.request import Reply, Request
from frontdesk.channels.style import REPLY_STYLES, ReplyStyle, ReplyStyles
from frontdesk.errors import NotFound, SetupError
from frontdesk.terms import ChannelName


class Channel(Protocol):
    """One account of one channel."""

    name: ChannelName
    account: str
    capabilities: Capabilities

    async def send(self, message: OutboundMessage) -> Receipt:
        """Say one part once. Raises `SendDelayed`, `SendRefused` or `SendUnknown`; repeats nothing by itself."""
        ...


@runtime_checkable
class Splitter(Protocol):
    """A channel whose messages may be too long for one send."""

    def split(self, message: OutboundMessage) -> Sequence[OutboundMessage]:
        """The parts in order, each with its number; the same for the same message every time."""
        ...


@runtime_checkable
class Announcing(Protocol):
    """A channel that tells when a message leaves: an attempt that ends unseen before that may be repeated."""

    async def send_announced(
        self, message: OutboundMessage, leaving: Callable[[], Awaitable[None]]
    ) -> Receipt:
        """Like `send`; `leaving` is called just before the message leaves, and what it raises keeps it back."""
        ...


@runtime_checkable
class Reading(Protocol):
    """A channel that makes events of a delivery, however it came."""

    def parse(self, request: Request) -> list[InboundEvent]: ...


@runtime_checkable
class Webhook(Protocol):
    """A channel that is called over HTTP."""

    webhook: str
    """Its path behind `/webhooks/`: the provider's name and the account, such as `telegram/default`."""

    def verify(self, request: Request) -> None:
        """Prove over the raw request that the sender is who the channel says; raises `Unauthorized`."""

    def parse(self, request: Request) -> list[InboundEvent]:
        """Translate one delivery; what is no business of the desk gives no event.

        Raises `BadRequest` for what is not parseable, and `DeliveryUnreadable` for what is by all signs the
        provider's and cannot be understood: that is kept for a person to see, and the provider gets its 200.
        """
        ...


@runtime_checkable
class Challenged(Protocol):
    """A webhook that must prove itself by a GET before it is called."""

    def challenge(self, request: Request) -> Reply:
        """Raises `Unauthorized` where the secret is wrong."""
        ...


@runtime_checkable
class Acknowledging(Protocol):
    """A webhook whose caller wants to read more than an empty 200 once its delivery is kept."""

    def acknowledge(self, request: Request) -> Reply: ...


@dataclass(frozen=True, slots=True)
class Polled:
    """What one look brought, and where the next one goes on."""

    events: tuple[InboundEvent, ...]
    cursor: str
    """Kept in the transaction that keeps the events, so that nothing is skipped or lost."""
    body: bytes = b""
    content_type: str = ""
    failure: str | None = None
    """Why no event could be made of the body: it is kept for a person to see."""


@runtime_checkable
class Poller(Protocol):
    """A channel that has to be asked. One process at a time asks."""

    def poll(self, cursor: str | None) -> AsyncGenerator[Polled, None]:
        """Everything behind the cursor (None: never asked before), then what comes, for as long as it is read.

        May be abandoned at any moment. Raises `TemporaryError` or `PermanentError`.
        """
        ...


@runtime_checkable
class MediaSource(Protocol):
    """A channel whose files lie with it."""

    def fetch(self, media: RemoteMedia) -> AsyncIterator[bytes]:
        """The file in pieces; whoever reads stops at its limit. Raises `TemporaryError` or `PermanentError`."""
        ...


@runtime_checkable
class Templated(Protocol):
    """A channel with texts that its provider approved beforehand."""

    async def templates(self) -> list[ApprovedTemplate]:
        """Those that may be sent now. Raises `TemporaryError` or `PermanentError`."""
        ...


@runtime_checkable
class Checked(Protocol):
    """A channel whose provider can be asked how the account is."""

    async def health(self) -> Health:
        """Ask, and change nothing. Raises `TemporaryError` where the provider is not heard of."""
        ...


@runtime_checkable
class Connectable(Protocol):
    """A channel that can tell its provider where to call."""

    async def connect(self) -> list[str]:
        """Set up what can be set up from here; what was done, a sentence each. The same again does no harm.

        Raises `SetupError`, or `TemporaryError` where the provider is not heard of.
        """
        ...


@runtime_checkable
class Lifecycle(Protocol):
    """A channel that holds something for as long as the desk is open, such as connections."""

    async def open(self) -> None: ...
    async def close(self) -> None: ...


class Channels:
    """The configured accounts, by channel and name, and by their webhooks."""

    def __init__(self, channels: Sequence[Channel], styles: ReplyStyles = REPLY_STYLES) -> None:
        """Raises `SetupError` where two have the same name or the same webhook."""
        self._styles = styles
        self._by_key = {(channel.name, channel.account): channel for channel in channels}
        hooks = [channel for channel in channels if isinstance(channel, Webhook)]
        self._by_webhook = {hook.webhook: hook for hook in hooks}
        if len(self._by_key) < len(channels) or len(self._by_webhook) < len(hooks):
            names = ", ".join(sorted(f"{channel.name}/{channel.account}" for channel in channels))
            raise SetupError(f"two channel accounts have the same name or webhook: {names}")

    def get(self, name: ChannelName, account: str) -> Channel:
        """Raises `NotFound` where no such account is configured."""
        channel = self.find(name, account)
        if channel is None:
            raise NotFound(f"channel {name} has no account {account!r}")
        return channel

    def find(self, name: ChannelName, account: str) -> Channel | None:
        """None where the account is not configured (any more)."""
        return self._by_key.get((name, account))

    def webhook(self, path: str) -> Webhook:
        """The channel that is called at `/webhooks/<path>`; raises `NotFound`."""
        try:
            return self._by_webhook[path]
        except KeyError:
            raise NotFound("there is no such webhook") from None

    def reader(self, source: str) -> Reading:
        """Who reads what came in there: a webhook's path, or a poller's channel and account; raises `NotFound`."""
        name, _, account = source.partition("/")
        polled = self._by_key.get((ChannelName(name), account)) if name in set(ChannelName) else None
        return polled if isinstance(polled, Poller) and isinstance(polled, Reading) else self.webhook(source)

    def style(self, name: ChannelName, account: str) -> ReplyStyle:
        """How replies are written there; an account that is gone leaves its channel's style."""
        channel = self.find(name, account)
        return channel.capabilities.style if channel else self._styles[name]

    def __iter__(self) -> Iterator[Channel]:
        return iter(self._by_key.values())
