"""A visitor's message on its way in, the same from the socket and over HTTP."""

import dataclasses
from typing import Any

import orjson

from frontdesk.access.scope import scope_of_conversation
from frontdesk.channels.message import Upload
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
    content = frame.get("content")
    if isinstance(content, str) and len(content) > MAX_TEXT:
        raise PayloadTooLarge("a message has at most 100,000 characters")
    if isinstance(content, str) and not clean(content).strip() and not uploads:
        raise ValidationFailed("say something: content is empty and no file came")
    channel = desk.channels.get(ChannelName.WEB_CHAT, ACCOUNT)
    facts = {
        "session_id": session.session_id,
        "customer_id": session.customer_id,
        "name": session.name,
        "email": session.email,
        "phone": session.phone,
        "locale": session.locale,
        "proof": session.proof,
    }
    raw = orjson.dumps({**frame, "type": "message", "session": facts})
    headers = {"x-session-proof": session.proof}
    channel.verify(raw, headers)
    known: list[Message] = []
    for inbound in channel.parse(raw, headers):
        accepted = await desk.journey.accept(dataclasses.replace(inbound, uploads=uploads))
        if accepted.duplicate:
            scope = scope_of_conversation(ConversationId(session.conversation_id))
            async with desk.db.connection() as conn:
                known += await message.of_raw_event(conn, accepted.event_id, scope)
    return known
