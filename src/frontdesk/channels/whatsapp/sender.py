"""Who writes on WhatsApp: the id that Meta gives each person for a business, or else the phone number."""

from datetime import datetime
from typing import TypedDict

from frontdesk.channels.body import Json, items, moment, part, text
from frontdesk.channels.inbound import Peer
from frontdesk.terms import ChannelName, Proof

GROUP = "group"
"""The thread of a conversation whose address is a group's."""


class Origin(TypedDict):
    """What every event of a message has."""

    channel: ChannelName
    account: str
    external_id: str
    peer: Peer
    sent_at: datetime
    thread: str


def origin_of(account: str, message: Json, value: Json) -> Origin | None:
    """None where it cannot be told who wrote, or which message it is."""
    system = part(message, "system")
    former = text(system, "previous_user_id")
    peer = person(text(message, "from"), former or text(message, "from_user_id"), value)
    group = text(message, "group_id")
    if group:
        # Nobody's phone vouches for what others write in the group.
        peer = Peer(group, name=peer.name)
    external_id = text(message, "id")
    if not peer.address or not external_id:
        return None
    return Origin(
        channel=ChannelName.WHATSAPP,
        account=account,
        external_id=external_id,
        peer=peer,
        sent_at=moment(message, "timestamp"),
        thread=GROUP if group else "",
    )


def person(phone: str, user_id: str, value: Json) -> Peer:
    """By either id; what stands beside it among the delivery's contacts is theirs."""
    contact = next((known for known in items(value, "contacts") if _is(known, phone, user_id)), {})
    phone = phone or text(contact, "wa_id")
    user_id = user_id or text(contact, "user_id")
    return Peer(
        address=user_id or phone,
        name=text(part(contact, "profile"), "name") or None,
        phone=f"+{phone}" if phone.isascii() and phone.isdigit() else None,
        proof=Proof.ATTESTED,
    )


def is_phone(address: str) -> bool:
    """A phone number, rather than an id such as `KZ.13491208655302741918`."""
    return address.isascii() and address.isdigit()


def _is(contact: Json, phone: str, user_id: str) -> bool:
    return bool(phone and text(contact, "wa_id") == phone) or bool(
        user_id and text(contact, "user_id") == user_id
    )
