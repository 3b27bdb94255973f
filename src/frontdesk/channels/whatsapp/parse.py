"""Read what the Cloud API delivers: every entry, change, message, status and preference of a delivery."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from frontdesk.channels.body import Json, items, moment, part, text
from frontdesk.channels.graph import graph_error
from frontdesk.channels.inbound import (
    ButtonPressed,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    Reacted,
    Subscription,
    SubscriptionChanged,
)
from frontdesk.channels.whatsapp import content
from frontdesk.channels.whatsapp.sender import GROUP, Origin, origin_of, person
from frontdesk.terms import ChannelName, DeliveryState

_STATES = {
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "played": DeliveryState.READ,
    "failed": DeliveryState.FAILED,
}
_PREFERENCES = {"stop": Subscription.UNSUBSCRIBED, "resume": Subscription.OPTED_IN}
_MOVES = ("user_changed_number", "user_changed_user_id")


@dataclass(frozen=True, slots=True)
class Reader:
    """`numbers`: the account of each phone number id; what comes to another number is none of the desk's business."""

    numbers: Mapping[str, str]

    def events(self, delivery: Json) -> list[InboundEvent]:
        return [
            event
            for entry in items(delivery, "entry")
            for change in items(entry, "changes")
            for event in self._change(part(change, "value"))
        ]

    def _change(self, value: Json) -> Iterator[InboundEvent]:
        account = self.numbers.get(text(part(value, "metadata"), "phone_number_id"))
        if account is None:
            return
        for given, read in (
            (items(value, "messages"), _message),
            (items(value, "statuses"), _status),
            (items(value, "user_preferences"), _preference),
        ):
            for item in given:
                event = read(account, item, value)
                if event is not None:
                    yield event


def _message(account: str, message: Json, value: Json) -> InboundEvent | None:
    """None for a kind that the desk does not know."""
    origin = origin_of(account, message, value)
    kind = text(message, "type")
    if origin is None:
        return None
    body = part(message, kind)
    match kind:
        case "reaction":
            return Reacted(**origin, target=text(body, "message_id"), emoji=text(body, "emoji"))
        case "edit":
            edited = content.read(part(body, "message"))
            target = text(body, "original_message_id")
            return MessageEdited(**origin, target=target, content=edited.words) if edited else None
        case "revoke":
            return MessageDeleted(**origin, target=text(body, "original_message_id"))
        case "system":
            moved = text(body, "type") in _MOVES
            return SubscriptionChanged(**origin, state=Subscription.MOVED) if moved else None
        case "button":
            return _pressed(origin, message, text(body, "payload"), text(body, "text"))
        case "interactive" if chosen := part(body, text(body, "type")).get("title"):
            return _pressed(origin, message, text(part(body, text(body, "type")), "id"), str(chosen))
        case _:
            return _said(origin, message)


def _said(origin: Origin, message: Json) -> InboundMessage | None:
    read = content.read(message)
    if read is None:
        return None
    return InboundMessage(
        **origin,
        content=content.with_advertisement(read.words, part(message, "referral")),
        media=read.media,
        reply_to=text(part(message, "context"), "id") or None,
    )


def _pressed(origin: Origin, message: Json, payload: str, label: str) -> ButtonPressed:
    return ButtonPressed(
        **origin,
        payload=payload,
        label=label,
        target=text(part(message, "context"), "id") or None,
    )


def _status(account: str, status: Json, value: Json) -> DeliveryReceipt | None:
    state = _STATES.get(text(status, "status"))
    target = text(status, "id")
    if state is None or not target:
        return None
    by = text(status, "recipient_participant_user_id") or text(status, "recipient_participant_id")
    in_group = text(status, "recipient_type") == "group"
    peer = person(text(status, "recipient_id"), text(status, "recipient_user_id"), value)
    errors = items(status, "errors")
    return DeliveryReceipt(
        channel=ChannelName.WHATSAPP,
        account=account,
        external_id=":".join(filter(None, (target, text(status, "status"), by))),
        peer=peer,
        thread=GROUP if in_group else "",
        sent_at=moment(status, "timestamp"),
        target=target,
        state=state,
        error=graph_error(dict(errors[0])).in_words if errors else "",
        message_id=text(status, "biz_opaque_callback_data") or None,
    )


def _preference(account: str, preference: Json, value: Json) -> SubscriptionChanged | None:
    state = _PREFERENCES.get(text(preference, "value"))
    peer = person(text(preference, "wa_id"), text(preference, "user_id"), value)
    if state is None or not peer.address:
        return None
    return SubscriptionChanged(
        channel=ChannelName.WHATSAPP,
        account=account,
        external_id=f"{peer.address}:{text(preference, 'category')}:{text(preference, 'timestamp')}:{state}",
        peer=peer,
        sent_at=moment(preference, "timestamp"),
        state=state,
    )
