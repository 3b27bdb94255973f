"""The channels of the house under the suite that all channels pass, and on the whole road."""

import asyncio
import dataclasses
import random
from typing import Any

import pytest

from frontdesk.channels.channel import Channel, Channels
from frontdesk.channels.email.letter import Letterhead
from frontdesk.channels.inbound import EventKind, InboundMessage, Peer
from frontdesk.channels.outbound import OutboundMessage
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.request import Request
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.channels.web_chat.channel import WebChat
from frontdesk.channels.web_form.channel import WebForm
from frontdesk.errors import BadRequest, NotFound, SendDelayed, SetupError
from frontdesk.terms import ChannelName, Proof
from tests.contracts import toy_channel
from tests.contracts.channel_suite import ChannelSuite
from tests.contracts.post import Post
from tests.contracts.toy_channel import ToyChannel, Wire
from tests.contracts.webhook_suite import WebhookSuite
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import look, quiet, rows
from tests.unit.channels.no_blobs import NoBlobs

CHAT = REPLY_STYLES[ChannelName.WEB_CHAT]


def a_form(post: Post | None) -> WebForm:
    head = Letterhead("desk@desk.example", "Desk")
    return WebForm(ChannelDeps(REPLY_STYLES, NoBlobs(), post), head)


class TestWebChat(ChannelSuite):
    def build(self) -> WebChat:
        return WebChat(CHAT)

    def message(self, content: str, n: int = 1, peer: str = "ann") -> InboundMessage:
        return self.build().message(Peer(peer), f"m{n}", content)

    def failing(self, error: type[Exception]) -> None:
        """The message in the database is the delivery: there is no other end."""

    @pytest.mark.parametrize("id", [None, 7, "", "a" * 201, "a\x00b", "\ud800"])
    def test_a_message_without_a_good_id_of_its_own_is_a_bad_request(self, id: object) -> None:
        with pytest.raises(BadRequest):
            self.build().message(Peer("ann"), id, "hi")

    def test_a_message_without_words_is_a_bad_request(self) -> None:
        with pytest.raises(BadRequest):
            self.build().message(Peer("ann"), "m1", {"text": "hi"})


class _FormSuite(ChannelSuite):
    def message(self, content: str, n: int = 1, peer: str = "ann") -> InboundMessage:
        form = self.build()
        assert isinstance(form, WebForm)
        return form.message(f"ticket-{peer}-{n}", content, email=f"{peer}@mail.example", subject="A question")

    def test_what_a_caller_states_of_itself_is_only_a_claim(self) -> None:
        form = self.build()
        assert isinstance(form, WebForm)
        assert self.message("hi").peer.proof is Proof.CLAIMED
        assert form.message("t", "hi").peer.proof is Proof.NONE


class TestWebFormInThePortal(_FormSuite):
    def build(self) -> Channel:
        return a_form(None)

    def failing(self, error: type[Exception]) -> None:
        """Without mail there is no other end."""


class TestWebFormByMail(_FormSuite):
    def build(self) -> Channel:
        return a_form(Post())

    def failing(self, error: type[Exception]) -> Channel:
        return a_form(Post(error))

    async def test_the_answer_goes_to_the_address_under_an_id_of_its_own(self) -> None:
        post = Post()
        receipt = await a_form(post).send(self.outbound())
        [mail] = post.taken
        assert (mail.to, mail.text, mail.subject) == ("ann@mail.example", "It is on its way.\n", "Re: order")
        assert mail.message_id == receipt.external_id == "<reply-1@desk.example>"
        assert mail.headers["Auto-Submitted"] == "auto-replied"


async def test_a_mail_of_a_form_ends_with_the_way_into_the_portal() -> None:
    post = Post()
    deps = ChannelDeps(
        REPLY_STYLES, NoBlobs(), post, lambda number, language: f"{language}: /portal/{number}"
    )
    form = WebForm(deps, Letterhead("desk@desk.example", "Desk"))
    answer = OutboundMessage(
        "reply-1", form.name, form.account, "ann", "", "It is here.", "kk", email="ann@mail.example",
        ticket_number="T-000007",
    )  # fmt: skip
    await form.send(answer)
    [mail] = post.taken
    assert "It is here." in mail.text
    assert "kk: /portal/T-000007" in mail.text


