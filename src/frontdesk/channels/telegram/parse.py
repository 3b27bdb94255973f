"""Read one update of the Bot API: private chats with people; what happens in groups is none of the desk's business."""

from datetime import datetime
from typing import TypedDict

from frontdesk.channels.body import Json, items, moment, part, text
from frontdesk.channels.inbound import (
    ButtonPressed,
    InboundEvent,
    InboundMessage,
    MessageEdited,
    Peer,
    Reacted,
    Subscription,
    SubscriptionChanged,
)
from frontdesk.channels.telegram import commands, content
from frontdesk.errors import BadRequest, DeliveryUnreadable
from frontdesk.kit.phones import e164
from frontdesk.terms import ChannelName, Proof

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "message_reaction")
"""What Telegram is asked to tell."""
_MEMBERSHIP = {"kicked": Subscription.BLOCKED, "member": Subscription.OPTED_IN}
_OTHER_REACTION = "⭐"
"""A picture of the sender's own, which has no sign."""


class _Origin(TypedDict):
    channel: ChannelName
    account: str
    external_id: str
    peer: Peer
    sent_at: datetime


def events(account: str, update: Json) -> list[InboundEvent]:
    """Raises `BadRequest` for what is no update, `DeliveryUnreadable` for one that names no chat or message."""
    update_id = update.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool):
        raise BadRequest("this is no update of the Bot API")
    kind = next((kind for kind in UPDATES if kind in update), None)
    if kind is None:
        return []
    body = part(update, kind)
    chat = part(body, "message", "chat") if kind == "callback_query" else part(body, "chat")
    author = part(body, "user") if kind == "message_reaction" else part(body, "from")
    if not text(chat, "id") or not text(chat, "type"):
        if kind == "callback_query":  # of a message that went out by way of another chat
            return []
        raise DeliveryUnreadable(f"an update of the kind {kind} names no chat")
    if text(chat, "type") != "private" or author.get("is_bot") is True:
        return []
    event = _event(kind, body, _origin(account, str(update_id), kind, body, chat, author))
    return [event] if event is not None else []


def message_id(chat: str, message: Json) -> str:
    """What names a message for ever: its number counts within its chat."""
    return f"{chat}:{text(message, 'message_id')}"


def _origin(account: str, update_id: str, kind: str, body: Json, chat: Json, author: Json) -> _Origin:
    chat_id = text(chat, "id")
    if kind in ("message", "edited_message", "message_reaction") and not text(body, "message_id"):
        raise DeliveryUnreadable(f"an update of the kind {kind} names no message")
    if kind == "message":
        external_id = message_id(chat_id, body)
    elif kind == "callback_query" and text(body, "id"):
        external_id = text(body, "id")
    else:
        external_id = f"{chat_id}:{text(body, 'message_id')}:{update_id}"
    return _Origin(
        channel=ChannelName.TELEGRAM,
        account=account,
        external_id=external_id,
        peer=_peer(chat_id, author),
        sent_at=moment(body, "edit_date" if kind == "edited_message" else "date"),
    )


def _peer(chat_id: str, author: Json) -> Peer:
    names = (text(author, "first_name"), text(author, "last_name"))
    return Peer(
        chat_id,
        customer_id=f"telegram:{text(author, 'id') or chat_id}",
        name=" ".join(filter(None, names)) or text(author, "username") or None,
        locale=text(author, "language_code") or None,
        proof=Proof.ATTESTED,
    )


def _event(kind: str, body: Json, origin: _Origin) -> InboundEvent | None:
    chat_id = origin["peer"].address
    match kind:
        case "message":
            return _message(body, origin)
        case "edited_message":
            edited = content.read(body)
            if edited is None or "location" in body:  # a live location moves on and on
                return None
            return MessageEdited(**origin, target=message_id(chat_id, body), content=edited.words)
        case "callback_query":
            return _pressed(body, origin)
        case "message_reaction":
            emoji = _reaction(items(body, "new_reaction"))
            return Reacted(**origin, target=message_id(chat_id, body), emoji=emoji)
        case _:
            state = _MEMBERSHIP.get(text(part(body, "new_chat_member"), "status"))
            return SubscriptionChanged(**origin, state=state) if state else None


def _message(message: Json, origin: _Origin) -> InboundEvent | None:
    read = content.read(message)
    if read is None:
        return None
    spoken = commands.spoken(read.words, origin["peer"].locale or "")
    if spoken is not None:
        return ButtonPressed(**origin, payload=read.words.strip(), label=spoken)
    phone = e164("+" + content.phone_of_sender(message).removeprefix("+"))
    return InboundMessage(
        **(origin | {"peer": _with_phone(origin["peer"], phone)}),
        content=read.words,
        media=read.media,
        reply_to=_replied(message, origin["peer"].address),
    )


def _with_phone(peer: Peer, phone: str | None) -> Peer:
    return Peer(peer.address, peer.customer_id, peer.name, None, phone, peer.locale, peer.proof)


def _replied(message: Json, chat_id: str) -> str | None:
    replied = part(message, "reply_to_message")
    return message_id(chat_id, replied) if text(replied, "message_id") else None


def _pressed(query: Json, origin: _Origin) -> ButtonPressed | None:
    payload = text(query, "data")
    if not payload:
        return None
    message = part(query, "message")
    rows = part(message, "reply_markup").get("inline_keyboard")
    buttons = [
        button
        for row in (rows if isinstance(rows, list) else [])
        for button in items({"row": row}, "row")
        if text(button, "callback_data") == payload
    ]
    label = text(buttons[0], "text") if buttons else payload
    target = message_id(origin["peer"].address, message) if text(message, "message_id") else None
    return ButtonPressed(**origin, payload=payload, label=label, target=target)


def _reaction(reactions: list[Json]) -> str:
    emoji = [text(reaction, "emoji") or _OTHER_REACTION for reaction in reactions]
    return emoji[0] if emoji else ""
