"""Telegram under the suite that all channels pass, called and asked."""

from collections.abc import Iterator
from typing import ClassVar

import pytest

from frontdesk.channels.channel import Channel, Channels, Connectable, Poller, Webhook
from frontdesk.channels.inbound import EventKind, InboundMessage
from frontdesk.channels.request import Request
from frontdesk.channels.telegram.polled import PolledTelegram
from frontdesk.channels.telegram.webhook import SECRET, CalledTelegram
from frontdesk.db.pool import Database, fetch_value
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import NotFound
from frontdesk.intake.accept import Delivery, accept_delivery
from frontdesk.intake.webhook import Outcome, read_again
from tests.contracts.channel_suite import ChannelSuite
from tests.contracts.telegram_account import STYLE, UNUSED, account
from tests.contracts.webhook_suite import WebhookSuite
from tests.emulators import bot_api
from tests.emulators.bot_api import CHAT, BotApiStub, message, update
from tests.emulators.http_stub import HttpStub, http_stub


@pytest.fixture(scope="module", autouse=True)
def provider() -> Iterator[HttpStub]:
    with http_stub(BotApiStub()) as stub:
        TestCalledTelegram.stub = TestPolledTelegram.stub = stub
        yield stub


def written(content: str, n: int, peer: str) -> Request:
    chat = {"ann": 111}.get(peer, 222)
    said_by = bot_api.ANN | {"id": chat}
    return bot_api.request(
        update(n, message=message(n, text=content) | {"chat": CHAT | {"id": chat}, "from": said_by})
    )


class TestCalledTelegram(WebhookSuite):
    stub: ClassVar[HttpStub]
    proof = SECRET
    signs_body = False

    def build(self, prefix: str = "") -> CalledTelegram:
        return CalledTelegram(
            "default", account(self.stub.url + prefix), STYLE, UNUSED, "https://desk.example"
        )

    def failing(self, error: type[Exception]) -> Channel:
        return self.build(f"/{error.__name__}")

    def signed(self, body: bytes) -> Request:
        return bot_api.signed(body)

    def request(self, content: str, n: int = 1, peer: str = "ann") -> Request:
        return written(content, n, peer)

    def told(self, kind: EventKind) -> Request:
        photo = [{"file_id": "f1", "file_unique_id": "u1", "width": 90, "height": 60}]
        updates = {
            EventKind.MESSAGE: {"message": message(photo=photo, caption="It is broken")},
            EventKind.EDIT: {"edited_message": message(text="hello", edit_date=bot_api.AT + 1)},
            EventKind.REACTION: {"message_reaction": bot_api.reacted("👍")},
            EventKind.BUTTON: {"callback_query": bot_api.pressed()},
            EventKind.SUBSCRIPTION: {"my_chat_member": bot_api.membership("kicked")},
        }
        return bot_api.request(update(1, **updates[kind]))

    def unknown_kind(self) -> Request:
        return bot_api.request(update(poll={"id": "1", "question": "?"}))

    def test_it_is_called_and_not_asked(self) -> None:
        assert isinstance(self.build(), Webhook)
        assert isinstance(self.build(), Connectable)
        assert not isinstance(self.build(), Poller)

    def test_without_a_secret_of_its_own_nobody_is_let_in(self) -> None:
        open_to_all = account(self.stub.url).model_copy(update={"webhook_secret": None})
        channel = CalledTelegram("default", open_to_all, STYLE, UNUSED, "https://desk.example")
        with pytest.raises(Exception, match="missing or wrong"):
            channel.verify(Request("POST", bot_api.URL, {SECRET: ""}, b"{}"))


class TestPolledTelegram(ChannelSuite):
    stub: ClassVar[HttpStub]

    def build(self, prefix: str = "") -> PolledTelegram:
        return PolledTelegram("default", account(self.stub.url + prefix), STYLE, UNUSED)

    def failing(self, error: type[Exception]) -> Channel:
        return self.build(f"/{error.__name__}")

    def message(self, content: str, n: int = 1, peer: str = "ann") -> InboundMessage:
        [event] = self.build().parse(written(content, n, peer))
        assert isinstance(event, InboundMessage)
        return event

    def test_it_is_asked_and_nobody_may_call_it(self) -> None:
        assert isinstance(self.build(), Poller)
        assert not isinstance(self.build(), Webhook)

    async def test_what_was_set_aside_can_be_read_again(self, db: Database, lanes: Lanes) -> None:
        kept = Delivery("telegram/default", written("Hello", 1, "ann").body, "application/json")
        async with db.transaction() as conn:
            assert await accept_delivery(conn, lanes, kept, [], "an older version could not read it") == []
            delivery_id = await fetch_value(conn, "select delivery_id from raw_delivery")
        channels = Channels([self.build()])
        assert await read_again(db, lanes, channels, delivery_id) is Outcome.ACCEPTED
        async with db.connection() as conn:
            assert await fetch_value(conn, "select failure from raw_delivery") is None
        with pytest.raises(NotFound):
            channels.reader("telegram/another")
