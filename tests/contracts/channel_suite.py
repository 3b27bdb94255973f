"""What every channel does, whatever its wire: subclass it and say how yours looks.

A channel only translates: one delivery in, events out; one part of a message in, one receipt or a named
error out. `ChannelSuite` is for all; `WebhookSuite` (webhook_suite.py) is for those that are called over HTTP.
"""

import ast
import dataclasses
import inspect
import sys
from abc import ABC, abstractmethod
from pathlib import Path

import pytest

from frontdesk.channels.capabilities import Settlement
from frontdesk.channels.channel import Channel, Splitter
from frontdesk.channels.inbound import InboundMessage
from frontdesk.channels.outbound import Button, OutboundMessage
from frontdesk.errors import SendDelayed, SendRefused, SendUnknown
from frontdesk.terms import ChannelName, DeliveryState

TEXTS = {
    "plain": "Where is my order 54321?",
    "Kazakh": "Тапсырысым қайда? Әлі келген жоқ.",
    "right to left": "أين طلبي رقم 54321؟ \u202eabc",
    "emoji": "👩‍👩‍👧‍👦 where is my 📦? 🇰🇿",
    "markup": "<script>alert(1)</script> {{7*7}} ${jndi:x} %s \\x00 '; drop table ticket; --",
    "white space": "  \t a \r\n b \u00a0\u200b ",
    "NUL": "a\x00b",
    "long": "ж" * 100_000,
    "combining": "Z" + "\u0336" * 5_000,
}
CONTRACT = {
    ChannelName.SMS: (None, 160, "casual"),
    ChannelName.EMAIL: (200, None, "professional"),
    ChannelName.WEB_FORM: (200, None, "professional"),
    ChannelName.WEB_CHAT: (100, None, "friendly"),
    ChannelName.TELEGRAM: (100, None, "friendly"),
    ChannelName.WHATSAPP: (100, None, "friendly"),
    ChannelName.INSTAGRAM: (100, None, "friendly"),
    ChannelName.PHONE: (75, None, "conversational"),
}
"""The most words, the most characters and the tone of replies (contracts: Replies and drafts by channel)."""
ROOMS_A_CHANNEL_MAY_KNOW = ("channels", "engine", "errors", "kit", "mail", "terms", "settings")
ANSWER = "It is on its way."


class ChannelSuite(ABC):
    @abstractmethod
    def build(self) -> Channel:
        """The channel under test, its other end on this machine and in good health."""

    @abstractmethod
    def message(self, content: str, n: int = 1, peer: str = "ann") -> InboundMessage:
        """The n-th message of this peer as the channel makes it."""

    @abstractmethod
    def failing(self, error: type[Exception]) -> Channel | None:
        """The channel with an other end that delays, refuses or is not heard of; None where it cannot."""

    def outbound(self, content: str = ANSWER, n: int = 1) -> OutboundMessage:
        channel = self.build()
        return OutboundMessage(
            f"reply-{n}", channel.name, channel.account, "ann", "", content, "en", "Re: order",
            email="ann@mail.example",
        )  # fmt: skip

    def test_a_message_has_its_channel_and_its_peer(self) -> None:
        message = self.message("Where is my order?")
        assert (message.channel, message.account) == (self.build().name, self.build().account)
        assert message.content == "Where is my order?"
        assert message.peer.address
        assert message.sent_at.tzinfo is not None

    def test_the_same_message_has_the_same_name_for_ever_and_another_has_another(self) -> None:
        def name(n: int, peer: str = "ann") -> str:
            return self.message("Hello", n, peer).external_id

        assert name(1) == name(1)
        assert len({name(1), name(2), name(1, "bob")}) == 3

    @pytest.mark.parametrize("what", TEXTS)
    def test_whatever_was_written_comes_through(self, what: str) -> None:
        assert self.message(TEXTS[what]).content == TEXTS[what]

    async def test_what_was_taken_has_a_receipt(self) -> None:
        receipt = await self.build().send(self.outbound())
        assert receipt.state in (DeliveryState.SENT, DeliveryState.DELIVERED)
        assert receipt.external_id

    async def test_a_send_may_be_repeated_where_the_settlement_says_so(self) -> None:
        channel = self.build()
        if channel.capabilities.settlement in (Settlement.OWN_DB, Settlement.CLIENT_ID):
            assert await channel.send(self.outbound()) == await channel.send(self.outbound())

    @pytest.mark.parametrize("error", [SendDelayed, SendRefused, SendUnknown])
    async def test_a_send_fails_by_a_name_of_the_tree(self, error: type[Exception]) -> None:
        channel = self.failing(error)
        if channel is not None:
            with pytest.raises(error) as failed:
                await channel.send(self.outbound())
            assert str(failed.value)

    @pytest.mark.parametrize("what", ["plain", "emoji", "long", "combining"])
    async def test_every_part_of_a_long_message_is_sent_and_has_a_receipt_of_its_own(self, what: str) -> None:
        channel = self.build()
        if not isinstance(channel, Splitter):
            return
        whole = self.outbound(TEXTS[what])
        parts = channel.split(whole)
        assert parts == channel.split(whole)
        assert [part.part for part in parts] == list(range(len(parts)))
        assert "".join("".join(part.content for part in parts).split()) == "".join(TEXTS[what].split())
        receipts = [await channel.send(part) for part in parts]
        assert len({receipt.external_id for receipt in receipts}) == len(parts)

    async def test_as_many_buttons_as_it_says_are_taken(self) -> None:
        channel = self.build()
        limits = channel.capabilities.buttons
        if limits is not None:
            button = Button("ә" * limits.label_characters, "x" * limits.payload_bytes)
            message = dataclasses.replace(self.outbound(), buttons=(button,) * limits.most)
            assert (await channel.send(message)).external_id

    def test_replies_have_the_lengths_and_the_tone_of_the_contract(self) -> None:
        channel = self.build()
        style = channel.capabilities.style
        assert (style.max_words, style.max_characters, style.tone) == CONTRACT[channel.name]

    def test_it_translates_only_and_knows_no_ticket_and_no_customer(self) -> None:
        module = sys.modules[type(self.build()).__module__]
        source = Path(inspect.getsourcefile(module) or "")
        files = source.parent.rglob("*.py") if source.is_relative_to(_channels()) else [source]
        known = {name for file in files for name in _imports(file)}
        assert {name.split(".")[1] for name in known} <= set(ROOMS_A_CHANNEL_MAY_KNOW)


def _channels() -> Path:
    return Path(inspect.getsourcefile(sys.modules["frontdesk.channels"]) or "").parent


def _imports(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return {name for name in names if name.startswith("frontdesk.")}
