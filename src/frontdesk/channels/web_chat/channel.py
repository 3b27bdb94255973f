"""Web chat: the message in the database is the delivery; open sockets look there."""

from datetime import UTC, datetime, timedelta

from frontdesk.channels.capabilities import Capabilities, Formatting, Settlement
from frontdesk.channels.inbound import InboundMessage, Peer, Upload
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.channels.style import ReplyStyle
from frontdesk.errors import BadRequest
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName

HOLD = timedelta(seconds=1.2)
HEAD_START = timedelta(minutes=10)


class WebChat:
    """Its wire is the web layer's socket, which proves the session and knows its peer."""

    name = ChannelName.WEB_CHAT

    def __init__(self, style: ReplyStyle, account: str = "default") -> None:
        self.account = account
        self.capabilities = Capabilities(
            Settlement.OWN_DB, style, hold=HOLD, head_start=HEAD_START, formatting=Formatting.FULL
        )

    def message(
        self,
        peer: Peer,
        client_msg_id: object,
        content: object,
        to: object = None,
        uploads: tuple[Upload, ...] = (),
    ) -> InboundMessage:
        """What a visitor's window sent; the same `client_msg_id` is the same message.

        `to` may be `assistant`: it is asked although a person has the ticket. Raises `BadRequest` where one of
        them is not what it must be.
        """
        if not isinstance(client_msg_id, str) or not isinstance(content, str):
            raise BadRequest("a message has client_msg_id and content, both text")
        if not 1 <= len(client_msg_id) <= 200 or clean(client_msg_id) != client_msg_id:
            raise BadRequest("client_msg_id has 1 to 200 printable characters")
        if to not in (None, "", "assistant"):
            raise BadRequest("a message goes to the assistant, or names nobody")
        return InboundMessage(
            channel=self.name,
            account=self.account,
            external_id=f"{peer.address}:{client_msg_id}",
            peer=peer,
            content=content,
            sent_at=datetime.now(UTC),
            client_msg_id=client_msg_id,
            to_assistant=to == "assistant",
            uploads=uploads,
        )

    async def send(self, message: OutboundMessage) -> Receipt:
        return Receipt(message.message_id)
