"""What every channel does, whatever its wire: subclass it and say how yours looks.

A channel only translates: one delivery in, events out; one part of a message in, one receipt or a named
error out. `ChannelSuite` is for all; `WebhookSuite` is for those that are called over HTTP.
"""

import ast
import dataclasses
import inspect
import sys
from abc import ABC, abstractmethod
from pathlib import Path

import pytest

from frontdesk.channels.capabilities import Settlement
from frontdesk.channels.channel import Challenged, Channel, Splitter, Webhook
from frontdesk.channels.inbound import EventKind, InboundEvent, InboundMessage
from frontdesk.channels.outbound import OutboundMessage
from frontdesk.channels.request import Request
from frontdesk.errors import BadRequest, SendDelayed, SendRefused, SendUnknown, Unauthorized
from frontdesk.intake.raw_event import keep, restore
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
ROOMS_A_CHANNEL_MAY_KNOW = ("channels", "engine", "errors", "kit", "terms", "settings")
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


class WebhookSuite(ChannelSuite):
    @abstractmethod
    def build(self) -> Channel:
        """A channel that is a `Webhook` too."""

    @abstractmethod
    def request(self, content: str, n: int = 1, peer: str = "ann") -> Request:
        """The n-th message of this peer as it comes over the wire, with its proof."""

    @abstractmethod
    def told(self, kind: EventKind) -> Request:
        """An event of a kind that the channel's capabilities name, as it comes over the wire."""

    @abstractmethod
    def unknown_kind(self) -> Request:
        """A delivery of a kind that is none of the desk's business, with its proof."""

    @abstractmethod
    def signed(self, body: bytes) -> Request:
        """Any body with its proof."""

    def challenged(self, right: bool) -> Request | None:
        """The provider's first call, with the right secret or a wrong one; None where there is none."""
        return None

    @property
    def hook(self) -> Webhook:
        channel = self.build()
        assert isinstance(channel, Webhook)
        return channel

    def parsed(self, request: Request) -> list[InboundEvent]:
        self.hook.verify(request)
        return self.hook.parse(request)

    def message(self, content: str, n: int = 1, peer: str = "ann") -> InboundMessage:
        [event] = self.parsed(self.request(content, n, peer))
        assert isinstance(event, InboundMessage)
        return event

    def test_it_is_called_at_a_provider_and_an_account(self) -> None:
        assert len([part for part in self.hook.webhook.split("/") if part]) == 2

    @pytest.mark.parametrize("kind", EventKind)
    def test_it_tells_the_kinds_that_its_capabilities_name(self, kind: EventKind) -> None:
        if kind in self.build().capabilities.tells:
            request = self.told(kind)
            events = self.parsed(request)
            assert kind in {event.kind for event in events}
            names = [(event.kind, event.external_id) for event in events]
            assert names == [(event.kind, event.external_id) for event in self.parsed(request)]
            assert [restore(keep(event)) for event in events] == events

    def test_unknown_kinds_are_nothing(self) -> None:
        assert self.parsed(self.unknown_kind()) == []

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"null", b"7", b"\xff\xfe\x00", b'"\\ud800"', b"[" * 100_000]
    )
    def test_what_cannot_be_read_is_a_bad_request(self, body: bytes) -> None:
        with pytest.raises(BadRequest) as refused:
            self.parsed(self.signed(body))
        assert refused.value.message

    def test_who_cannot_prove_where_it_comes_from_is_refused_before_anything_is_read(self) -> None:
        genuine = self.request("hi")
        forged = [
            dataclasses.replace(genuine, headers={}),
            dataclasses.replace(genuine, body=b"{ not even readable", headers={}),
            dataclasses.replace(genuine, headers=dict.fromkeys(genuine.headers, "")),
        ]
        for request in forged:
            with pytest.raises(Unauthorized):
                self.hook.verify(request)

    def test_the_letter_case_of_headers_is_nothing(self) -> None:
        genuine = self.request("hi")
        shouted = {name.upper(): value for name, value in genuine.headers.items()}
        assert self.parsed(dataclasses.replace(genuine, headers=shouted)) == self.parsed(genuine)

    def test_only_who_knows_the_secret_passes_the_challenge(self) -> None:
        channel, right, wrong = self.build(), self.challenged(True), self.challenged(False)
        if isinstance(channel, Challenged) and right is not None and wrong is not None:
            assert channel.challenge(right).status == 200
            with pytest.raises(Unauthorized):
                channel.challenge(wrong)


def _channels() -> Path:
    return Path(inspect.getsourcefile(sys.modules["frontdesk.channels"]) or "").parent


def _imports(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return {name for name in names if name.startswith("frontdesk.")}
