"""Twilio's two channels under the suite that all channels pass."""

from collections.abc import Iterator
from typing import ClassVar

import pytest

from frontdesk.channels.channel import Channel
from frontdesk.channels.inbound import EventKind
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.request import Request
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.channels.twilio import build
from frontdesk.settings import Settings
from tests.contracts.webhook_suite import WebhookSuite
from tests.emulators import twilio_stub
from tests.emulators.http_stub import HttpStub, http_stub
from tests.emulators.twilio_stub import NUMBER, SID, TOKEN, TwilioStub, sms, status, whatsapp
from tests.unit.channels.no_blobs import NoBlobs


@pytest.fixture(scope="module", autouse=True)
def provider() -> Iterator[HttpStub]:
    with http_stub(TwilioStub()) as stub:
        _TwilioSuite.stub = stub
        yield stub


class _TwilioSuite(WebhookSuite):
    proof = "X-Twilio-Signature"
    stub: ClassVar[HttpStub]
    sender: ClassVar[str]

    def build(self, prefix: str = "") -> Channel:
        variables = {
            "TWILIO_ACCOUNT_SID": SID,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_FROM": self.sender,
            "TWILIO_API_URL": self.stub.url + prefix,
            "TWILIO_CONTENT_URL": self.stub.url + prefix,
        }
        settings = Settings.model_validate({"_env_file": None, "variables": variables})
        return build(settings, ChannelDeps(REPLY_STYLES, NoBlobs(), None))[0]

    def failing(self, error: type[Exception]) -> Channel:
        return self.build(f"/{error.__name__}")

    def signed(self, body: bytes) -> Request:
        return twilio_stub.signed(body)


class TestSms(_TwilioSuite):
    sender = NUMBER

    def request(self, content: str, n: int = 1, peer: str = "ann") -> Request:
        return twilio_stub.request(sms(content, f"SM{peer}{n}"))

    def told(self, kind: EventKind) -> Request:
        fields = {
            EventKind.MESSAGE: sms("hi", NumMedia="1", MediaUrl0="https://api.twilio.com/M", SmsSid=""),
            EventKind.RECEIPT: status("delivered"),
            EventKind.SUBSCRIPTION: sms("STOP", "SM7"),
        }
        return twilio_stub.request(fields[kind])

    def unknown_kind(self) -> Request:
        return twilio_stub.request({"AccountSid": SID, "CallSid": "CA1", "CallStatus": "ringing"})


class TestWhatsAppByTwilio(_TwilioSuite):
    sender = f"whatsapp:{NUMBER}"

    def request(self, content: str, n: int = 1, peer: str = "ann") -> Request:
        return twilio_stub.request(whatsapp(content, f"SM{peer}{n}"))

    def told(self, kind: EventKind) -> Request:
        fields = {
            EventKind.MESSAGE: whatsapp("", MessageType="location", Latitude="43.2", Longitude="76.9"),
            EventKind.RECEIPT: status("read", prefix="whatsapp:"),
            EventKind.SUBSCRIPTION: whatsapp("STOP", "SM7", OptOutType="STOP"),
            EventKind.BUTTON: whatsapp(
                "Yes", "SM8", MessageType="button", ButtonPayload="yes", ButtonText="Yes"
            ),
        }
        return twilio_stub.request(fields[kind])

    def unknown_kind(self) -> Request:
        return twilio_stub.request(status("typing", prefix="whatsapp:"))
