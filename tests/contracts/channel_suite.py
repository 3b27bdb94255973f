"""What every channel does, whatever its wire: subclass it and say how yours looks.

A channel only translates: one delivery in, messages out; one message in, one receipt or a named error out.
"""

import ast
import inspect
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

import pytest

from frontdesk.channels.channel import Channel
from frontdesk.channels.message import InboundMessage, OutboundMessage, Outcome, Receipt, Settlement
from frontdesk.errors import BadRequest, SendDelayed, SendRefused, SendUnknown, Unauthorized
from frontdesk.terms import ChannelName

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
ROOMS_A_CHANNEL_MAY_KNOW = ("channels", "engine", "errors", "kit", "terms", "settings")
Delivery = tuple[bytes, Mapping[str, str]]


class ChannelSuite(ABC):
    @abstractmethod
    def build(self) -> Channel:
        """The channel under test, its other end on this machine and in good health."""

    @abstractmethod
    def delivery(self, content: str, n: int = 1, peer: str = "ann") -> Delivery:
        """The n-th message of this peer as it comes over the wire, with its proof."""

    @abstractmethod
    def unknown_kind(self) -> Delivery | None:
        """A delivery of a kind that is none of the desk's business; None where the wire has but one kind."""

    def unproven(self) -> Delivery | None:
        """A delivery whose proof is missing or wrong; None where the channel is public by nature."""
        raw, _ = self.delivery("hi")
        return raw, {}

    @abstractmethod
    def failing(self, error: type[Exception]) -> Channel | None:
        """The channel with an other end that delays, refuses or is not heard of; None where it cannot."""

    def outbound(self, n: int = 1) -> OutboundMessage:
        channel = self.build()
        return OutboundMessage(
            f"reply-{n}", channel.name, channel.account, "ann", "", "It is on its way.", "en", "Re: order",
            email="ann@mail.example",
        )  # fmt: skip

    def parsed(self, delivery: Delivery) -> list[InboundMessage]:
        channel = self.build()
        channel.verify(*delivery)
        return channel.parse(*delivery)

    def test_one_delivery_gives_the_message_with_its_channel_and_peer(self) -> None:
        [message] = self.parsed(self.delivery("Where is my order?"))
        assert (message.channel, message.account) == (self.build().name, self.build().account)
        assert message.content == "Where is my order?"
        assert message.peer.address
        assert message.sent_at.tzinfo is not None

    def test_the_same_delivery_has_the_same_name_for_ever_and_another_has_another(self) -> None:
        def names(delivery: Delivery) -> list[tuple[str, str]]:
            return [(one.kind, one.external_id) for one in self.parsed(delivery)]

        first = names(self.delivery("Hello", 1))
        assert first == names(self.delivery("Hello", 1))
        assert first != names(self.delivery("Hello", 2))
        assert first != names(self.delivery("Hello", 1, peer="bob"))

    @pytest.mark.parametrize("what", TEXTS)
    def test_whatever_was_written_comes_through(self, what: str) -> None:
        [message] = self.parsed(self.delivery(TEXTS[what]))
        assert message.content == TEXTS[what]

    def test_unknown_kinds_are_nothing(self) -> None:
        if (delivery := self.unknown_kind()) is not None:
            assert self.parsed(delivery) == []

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b"7",
            b"\xff\xfe\x00",
            b'{"type":"message"}',
            b'"\\ud800"',
            b"[" * 100_000,
        ],
    )
    def test_what_cannot_be_read_is_a_bad_request(self, raw: bytes) -> None:
        _, headers = self.delivery("hi")
        with pytest.raises(BadRequest) as refused:
            self.build().parse(raw, headers)
        assert refused.value.message

    def test_who_cannot_prove_where_it_comes_from_is_refused_before_anything_is_read(self) -> None:
        delivery = self.unproven()
        if delivery is not None:
            with pytest.raises(Unauthorized):
                self.build().verify(*delivery)
            with pytest.raises(Unauthorized):
                self.build().verify(b"{ not even readable", delivery[1])

    async def test_what_was_taken_has_a_receipt(self) -> None:
        receipt = await self.build().send(self.outbound())
        assert isinstance(receipt, Receipt)
        assert receipt.outcome in tuple(Outcome)
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

    def test_replies_have_the_lengths_and_the_tone_of_the_contract(self) -> None:
        channel = self.build()
        style = channel.capabilities.style
        assert (style.max_words, style.max_characters, style.tone) == CONTRACT[channel.name]

    def test_it_translates_only_and_knows_no_ticket_and_no_customer(self) -> None:
        module = sys.modules[type(self.build()).__module__]
        folder = Path(inspect.getsourcefile(module) or "").parent
        known = {name for file in folder.rglob("*.py") for name in _imports(file)}
        assert {name.split(".")[1] for name in known} <= set(ROOMS_A_CHANNEL_MAY_KNOW)


def _imports(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return {name for name in names if name.startswith("frontdesk.")}
