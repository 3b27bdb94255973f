"""The channels of the house under the suite that all channels pass, and on the whole road."""

import asyncio
import json
import random
from typing import Literal

import pytest

from frontdesk.channels.channel import Channel, Channels
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.channels.web_chat.channel import WebChat
from frontdesk.channels.web_form.channel import WebForm
from frontdesk.engine.mailer import Mail
from frontdesk.errors import NotFound, SendDelayed
from frontdesk.terms import ChannelName, Proof
from tests.contracts.channel_suite import ChannelSuite, Delivery
from tests.journeys.conftest import OpenDesk, desk_on, settings
from tests.journeys.talk import look, quiet, rows

__all__ = ["desk_on", "settings"]

CHAT, LETTER = REPLY_STYLES[ChannelName.WEB_CHAT], REPLY_STYLES[ChannelName.WEB_FORM]


class Post:
    """A mail server's end: takes what comes, or answers with its error."""

    leaves: Literal["sent"] = "sent"

    def __init__(self, error: type[Exception] | None = None) -> None:
        self.error = error
        self.taken: list[Mail] = []

    async def send(self, mail: Mail) -> None:
        if self.error is not None:
            raise self.error("451 come again")
        self.taken.append(mail)


class TestWebChat(ChannelSuite):
    def build(self) -> Channel:
        return WebChat(lambda address, thread: None, CHAT)

    def delivery(self, content: str, n: int = 1, peer: str = "ann") -> Delivery:
        session = {"session_id": peer, "proof": "none"}
        frame = {"type": "message", "client_msg_id": f"m{n}", "content": content, "session": session}
        return json.dumps(frame).encode(), {"x-session-proof": "none"}

    def unknown_kind(self) -> Delivery:
        return b'{"type":"dance","session":{}}', {"x-session-proof": "none"}

    def failing(self, error: type[Exception]) -> None:
        """The message in the database is the delivery: there is no other end."""

    async def test_it_shows_what_it_sends(self) -> None:
        shown: list[tuple[str, str]] = []
        chat = WebChat(lambda address, thread: shown.append((address, thread)), CHAT)
        await chat.send(self.outbound())
        assert shown == [("ann", "")]


class _FormSuite(ChannelSuite):
    def delivery(self, content: str, n: int = 1, peer: str = "ann") -> Delivery:
        body = {"subject": "A question", "body": content, "ticket_id": f"ticket-{peer}-{n}"}
        return json.dumps(body | {"customer": {"email": f"{peer}@mail.example"}}).encode(), {}

    def unknown_kind(self) -> None:
        """A form has one kind."""

    def unproven(self) -> None:
        """A form is public by nature."""

    def test_what_a_caller_states_of_itself_is_only_a_claim(self) -> None:
        [message] = self.parsed(self.delivery("hi"))
        assert message.peer.proof is Proof.CLAIMED
        [nobody] = self.parsed((b'{"body":"hi","ticket_id":"t"}', {}))
        assert nobody.peer.proof is Proof.NONE


class TestWebFormInThePortal(_FormSuite):
    def build(self) -> Channel:
        return WebForm(None, "desk@desk.example", LETTER)

    def failing(self, error: type[Exception]) -> None:
        """Without mail there is no other end."""


class TestWebFormByMail(_FormSuite):
    def build(self) -> Channel:
        return WebForm(Post(), "Desk <desk@desk.example>", LETTER)

    def failing(self, error: type[Exception]) -> Channel:
        return WebForm(Post(error), "desk@desk.example", LETTER)

    async def test_the_answer_goes_to_the_address_under_an_id_of_its_own(self) -> None:
        post = Post()
        receipt = await WebForm(post, "Desk <desk@desk.example>", LETTER).send(self.outbound())
        [mail] = post.taken
        assert (mail.to, mail.text, mail.subject) == ("ann@mail.example", "It is on its way.", "Re: order")
        assert mail.message_id == receipt.external_id == "<reply-1@desk.example>"
        assert mail.headers["Auto-Submitted"] == "auto-replied"


def test_an_account_that_nobody_configured_is_not_found() -> None:
    channels = Channels([WebForm(None, "desk@desk.example", LETTER)])
    with pytest.raises(NotFound):
        channels.get(ChannelName.WEB_FORM, "another")
    assert [channel.name for channel in channels] == [ChannelName.WEB_FORM]


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
                suite.delivery(f"n{m} where is my order?", m) for m in dice.sample(range(1, n + 1), min(n, 3))
            ]
            [new] = suite.parsed(suite.delivery(f"n{n} where is my order?", n))
            repeats = [one for delivery in again for one in suite.parsed(delivery)]
            await desk.journey.accept(new)
            await asyncio.gather(*(desk.journey.accept(one) for one in repeats))
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
