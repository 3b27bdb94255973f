"""E-mail, handed over by a relay, under the suite that all channels pass."""

import dataclasses
import uuid

import pytest

from frontdesk.channels.channel import Channel
from frontdesk.channels.email import build
from frontdesk.channels.inbound import EventKind
from frontdesk.channels.outbound import OutboundMessage
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.request import Request
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.kit.reply_tokens import Answers, ReplyTokens
from frontdesk.settings import Settings
from tests.contracts.channel_suite import ANSWER, TEXTS
from tests.contracts.post import Post
from tests.contracts.webhook_suite import WebhookSuite
from tests.emulators.mails import ADDRESS, bounce, mail, relayed, variables
from tests.unit.channels.no_blobs import NoBlobs

TOKENS = ReplyTokens(b"a key for tests")
ID = str(uuid.UUID(int=7))


class TestEmail(WebhookSuite):
    proof = "X-Frontdesk-Signature"

    def build(self, post: Post | None = None) -> Channel:
        settings = Settings.model_validate({"_env_file": None, "variables": variables()})
        deps = ChannelDeps(REPLY_STYLES, NoBlobs(), post or Post(), tokens=TOKENS)
        return build(settings, deps)[0]

    def failing(self, error: type[Exception]) -> Channel:
        return self.build(Post(error))

    def outbound(self, content: str = ANSWER, n: int = 1) -> OutboundMessage:
        return dataclasses.replace(super().outbound(content, n), address="ann@mail.example", conversation=ID)

    def signed(self, body: bytes) -> Request:
        return relayed(body)

    def request(self, content: str, n: int = 1, peer: str = "ann") -> Request:
        return relayed(mail(content, n, peer))

    def told(self, kind: EventKind) -> Request:
        ours = f"<{TOKENS.token(Answers.CONVERSATION, ID)}.reply-1@shop.example>"
        sealed = TOKENS.plus_address(ADDRESS, TOKENS.token(Answers.ESCALATION, ID)) or ""
        kinds = {
            EventKind.MESSAGE: mail("It is broken", 9, files=[("bill.pdf", "application/pdf", b"%PDF")]),
            EventKind.RECEIPT: bounce(ours),
            EventKind.STAFF_REPLY: mail("Tell them it comes today", 8, "boss", to=sealed),
        }
        return relayed(kinds[kind])

    def unknown_kind(self) -> Request:
        ours = f"<{TOKENS.token(Answers.CONVERSATION, ID)}.reply-1@shop.example>"
        return relayed(bounce(ours, status="4.4.1"))

    @pytest.mark.parametrize("what", TEXTS)
    def test_whatever_was_written_comes_through(self, what: str) -> None:
        """Mail has its own line ends, and what stands around a text is nothing."""
        written = TEXTS[what].replace("\x00", "")
        assert self.message(TEXTS[what]).content.split() == written.split()
