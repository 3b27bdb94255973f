"""A record of the bus as a message of the road: where its channel has an account and an address here, else apart."""

from dataclasses import dataclass
from typing import Final

from frontdesk.bus.ticket_record import TicketRecord
from frontdesk.channels.channel import Channels
from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.terms import ChannelName, Proof

ACCOUNT: Final = "kafka"
"""Of conversations that came over the bus alone: nothing can be sent there, so that replies stay drafts."""
_DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Place:
    """What names a conversation."""

    channel: ChannelName
    account: str
    address: str
    thread: str


def message_of(record: TicketRecord, channels: Channels, known: Place | None) -> InboundMessage:
    """`known` is where the ticket's conversation is held already: a follow-up belongs there."""
    place = known or _place(record, channels)
    customer = record.customer
    stated = record.customer_id or customer.email or customer.phone
    return InboundMessage(
        channel=place.channel,
        account=place.account,
        external_id=f"bus:{record.event_id}",
        peer=Peer(
            place.address,
            record.customer_id,
            customer.name,
            customer.email,
            customer.phone,
            proof=Proof.CLAIMED if stated else Proof.NONE,
        ),
        content=record.body,
        sent_at=record.ts,
        subject=record.subject,
        thread=place.thread,
        priority=record.priority,
        ticket_id=record.ticket_id,
    )


def place_of(message: InboundMessage) -> Place:
    return Place(message.channel, message.account, message.peer.address, message.thread)


def _place(record: TicketRecord, channels: Channels) -> Place:
    """Each ticket of a producer is a conversation of its own: its thread is the ticket."""
    address = _address(record)
    if address and channels.find(record.channel, _DEFAULT) is not None:
        return Place(record.channel, _DEFAULT, address, record.ticket_id)
    return Place(record.channel, ACCOUNT, record.customer_id or record.ticket_id, record.ticket_id)


def _address(record: TicketRecord) -> str | None:
    match record.channel:
        case ChannelName.EMAIL | ChannelName.WEB_FORM:
            return record.customer.email
        case ChannelName.SMS | ChannelName.WHATSAPP:
            return record.customer.phone
        case _:  # ids that only the channel itself gives
            return None
