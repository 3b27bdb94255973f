"""The chat without a socket: say something, get the whole answer once it is finished."""

import asyncio
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Header, Query, Request, UploadFile

from frontdesk.access.scope import Scope, scope_of_conversation
from frontdesk.customers import session as sessions
from frontdesk.customers.session import Session
from frontdesk.db.pool import Connection
from frontdesk.desk import Desk
from frontdesk.errors import Unauthorized
from frontdesk.terms import ConversationId, Owner
from frontdesk.tickets import message, ticket
from frontdesk.tickets.ticket import Ticket
from frontdesk.web.chat.frames import said_after, status_of
from frontdesk.web.chat.incoming import accept_frame
from frontdesk.web.uploads import read_files

ANSWER_SECONDS = 60.0

router = APIRouter(prefix="/api/v1/chat/sessions", tags=["chat"])


@router.post("/{session_id}/messages")
async def say(
    request: Request,
    session_id: str,
    content: Annotated[str, Form()] = "",
    client_msg_id: Annotated[str, Form(max_length=200)] = "",
    to: Annotated[str, Form(max_length=20)] = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
    authorization: Annotated[str, Header()] = "",
) -> dict[str, Any]:
    """Send a message; the answer holds everything said since, once the AI has finished or a person has the ticket."""
    desk: Desk = request.app.state.desk
    session = await _session(desk, session_id, authorization)
    frame = {"content": content, "client_msg_id": client_msg_id or str(uuid.uuid4()), "to": to}
    received = await read_files(files or [])
    with desk.fanout.subscribe(f"conversation:{session.conversation_id}") as news:
        await accept_frame(desk, session, frame, received)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                while (done := await _finished(desk, session, frame["client_msg_id"])) is None:
                    try:
                        async with asyncio.timeout(0.5):
                            await news.get()
                    except TimeoutError:
                        pass  # the net below a lost piece of news
        except TimeoutError:
            done = await _said(desk, session, 0)
    return done


@router.get("/{session_id}/messages")
async def history(
    request: Request,
    session_id: str,
    after_seq: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    authorization: Annotated[str, Header()] = "",
) -> dict[str, Any]:
    """What was said in the session's present ticket, and how the ticket stands."""
    desk: Desk = request.app.state.desk
    session = await _session(desk, session_id, authorization)
    return await _said(desk, session, after_seq)


async def _session(desk: Desk, session_id: str, authorization: str) -> Session:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized("the session's token comes as `Authorization: Bearer ...`")
    async with desk.db.connection() as conn:
        return await sessions.open_session(conn, session_id.replace("\x00", ""), token.strip())


async def _finished(desk: Desk, session: Session, client_msg_id: str) -> dict[str, Any] | None:
    """What followed the message, where nothing more is to come by itself."""
    scope = scope_of_conversation(ConversationId(session.conversation_id))
    async with desk.db.connection() as conn:
        sent = await message.by_client_id(conn, client_msg_id, scope)
        if sent is None:
            return None
        its_ticket = await ticket.get(conn, sent.ticket_id, scope)
        is_persons = its_ticket.owner is Owner.PERSON and not sent.to_assistant
        if its_ticket.answered_seq < sent.seq and not is_persons:
            return None
        return await _told(desk, conn, scope, its_ticket, sent.seq)


async def _said(desk: Desk, session: Session, after_seq: int) -> dict[str, Any]:
    async with desk.db.connection() as conn:
        conversation = ConversationId(session.conversation_id)
        scope = scope_of_conversation(conversation)
        latest = await ticket.latest_in(conn, conversation, scope)
        return (
            await _told(desk, conn, scope, latest, after_seq) if latest else {"messages": [], "status": None}
        )


async def _told(desk: Desk, conn: Connection, scope: Scope, now: Ticket, after_seq: int) -> dict[str, Any]:
    messages = [view for _, view in await said_after(conn, scope, now, after_seq)]
    return {"messages": messages, "status": status_of(now, desk.journey.rules.route)}
