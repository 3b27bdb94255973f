"""The one contract that every channel keeps: it translates, and knows nothing else."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from frontdesk.channels.message import Capabilities, InboundMessage, OutboundMessage, Receipt
from frontdesk.channels.style import REPLY_STYLES, ReplyStyle, ReplyStyles
from frontdesk.errors import NotFound
from frontdesk.terms import ChannelName


class Channel(Protocol):
    name: ChannelName
    account: str
    capabilities: Capabilities

    def verify(self, raw: bytes, headers: Mapping[str, str]) -> None:
        """Prove over the raw bytes that the sender is who the channel says; raises `Unauthorized`."""

    def parse(self, raw: bytes, headers: Mapping[str, str]) -> list[InboundMessage]:
        """Translate one delivery; unknown kinds give an empty list. Raises `BadRequest` for what is not parseable."""
        ...

    async def send(self, message: OutboundMessage) -> Receipt:
        """Say it once. Raises `SendDelayed`, `SendRefused` or `SendUnknown`; repeats nothing by itself."""
        ...


class Channels:
    """The configured channels by name and account."""

    def __init__(self, channels: list[Channel], styles: ReplyStyles = REPLY_STYLES) -> None:
        self._styles = styles
        self._by_key = {(channel.name, channel.account): channel for channel in channels}

    def get(self, name: ChannelName, account: str) -> Channel:
        """Raises `NotFound` where no such account is configured."""
        try:
            return self._by_key[(name, account)]
        except KeyError:
            raise NotFound(f"channel {name} has no account {account!r}") from None

    def find(self, name: ChannelName, account: str) -> Channel | None:
        """None where the account is not configured (any more)."""
        return self._by_key.get((name, account))

    def style(self, name: ChannelName, account: str) -> ReplyStyle:
        """How replies are written there; an account that is gone leaves its channel's style."""
        channel = self.find(name, account)
        return channel.capabilities.style if channel else self._styles[name]

    def __iter__(self) -> Iterator[Channel]:
        return iter(self._by_key.values())
