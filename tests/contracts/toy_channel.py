"""A channel that is one file: every part of the contract, over a wire of a few lines.

Its account comes from the variables `TOY_SECRET` and `TOY_WIRE`, or from `CHANNEL_ACCOUNTS`.
"""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from pydantic import TypeAdapter

from frontdesk.channels.capabilities import ButtonLimits, Capabilities, MediaLimit, ReplyWindow, Settlement
from frontdesk.channels.channel import Channel
from frontdesk.channels.inbound import (
    ButtonPressed,
    DeliveryReceipt,
    EventKind,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    Reacted,
    RemoteMedia,
    StaffReplied,
    SubscriptionChanged,
)
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.channels.registry import AccountSettings, ChannelDeps, accounts
from frontdesk.channels.request import Reply, Request
from frontdesk.channels.split import split_text
from frontdesk.channels.style import ReplyStyle
from frontdesk.errors import BadRequest, DeliveryUnreadable, FileRefused, Unauthorized
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName, DeliveryState, Proof

PART = 200
"""Characters of one send."""
DAY = timedelta(hours=24)
NOW = int(datetime.now(UTC).timestamp())


class ToyAccount(AccountSettings):
    secret: str
    wire: str = "default"


@dataclass
class Wire:
    """The provider's end."""

    taken: list[OutboundMessage] = field(default_factory=list)
    errors: list[Exception | None] = field(default_factory=list)
    """Raised by the next sends, one each; None: it is taken."""
    files: dict[str, bytes] = field(default_factory=dict)


WIRES: dict[str, Wire] = {}


def build(settings: Settings, deps: ChannelDeps) -> list[Channel]:
    style = deps.styles[ToyChannel.name]
    return [
        ToyChannel(name, account.secret, WIRES.setdefault(account.wire, Wire()), style)
        for name, account in accounts(settings, "toy", ToyAccount).items()
    ]


class ToyChannel:
    name = ChannelName.TELEGRAM

    def __init__(self, account: str, secret: str, wire: Wire, style: ReplyStyle) -> None:
        self.account = account
        self.webhook = f"toy/{account}"
        self.wire = wire
        self._secret = secret
        self.capabilities = Capabilities(
            Settlement.NONE,
            style,
            window=ReplyWindow(ai=DAY, person=7 * DAY),
            buttons=ButtonLimits(most=3, label_characters=20, payload_bytes=64),
            templates=True,
            tells=frozenset(EventKind),
            receipts=frozenset({DeliveryState.DELIVERED, DeliveryState.READ, DeliveryState.FAILED}),
            media=(MediaLimit("image/*", 1000),),
            delivery_bytes=300_000,
        )

    def verify(self, request: Request) -> None:
        given = request.header("X-Toy-Signature").encode()
        if not hmac.compare_digest(sign(self._secret, request).encode(), given):
            raise Unauthorized("the signature is wrong")

    def parse(self, request: Request) -> list[InboundEvent]:
        try:
            events = json.loads(request.body)["events"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise BadRequest("not a toy's delivery") from None
        try:
            return [read for event in events if (read := self._event(event)) is not None]
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise DeliveryUnreadable(f"{type(error).__name__} in a toy's event") from None

    def challenge(self, request: Request) -> Reply:
        query = parse_qs(urlsplit(request.url).query)
        if query.get("secret") != [self._secret]:
            raise Unauthorized("the secret is wrong")
        return Reply(query["challenge"][0].encode())

    def acknowledge(self, request: Request) -> Reply:
        return Reply(b"<ok/>", "text/xml")

    def split(self, message: OutboundMessage) -> Sequence[OutboundMessage]:
        texts = split_text(message.content, PART)
        return [replace(message, content=text, part=part) for part, text in enumerate(texts)]

    async def send(self, message: OutboundMessage) -> Receipt:
        if self.wire.errors and (error := self.wire.errors.pop(0)):
            raise error
        self.wire.taken.append(message)
        return Receipt(f"toy-{message.message_id}-{message.part}")

    async def fetch(self, media: RemoteMedia) -> AsyncIterator[bytes]:
        if media.reference not in self.wire.files:
            raise FileRefused("the file is gone")
        yield self.wire.files[media.reference]

    _KINDS: ClassVar[dict[str, type[InboundEvent]]] = {
        "message": InboundMessage,
        "edit": MessageEdited,
        "deletion": MessageDeleted,
        "reaction": Reacted,
        "receipt": DeliveryReceipt,
        "button": ButtonPressed,
        "subscription": SubscriptionChanged,
        "staff_reply": StaffReplied,
    }

    def _event(self, event: dict[str, Any]) -> InboundEvent | None:
        kind = self._KINDS.get(event["type"])
        if kind is None:
            return None
        given = {
            "channel": self.name,
            "account": self.account,
            "external_id": event["id"],
            "peer": {"address": event["from"], "proof": Proof.ATTESTED},
            "sent_at": datetime.fromtimestamp(event["at"], UTC),
        }
        return TypeAdapter(kind).validate_python(event.get("fields", {}) | given)


def sign(secret: str, request: Request) -> str:
    return hmac.new(secret.encode(), request.url.encode() + request.body, hashlib.sha256).hexdigest()


def signed(secret: str, url: str, body: bytes) -> Request:
    request = Request("POST", url, {}, body)
    return replace(request, headers={"x-toy-signature": sign(secret, request)})


def event(kind: str, id: str, sender: str = "ann", **fields: Any) -> dict[str, Any]:
    return {"type": kind, "id": id, "from": sender, "at": NOW, "fields": fields}


def delivery(*events: dict[str, Any]) -> bytes:
    return json.dumps({"events": events}).encode()
