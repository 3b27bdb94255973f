"""What is written in the portal becomes a channel's event, as if it had come by the conversation's own channel. Pure."""

from datetime import UTC, datetime
from typing import Final

from frontdesk.channels.inbound import InboundMessage, Peer, Upload
from frontdesk.channels.web_form import API_ACCOUNT
from frontdesk.portal.session import PortalSession
from frontdesk.terms import ChannelName, Proof
from frontdesk.tickets.conversation import Conversation

_GOES_ON_HERE: Final = frozenset({ChannelName.WEB_FORM, ChannelName.EMAIL, ChannelName.WEB_CHAT})
"""Channels on which a customer may answer from elsewhere; on the others it would open a reply window that is shut."""
_PROVEN: Final = (Proof.ATTESTED, Proof.VERIFIED)


def is_answerable(channel: ChannelName, account: str) -> bool:
    """Whether a ticket of this channel account can be answered in the portal; if not, it is shown alone."""
    return account == API_ACCOUNT or channel in _GOES_ON_HERE


def writer_of(session: PortalSession, address: str, customer_id: str | None = None) -> Peer:
    return Peer(address, customer_id, email=session.email, locale=session.locale, proof=Proof.VERIFIED)


def reply(
    conversation: Conversation,
    session: PortalSession,
    message_id: str,
    content: str,
    uploads: tuple[Upload, ...] = (),
) -> InboundMessage:
    """A further message of the conversation; the same `message_id` is the same message.

    Whose conversation it is proven to be, it stays: two customers may share a mailbox.
    """
    customer_id = conversation.customer_id if conversation.proof in _PROVEN else None
    return InboundMessage(
        channel=conversation.channel,
        account=conversation.account,
        external_id=f"portal:{message_id}",
        peer=writer_of(session, conversation.address, customer_id),
        content=content,
        sent_at=datetime.now(UTC),
        thread=conversation.thread,
        uploads=uploads,
    )
