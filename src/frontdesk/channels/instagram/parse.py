"""Read what Instagram delivers: direct messages and what becomes of them, and comments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from frontdesk.channels.body import Json, items, json_value, moment, part, text
from frontdesk.channels.inbound import (
    ButtonPressed,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    Peer,
    Reacted,
)
from frontdesk.channels.instagram import content
from frontdesk.channels.instagram.comments import read_comment
from frontdesk.channels.instagram.origin import Origin
from frontdesk.errors import BadRequest
from frontdesk.terms import ChannelName, DeliveryState, Proof

MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Reader:
    """`accounts`: the desk's account of each id; what comes to another one is none of the desk's business."""

    accounts: Mapping[str, str]

    def events(self, body: bytes) -> list[InboundEvent]:
        """Raises `BadRequest`."""
        value = json_value(body)
        deliveries = value if isinstance(value, list) else [value]
        if not deliveries or not all(isinstance(delivery, Mapping) for delivery in deliveries):
            raise BadRequest("the body is no JSON object")
        return [
            event
            for delivery in deliveries
            for entry in items(delivery, "entry")
            for event in self._entry(entry)
        ]

    def _entry(self, entry: Json) -> Iterator[InboundEvent]:
        """`standby` is left alone: another app answers there."""
        for messaging in items(entry, "messaging"):
            ours = text(part(messaging, "recipient"), "id") or text(entry, "id")
            account = self.accounts.get(ours) or self.accounts.get(text(entry, "id"))
            if account is not None:
                yield from filter(None, [_messaging(account, messaging, self.accounts)])
        account = self.accounts.get(text(entry, "id"))
        if account is not None:
            for change in (*items(entry, "changes"), entry):
                yield from filter(None, [read_comment(account, change, entry, self.accounts)])


def _messaging(account: str, messaging: Json, ours: Mapping[str, str]) -> InboundEvent | None:
    """None for an echo of our own, and for a kind that the desk does not know."""
    sender = text(part(messaging, "sender"), "id")
    if not sender or sender in ours:
        return None
    origin = Origin(
        channel=ChannelName.INSTAGRAM,
        account=account,
        external_id="",
        peer=Peer(sender, proof=Proof.ATTESTED),
        sent_at=moment(messaging, "timestamp", MILLISECONDS),
    )
    for name, read in (
        ("message", _message),
        ("postback", _postback),
        ("reaction", _reaction),
        ("read", _read),
        ("message_edit", _edit),
    ):
        given = part(messaging, name)
        if given and text(given, "mid"):
            return read(origin, given, messaging)
    return None


def _named(origin: Origin, *parts: str) -> Origin:
    named = origin.copy()
    named["external_id"] = ":".join(parts)
    return named


def _message(origin: Origin, message: Json, messaging: Json) -> InboundEvent | None:
    mid = text(message, "mid")
    if message.get("is_echo") is True:
        return None
    named = _named(origin, mid)
    if message.get("is_deleted") is True:
        return MessageDeleted(**named, target=mid)
    reply_to = text(part(message, "reply_to"), "mid") or None
    payload = text(part(message, "quick_reply"), "payload")
    if payload:
        return ButtonPressed(**named, payload=payload, label=text(message, "text"), target=reply_to)
    words, media = content.read(message)
    return InboundMessage(**named, content=words, media=media, reply_to=reply_to)


def _postback(origin: Origin, postback: Json, messaging: Json) -> ButtonPressed:
    named = _named(origin, text(postback, "mid"))
    return ButtonPressed(**named, payload=text(postback, "payload"), label=text(postback, "title"))


def _reaction(origin: Origin, reaction: Json, messaging: Json) -> Reacted:
    mid, action = text(reaction, "mid"), text(reaction, "action")
    named = _named(origin, mid, action, text(messaging, "timestamp"), origin["peer"].address)
    emoji = text(reaction, "emoji") or text(reaction, "reaction")
    return Reacted(**named, target=mid, emoji="" if action == "unreact" else emoji)


def _read(origin: Origin, read: Json, messaging: Json) -> DeliveryReceipt:
    mid = text(read, "mid")
    return DeliveryReceipt(**_named(origin, mid, "read"), target=mid, state=DeliveryState.READ)


def _edit(origin: Origin, edit: Json, messaging: Json) -> InboundEvent | None:
    """The first writing of a message comes as its edit number 0 from some apps."""
    mid, words, number = text(edit, "mid"), text(edit, "text"), text(edit, "num_edit")
    if number == "0":
        return InboundMessage(**_named(origin, mid), content=words) if words else None
    return MessageEdited(**_named(origin, mid, "edit", number), target=mid, content=words)
