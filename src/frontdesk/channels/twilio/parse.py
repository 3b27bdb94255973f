"""Read what Twilio delivers: messages and statuses of SMS and WhatsApp, one a request."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict
from urllib.parse import parse_qs, urlsplit

from frontdesk.channels.body import json_object
from frontdesk.channels.filenames import filename, media_type
from frontdesk.channels.inbound import (
    ButtonPressed,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    Peer,
    RemoteMedia,
    Subscription,
    SubscriptionChanged,
)
from frontdesk.channels.request import Request
from frontdesk.channels.twilio.account import WHATSAPP
from frontdesk.channels.twilio.errors import in_words
from frontdesk.channels.twilio.signature import DIGEST, form
from frontdesk.errors import BadRequest
from frontdesk.kit.text import number_of
from frontdesk.terms import ChannelName, DeliveryState, Proof

MESSAGE_ID = "message_id"
"""In the address of a status callback: our own id comes back, also for an answer that nobody saw."""
MOST_FILES = 10
_STATES = {
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "partially_delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "undelivered": DeliveryState.FAILED,
    "failed": DeliveryState.FAILED,
    "canceled": DeliveryState.FAILED,
}
_STOP = {"stop", "stopall", "unsubscribe", "стоп"}
_ALSO_STOP = {"cancel", "end", "quit"}
"""They end the subscription at Twilio, and may be meant as an answer."""
_START = {"start", "unstop"}
Fields = Mapping[str, str]


class Origin(TypedDict):
    """What every event of a request has."""

    channel: ChannelName
    account: str
    external_id: str
    peer: Peer
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """`accounts`: the desk's account of each of the two channels."""

    accounts: Mapping[ChannelName, str]

    def events(self, request: Request) -> list[InboundEvent]:
        """Raises `BadRequest` for what is none of Twilio's deliveries."""
        query = parse_qs(urlsplit(request.url).query)
        if DIGEST in query:
            json_object(request.body)  # events of other products: nothing that the desk knows
            return []
        fields = {name: values[-1] for name, values in form(request.body).items()}
        if not fields.get("AccountSid"):
            raise BadRequest("the body is no form of Twilio's")
        sid = fields.get("MessageSid") or fields.get("SmsSid") or ""
        status = fields.get("MessageStatus") or fields.get("SmsStatus") or ""
        if not sid:
            return []
        if status and status not in ("received", "receiving"):
            receipt = self._receipt(fields, sid, status, query.get(MESSAGE_ID, [""])[0])
            return [receipt] if receipt else []
        return self._said(fields, sid) if fields.get("From") else []

    def _receipt(self, fields: Fields, sid: str, status: str, message_id: str) -> DeliveryReceipt | None:
        state = _STATES.get(status)
        if state is None:
            return None
        code = fields.get("ErrorCode", "")
        return DeliveryReceipt(
            **self._origin(fields, "To", f"{sid}:{status}"),
            target=sid,
            state=state,
            error=in_words(number_of(code), status) if state is DeliveryState.FAILED else "",
            message_id=message_id or None,
        )

    def _said(self, fields: Fields, sid: str) -> list[InboundEvent]:
        origin = self._origin(fields, "From", sid)
        pressed = fields.get("ButtonPayload") or fields.get("ListId")
        if pressed:
            label = fields.get("ButtonText") or fields.get("ListTitle") or fields.get("Body", "")
            target = fields.get("OriginalRepliedMessageSid") or None
            return [ButtonPressed(**origin, payload=pressed, label=label, target=target)]
        choice, is_said = _subscription(fields, origin["channel"])
        events: list[InboundEvent] = []
        if is_said:
            events.append(
                InboundMessage(
                    **origin,
                    content=_words(fields),
                    media=_media(fields),
                    reply_to=fields.get("OriginalRepliedMessageSid") or None,
                )
            )
        if choice is not None:  # behind the message: who writes can be written to again
            events.append(SubscriptionChanged(**origin, state=choice))
        return events

    def _origin(self, fields: Fields, who: str, external_id: str) -> Origin:
        number = fields.get(who, "")
        whatsapp = number.startswith(WHATSAPP)
        channel = ChannelName.WHATSAPP if whatsapp else ChannelName.SMS
        address = number.removeprefix(WHATSAPP)
        is_phone = address[1:].isdigit() and address.startswith("+")
        return Origin(
            channel=channel,
            account=self.accounts[channel],
            external_id=external_id,
            peer=Peer(
                address,
                name=fields.get("ProfileName") or None,
                phone=address if is_phone else None,
                proof=Proof.ATTESTED if is_phone else Proof.NONE,
            ),
            sent_at=datetime.now(UTC),
        )


def _subscription(fields: Fields, channel: ChannelName) -> tuple[Subscription | None, bool]:
    """What the customer chose, and whether they said something beside it."""
    kind = fields.get("OptOutType", "").upper()
    word = fields.get("Body", "").strip().strip(".!").lower()
    if kind == "STOP" or (channel is ChannelName.SMS and word in _STOP):
        return Subscription.UNSUBSCRIBED, False
    if kind == "START" or (channel is ChannelName.SMS and word in _START):
        return Subscription.OPTED_IN, False
    if channel is ChannelName.SMS and word in _ALSO_STOP:
        return Subscription.UNSUBSCRIBED, True
    return None, True


def _words(fields: Fields) -> str:
    place = [fields.get(name, "") for name in ("Label", "Address")]
    if fields.get("Latitude") and fields.get("Longitude"):
        place.append(f"{fields['Latitude']}, {fields['Longitude']}")
    where = "\n".join(filter(None, place))
    seen = " · ".join(
        filter(None, (fields.get(f"Referral{name}") for name in ("Headline", "Body", "SourceUrl")))
    )
    lines = (
        fields.get("Body", ""),
        f"📍 {where}" if where else "",
        _answers(fields.get("InteractiveData", "")),
        f"↗ {seen}" if seen else "",
    )
    words = "\n\n".join(filter(None, lines))
    kind = fields.get("MessageType", "text")
    return words if words or kind == "text" or _media(fields) else f"[{kind}]"


def _answers(data: str) -> str:
    """The answers to a form, one a line."""
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(given, dict):
        return ""
    return "\n".join(f"{name}: {value}" for name, value in given.items() if name != "flow_token")


def _media(fields: Fields) -> tuple[RemoteMedia, ...]:
    count = min(number_of(fields.get("NumMedia", "0")) or 0, MOST_FILES)
    return tuple(
        RemoteMedia(url, kind, filename(f"file{n + 1}", kind))
        for n in range(count)
        if (url := fields.get(f"MediaUrl{n}"))
        for kind in (media_type(fields.get(f"MediaContentType{n}", "")),)
    )