class TestToyChannel(WebhookSuite):
    url = "http://desk.example/webhooks/toy/default"
    proof = "X-Toy-Signature"

    def build(self) -> ToyChannel:
        return ToyChannel("default", "s", Wire(), CHAT)

    def failing(self, error: type[Exception]) -> Channel:
        return ToyChannel("default", "s", Wire(errors=[error("come again")]), CHAT)

    def signed(self, body: bytes) -> Request:
        return toy_channel.signed("s", self.url, body)

    def request(self, content: str, n: int = 1, peer: str = "ann") -> Request:
        event = toy_channel.event("message", f"{peer}-{n}", peer, content=content)
        return self.signed(toy_channel.delivery(event))

    def told(self, kind: EventKind) -> Request:
        fields: dict[EventKind, dict[str, Any]] = {
            EventKind.MESSAGE: {"content": "hi", "media": [{"reference": "f", "content_type": "image/png"}]},
            EventKind.EDIT: {"target": "ann-1", "content": "hello"},
            EventKind.DELETION: {"target": "ann-1"},
            EventKind.REACTION: {"target": "ann-1", "emoji": "👍"},
            EventKind.RECEIPT: {"target": "toy-1-0", "state": "read"},
            EventKind.BUTTON: {"payload": "yes", "label": "Yes"},
            EventKind.SUBSCRIPTION: {"state": "blocked"},
            EventKind.STAFF_REPLY: {"escalation_id": "e", "content": "Tell them it comes today"},
        }
        return self.signed(toy_channel.delivery(toy_channel.event(kind, "e1", **fields[kind])))

    def unknown_kind(self) -> Request:
        return self.signed(toy_channel.delivery(toy_channel.event("dance", "e1")))

    def challenged(self, right: bool) -> Request:
        return Request("GET", f"{self.url}?challenge=42&secret={'s' if right else 'x'}", {})

    def test_the_signature_holds_for_one_address_and_one_body(self) -> None:
        genuine = self.request("hi")
        for other in (
            dataclasses.replace(genuine, url=genuine.url + "?a=b"),
            dataclasses.replace(genuine, body=genuine.body + b" "),
        ):
            with pytest.raises(Exception, match="signature"):
                self.build().verify(other)


def test_an_account_that_nobody_configured_is_not_found() -> None:
    channels = Channels([a_form(None)])
    with pytest.raises(NotFound):
        channels.get(ChannelName.WEB_FORM, "another")
    assert channels.find(ChannelName.WEB_FORM, "another") is None
    assert channels.style(ChannelName.SMS, "another") is REPLY_STYLES[ChannelName.SMS]
    assert [channel.name for channel in channels] == [ChannelName.WEB_FORM]


def test_two_accounts_of_one_name_are_a_wrong_setting() -> None:
    with pytest.raises(SetupError, match="web_chat/default"):
        Channels([WebChat(CHAT), WebChat(CHAT)])


def test_a_delay_tells_how_long() -> None:
    assert SendDelayed("later", retry_after=7).retry_after == 7


@pytest.mark.parametrize("suite", [TestWebChat(), TestWebFormInThePortal()])
async def test_deliveries_that_come_again_and_again_have_their_effect_once_and_in_order(
    desk_on: OpenDesk, suite: ChannelSuite
) -> None:
    """Each message comes three times, mixed with those that follow it, as after a webhook's time-out."""
    dice = random.Random(3)  # an order, not a secret
    async with desk_on() as desk:
        for n in range(1, 9):
            again = [
                suite.message(f"n{m} where is my order?", m) for m in dice.sample(range(1, n + 1), min(n, 3))
            ]
            await desk.journey.accept(suite.message(f"n{n} where is my order?", n))
            await asyncio.gather(*(desk.journey.accept(message) for message in again))
        await quiet(desk)
        seen = await look(desk)
        asked = [m.content for m in seen.messages if m.sender_type == "customer"]
        assert sorted(asked) == [f"n{n} where is my order?" for n in range(1, 9)]
        for ticket in seen.tickets:
            own = [m.content for m in seen.messages if m.ticket_id == ticket.ticket_id]
            assert (in_order := [text for text in own if text in asked]) == sorted(in_order)
        answered = " | ".join(m.content.removeprefix("RE: ") for m in seen.by_ai)
        assert sorted(answered.split(" | ")) == sorted(text.upper() for text in asked)
        assert {row["state"] for row in await rows(desk, "select state from outbox")} == {"sent"}
