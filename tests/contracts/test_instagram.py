"""Instagram under the suite that all channels pass."""

from collections.abc import Iterator
from typing import ClassVar

import pytest

from frontdesk.channels.channel import Channel
from frontdesk.channels.inbound import EventKind
from frontdesk.channels.instagram.account import InstagramAccount
from frontdesk.channels.instagram.channel import Instagram
from frontdesk.channels.request import Request
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.terms import ChannelName
from tests.contracts.webhook_suite import WebhookSuite
from tests.emulators import instagram_api
from tests.emulators.http_stub import HttpStub, http_stub
from tests.emulators.instagram_api import ACCOUNT_ID, APP_SECRET, InstagramApi, delivered, direct, message


@pytest.fixture(scope="module", autouse=True)
def provider() -> Iterator[HttpStub]:
    with http_stub(InstagramApi()) as stub:
        TestInstagram.stub = stub
        yield stub


class TestInstagram(WebhookSuite):
    proof = "X-Hub-Signature-256"
    stub: ClassVar[HttpStub]

    def build(self, prefix: str = "") -> Instagram:
        given = {"token": "t", "account_id": ACCOUNT_ID, "app_secret": APP_SECRET, "verify_token": "v"}
        account = InstagramAccount.model_validate({**given, "api_url": self.stub.url + prefix})
        return Instagram("default", account, REPLY_STYLES[ChannelName.INSTAGRAM], {ACCOUNT_ID: "default"})

    def failing(self, error: type[Exception]) -> Channel:
        return self.build(f"/{error.__name__}")

    def signed(self, body: bytes) -> Request:
        return instagram_api.signed(body)

    def request(self, content: str, n: int = 1, peer: str = "ann") -> Request:
        return instagram_api.request(delivered(message(content, f"mid.{peer}{n}")))

    def told(self, kind: EventKind) -> Request:
        deliveries = {
            EventKind.MESSAGE: direct("message", {"mid": "m1", "attachments": [
                {"type": "image", "payload": {"url": "https://lookaside.fbsbx.com/1"}}]}),
            EventKind.EDIT: direct("message_edit", {"mid": "m1", "text": "hello", "num_edit": 1}),
            EventKind.DELETION: direct("message", {"mid": "m1", "is_deleted": True}),
            EventKind.REACTION: direct("reaction", {"mid": "m1", "action": "react", "emoji": "❤"}),
            EventKind.RECEIPT: direct("read", {"mid": "mid.OUT1"}),
            EventKind.BUTTON: direct("postback", {"mid": "m2", "title": "Yes", "payload": "yes"}),
        }  # fmt: skip
        return instagram_api.request(delivered(deliveries[kind]))

    def unknown_kind(self) -> Request:
        return instagram_api.request(delivered(direct("optin", {"type": "notification_messages"})))

    def challenged(self, right: bool) -> Request:
        token = "v" if right else "x"
        query = f"hub.mode=subscribe&hub.challenge=42&hub.verify_token={token}"
        return Request("GET", f"{instagram_api.URL}?{query}", {})
