"""Web chat: the message in the database is the delivery; the socket shows it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import orjson

from frontdesk.channels.message import (
    Capabilities,
    InboundMessage,
    OutboundMessage,
    Outcome,
    Peer,
    Receipt,
    Settlement,
)
from frontdesk.channels.style import ReplyStyle
from frontdesk.errors import BadRequest, Unauthorized
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName, Proof

HOLD = timedelta(seconds=1.2)


class WebChat:
    """Verified by the session's token before its frames come here; each frame names its session."""

    name = ChannelName.WEB_CHAT

    def __init__(self, show: Callable[[str, str], None], style: ReplyStyle, account: str = "default") -> None:
        self.account = account
        self.capabilities = Capabilities(Settlement.OWN_DB, style, hold=HOLD)
        self._show = show

    def verify(self, raw: bytes, headers: Mapping[str, str]) -> None:
        """The web layer checks the token against the session and says so in `x-session-proof`."""
        if headers.get("x-session-proof") is None:
            raise Unauthorized("the chat session is unknown or has ended")

    def parse(self, raw: bytes, headers: Mapping[str, str]) -> list[InboundMessage]:
        """A `message` frame with its session's facts (`session` object) gives one message, others none."""
        frame = _json_object(raw)
        if frame.get("type") != "message":
            return []
        session = frame.get("session")
        client_msg_id, content = frame.get("client_msg_id"), frame.get("content", "")
        if not isinstance(client_msg_id, str) or not isinstance(content, str):
            raise BadRequest("a message frame has client_msg_id and content, both text")
        if not 1 <= len(client_msg_id) <= 200 or clean(client_msg_id) != client_msg_id:
            raise BadRequest("client_msg_id has 1 to 200 printable characters")
        peer = _peer(session)
        message = InboundMessage(
            channel=self.name,
            account=self.account,
            external_id=f"{peer.address}:{client_msg_id}",
            peer=peer,
            content=content,
            sent_at=datetime.now(UTC),
            client_msg_id=client_msg_id,
        )
        return [message]

    async def send(self, message: OutboundMessage) -> Receipt:
        self._show(message.address, message.thread)
        return Receipt(Outcome.SENT, message.message_id)


def _peer(session: object) -> Peer:
    if not isinstance(session, dict) or not isinstance(session.get("session_id"), str):
        raise BadRequest("a message frame comes with its session's facts")
    return Peer(
        address=session["session_id"],
        customer_id=session.get("customer_id"),
        name=session.get("name"),
        email=session.get("email"),
        phone=session.get("phone"),
        locale=session.get("locale"),
        proof=Proof(session.get("proof", "none")),
    )


def _json_object(raw: bytes) -> dict[str, object]:
    try:
        frame = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise BadRequest("the frame is not JSON") from None
    if not isinstance(frame, dict):
        raise BadRequest("the frame is not a JSON object")
    return frame
