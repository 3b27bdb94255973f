"""WhatsApp's Cloud API under the suite that all channels pass."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from frontdesk.channels.channel import Channel
from frontdesk.channels.inbound import EventKind
from frontdesk.channels.request import Request
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.channels.whatsapp.account import WhatsAppAccount
from frontdesk.channels.whatsapp.channel import WhatsApp
from frontdesk.engine.blobs import FolderBlobs
from frontdesk.terms import ChannelName
from tests.contracts.webhook_suite import WebhookSuite
from tests.emulators import cloud_api
from tests.emulators.cloud_api import APP_SECRET, PHONE_ID, CloudApi, delivered, message, status
from tests.emulators.http_stub import HttpStub, http_stub


@pytest.fixture(scope="module", autouse=True)
def provider() -> Iterator[HttpStub]:
    with http_stub(CloudApi()) as stub:
        TestWhatsApp.stub = stub
        yield stub


class TestWhatsApp(WebhookSuite):
    proof = "X-Hub-Signature-256"
    stub: ClassVar[HttpStub]

    def build(self, prefix: str = "") -> WhatsApp:
        account = WhatsAppAccount.model_validate(
            {
                "token": "t",
                "phone_number_id": PHONE_ID,
                "app_secret": APP_SECRET,
                "verify_token": "v",
                "api_url": self.stub.url + prefix,
            }
        )
        style = REPLY_STYLES[ChannelName.WHATSAPP]
        return WhatsApp("default", account, style, FolderBlobs(Path("unused")), {PHONE_ID: "default"})

    def failing(self, error: type[Exception]) -> Channel:
        return self.build(f"/{error.__name__}")

    def signed(self, body: bytes) -> Request:
        return cloud_api.signed(body)

    def request(self, content: str, n: int = 1, peer: str = "ann") -> Request:
        written = message("text", {"body": content}, f"wamid.{peer}{n}")
        return cloud_api.request(delivered(written))

    def told(self, kind: EventKind) -> Request:
        reply = {"type": "button_reply", "button_reply": {"id": "yes", "title": "Yes"}}
        edit = {"original_message_id": "wamid.IN1", "message": {"type": "text", "text": {"body": "hello"}}}
        stop = {"wa_id": "77010000001", "category": "marketing_messages", "value": "stop", "timestamp": 1}
        deliveries = {
            EventKind.MESSAGE: delivered(message("image", {"id": "55", "mime_type": "image/png"})),
            EventKind.EDIT: delivered(message("edit", edit)),
            EventKind.DELETION: delivered(message("revoke", {"original_message_id": "wamid.IN1"})),
            EventKind.REACTION: delivered(message("reaction", {"message_id": "wamid.IN1", "emoji": "👍"})),
            EventKind.RECEIPT: delivered(statuses=[status("read")]),
            EventKind.BUTTON: delivered(message("interactive", reply)),
            EventKind.SUBSCRIPTION: delivered(user_preferences=[stop]),
        }
        return cloud_api.request(deliveries[kind])

    def unknown_kind(self) -> Request:
        return cloud_api.request(delivered(message("hologram", {"id": "1"})))

    def challenged(self, right: bool) -> Request:
        token = "v" if right else "x"
        query = f"hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}"
        return Request("GET", f"{cloud_api.URL}?{query}", {})

    def test_the_challenge_comes_back_as_it_was(self) -> None:
        assert self.build().challenge(self.challenged(True)).body == b"1158201444"
