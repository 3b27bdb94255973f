"""A visitor's message on its way in, the same from the socket and over HTTP."""

from typing import Any

from frontdesk.access.scope import scope_of_conversation
from frontdesk.channels.inbound import Peer, Upload
from frontdesk.channels.web_chat.channel import WebChat
from frontdesk.customers.session import Session
from frontdesk.desk import Desk
from frontdesk.errors import PayloadTooLarge, ValidationFailed
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName, ConversationId
from frontdesk.tickets import message
from frontdesk.tickets.message import Message

MAX_TEXT = 100_000
ACCOUNT = "default"


async def accept_frame(
    desk: Desk, session: Session, frame: dict[str, Any], uploads: tuple[Upload, ...] = ()
) -> list[Message]:
    """Keep the message; the list holds it as recorded where it had been sent before.

    Raises `BadRequest`, `ValidationFailed` (nothing said), `PayloadTooLarge` (over 100,000 characters) or
    `Unavailable`.
    """
    content = frame.get("content", "")
    if isinstance(content, str) and len(content) > MAX_TEXT:
        raise PayloadTooLarge("a message has at most 100,000 characters")
    if isinstance(content, str) and not clean(content).strip() and not uploads:
        raise ValidationFailed("say something: content is empty and no file came")
    chat = desk.channels.get(ChannelName.WEB_CHAT, ACCOUNT)
    assert isinstance(chat, WebChat)
    inbound = chat.message(_peer(session), frame.get("client_msg_id"), content, uploads)
    accepted = await desk.journey.accept(inbound)
    if not accepted.duplicate:
        return []
    scope = scope_of_conversation(ConversationId(session.conversation_id))
    async with desk.db.connection() as conn:
        return await message.of_raw_event(conn, accepted.event_id, scope)


def _peer(session: Session) -> Peer:
    return Peer(
        session.session_id,
        session.customer_id,
        session.name,
        session.email,
        session.phone,
        session.locale,
        session.proof,
    )
