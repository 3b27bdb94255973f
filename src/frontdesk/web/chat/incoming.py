"""A visitor's message on its way in, the same from the socket and over HTTP."""

import asyncio
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.access.scope import scope_of_conversation
from frontdesk.channels.inbound import InboundMessage, Upload
from frontdesk.channels.web_chat.channel import WebChat
from frontdesk.customers.session import Session
from frontdesk.desk import Desk
from frontdesk.errors import PayloadTooLarge, ValidationFailed
from frontdesk.intake.accept import accepted_before
from frontdesk.intake.visitors import peer_of
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName, ConversationId
from frontdesk.tickets import message
from frontdesk.tickets.message import Message
from frontdesk.web.rates import MESSAGES_OF_SESSION, take

MAX_TEXT = 100_000
ACCOUNT = "default"


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    filename: str
    content_type: str
    data: bytes


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
    event_id = await _accept_with_files(desk, inbound, files) if files else await _accept(desk, inbound)
    if event_id is None:
        return []
    scope = scope_of_conversation(ConversationId(session.conversation_id))
    async with desk.db.connection() as conn:
        return await message.of_raw_event(conn, event_id, scope)


async def _accept(desk: Desk, inbound: InboundMessage) -> int | None:
    """The raw event's id where the message had been sent before."""
    accepted = await desk.journey.accept(inbound)
    return accepted.event_id if accepted.duplicate else None


async def _accept_with_files(
    desk: Desk, inbound: InboundMessage, files: Sequence[ReceivedFile]
) -> int | None:
    """Files are stored for a message that is new, and do not stay where it is not accepted after all."""
    async with desk.db.connection() as conn:
        known = await accepted_before(conn, inbound)
    if known is not None:
        return known
    uploads: list[Upload] = []
    known = None
    try:
        for file in files:
            key = await desk.blobs.put(file.data)
            uploads.append(Upload(file.filename, file.content_type, len(file.data), key))
        known = await _accept(desk, dataclasses.replace(inbound, uploads=tuple(uploads)))
    except BaseException:
        await asyncio.shield(_delete(desk, uploads))
        raise
    if known is not None:
        await _delete(desk, uploads)
    return known


async def _delete(desk: Desk, uploads: Sequence[Upload]) -> None:
    for upload in uploads:
        await desk.blobs.delete(upload.blob_key)
