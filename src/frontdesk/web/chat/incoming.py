"""A visitor's message on its way in, the same from the socket and over HTTP."""

from collections.abc import Sequence
from typing import Any

from frontdesk.access.scope import scope_of_conversation
from frontdesk.channels.web_chat.channel import WebChat
from frontdesk.customers.session import Session
from frontdesk.desk import Desk
from frontdesk.errors import PayloadTooLarge, ValidationFailed
from frontdesk.intake.visitors import peer_of
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName, ConversationId
from frontdesk.tickets import message
from frontdesk.tickets.message import Message
from frontdesk.web.rates import MESSAGES_OF_SESSION, take
from frontdesk.web.uploads import ReceivedFile, accept_with_files

MAX_TEXT = 100_000
ACCOUNT = "default"


async def accept_frame(
    desk: Desk, session: Session, frame: dict[str, Any], files: Sequence[ReceivedFile] = ()
) -> list[Message]:
    """Keep the message; the list holds it as recorded where it had been sent before.

    Raises `BadRequest`, `ValidationFailed` (nothing said), `PayloadTooLarge` (over 100,000 characters),
    `RateLimited` or `Unavailable`.
    """
    content = frame.get("content", "")
    if isinstance(content, str) and len(content) > MAX_TEXT:
        raise PayloadTooLarge("a message has at most 100,000 characters")
    if isinstance(content, str) and not clean(content).strip() and not files:
        raise ValidationFailed("say something: content is empty and no file came")
    take(desk.rates, f"messages:{session.session_id}", MESSAGES_OF_SESSION)
    chat = desk.channels.get(ChannelName.WEB_CHAT, ACCOUNT)
    assert isinstance(chat, WebChat)
    inbound = chat.message(peer_of(session), frame.get("client_msg_id"), content, frame.get("to"))
    accepted = await accept_with_files(desk, inbound, files)
    if not accepted.duplicate:
        return []
    scope = scope_of_conversation(ConversationId(session.conversation_id))
    async with desk.db.connection() as conn:
        return await message.of_raw_event(conn, accepted.event_id, scope)
