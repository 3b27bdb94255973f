"""One's own tickets in the portal: list, read, answer, open a new one, fetch a file."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from starlette.responses import Response

from frontdesk.channels.inbound import InboundMessage
from frontdesk.channels.web_form.channel import WebForm
from frontdesk.desk import Desk
from frontdesk.errors import Conflict, NotFound, ValidationFailed
from frontdesk.kit.text import clean, clip
from frontdesk.portal.writing import is_answerable, reply, writer_of
from frontdesk.terms import ChannelName, TicketId
from frontdesk.tickets import conversation as conversations
from frontdesk.tickets import message, ticket
from frontdesk.tickets.message import Message
from frontdesk.tickets.ticket import Ticket, ticket_number
from frontdesk.web.caller import Caller, DeskDep, numbers_of
from frontdesk.web.console.files import file_answer
from frontdesk.web.errors import problems, raw
from frontdesk.web.fields import OptionalText, Subject, TicketName
from frontdesk.web.idempotency import IdempotentRequest, KeyHeader
from frontdesk.web.portal.caller import InPortal
from frontdesk.web.portal.views import (
    PortalAccepted,
    PortalConversation,
    PortalTickets,
    conversation_view,
    ticket_view,
)
from frontdesk.web.rates import MESSAGES_OF_SESSION, TICKETS_OF_MAILBOX, take
from frontdesk.web.reply import Json, dumps
from frontdesk.web.serializers import pagination
from frontdesk.web.uploads import ReceivedFile, accept_with_files, read_files

router = APIRouter(prefix="/portal", tags=["portal"])

_PATIENCE = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5)
"""Two seconds in short looks: recording takes some milliseconds."""
Content = Annotated[OptionalText, Form()]
Files = Annotated[list[UploadFile] | None, File()]


@router.get("/tickets", response_model=PortalTickets, responses=problems())
async def list_own_tickets(
    desk: DeskDep,
    caller: InPortal,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Json:
    """What moved last comes first."""
    async with desk.db.connection() as conn:
        rows = await ticket.newest(conn, caller.scope, limit, (page - 1) * limit)
        total = await ticket.count(conn, caller.scope)
    route = desk.journey.rules.route
    views = [ticket_view(row, route) for row in rows]
    return Json({"tickets": views, "pagination": pagination(page, limit, total, len(rows))})


@router.get("/tickets/{id}", response_model=PortalConversation, responses=problems())
async def read_own_ticket(id: TicketName, desk: DeskDep, caller: InPortal) -> Json:
    row = await _own(desk, caller, id)
    async with desk.db.connection() as conn:
        return Json(await conversation_view(conn, caller.scope, row, desk.journey.rules.route))


@router.post("/tickets", status_code=202, response_model=PortalAccepted, responses=problems(409, 413, 415))
async def open_own_ticket(
    request: Request,
    desk: DeskDep,
    caller: InPortal,
    subject: Annotated[Subject, Form()] = "",
    content: Content = "",
    files: Files = None,
    key: KeyHeader = None,
) -> Json:
    """As by the web form, but proven. It is kept when this answers; `recorded`: it can be read already."""
    received = await _something(content, files)
    session = caller.portal
    assert session is not None

    async def act(idempotent: IdempotentRequest) -> Json:
        take(desk.rates, f"portal-tickets:{session.email.lower()}", TICKETS_OF_MAILBOX)
        ticket_id, number = idempotent.stable_id("ticket"), await numbers_of(request).next()
        form = desk.channels.get(ChannelName.WEB_FORM, "default")
        assert isinstance(form, WebForm)
        inbound = form.message(
            ticket_id,
            content,
            subject=clip(subject or content.strip() or received[0].filename, 200),
            ticket_number=number,
            peer=writer_of(session, session.email),
        )
        return await _accepted(desk, caller, inbound, received, ticket_id)

    return await _once(request, caller, key, act, subject, content, received)


@router.post(
    "/tickets/{id}/messages",
    status_code=202,
    response_model=PortalAccepted,
    responses=problems(409, 413, 415),
)
async def answer_own_ticket(
    request: Request,
    id: TicketName,
    desk: DeskDep,
    caller: InPortal,
    content: Content = "",
    files: Files = None,
    key: KeyHeader = None,
) -> Json:
    """Joins the conversation; where its ticket is closed a new one begins, whose id is in the answer.

    409 where the conversation goes on elsewhere, as in a messenger.
    """
    row = await _own(desk, caller, id)
    received = await _something(content, files)
    session = caller.portal
    assert session is not None
    async with desk.db.connection() as conn:
        talk = await conversations.get(conn, row.conversation_id)
    if talk is None or not is_answerable(talk.channel, talk.account):
        raise Conflict("this conversation goes on where it began: answer there")

    async def act(idempotent: IdempotentRequest) -> Json:
        take(desk.rates, f"messages:{session.session_id}", MESSAGES_OF_SESSION)
        inbound = reply(talk, session, idempotent.stable_id("message"), content)
        return await _accepted(desk, caller, inbound, received, row.ticket_id)

    return await _once(request, caller, key, act, "", content, received)


@router.get(
    "/attachments/{attachment_id}",
    response_class=Response,
    responses={**problems(), **raw("application/octet-stream")},
)
async def download_own_attachment(attachment_id: str, desk: DeskDep, caller: InPortal) -> Response:
    """The file, always to be saved."""
    return await file_answer(desk, attachment_id, caller.scope)


async def _own(desk: Desk, caller: Caller, name: str) -> Ticket:
    """Raises `NotFound` alike for a ticket that is not there and one of somebody else."""
    async with desk.db.connection() as conn:
        ticket_id = await caller.ticket(conn, name) if name.isprintable() and len(name) <= 200 else None
        if ticket_id is None:
            raise NotFound("there is no such ticket")
        return await ticket.get(conn, ticket_id, caller.scope)


async def _something(content: str, files: Sequence[UploadFile] | None) -> list[ReceivedFile]:
    """Raises `ValidationFailed` where nothing is said and no file came."""
    if not clean(content).strip() and not files:
        raise ValidationFailed("say something: content is empty and no file came")
    return await read_files(files or [])


async def _once(
    request: Request,
    caller: Caller,
    key: str | None,
    act: Any,
    subject: str,
    content: str,
    files: Sequence[ReceivedFile],
) -> Json:
    digests = [(file.filename, hashlib.sha256(file.data).hexdigest()) for file in files] if key else []
    body = dumps([subject, content, digests]) if key else b""
    return await IdempotentRequest.of(request, caller, key).run(body, act)


async def _accepted(
    desk: Desk, caller: Caller, inbound: InboundMessage, files: Sequence[ReceivedFile], ticket_id: str
) -> Json:
    """The ticket that the message stands in; where recording takes longer, the one that it was written for."""
    accepted = await accept_with_files(desk, inbound, files)
    for wait in (*_PATIENCE, None):
        row = await _recorded(desk, caller, accepted.event_id)
        if row is not None:
            return _told(row.ticket_id, ticket_number(row.number), "recorded")
        if wait is not None:
            await asyncio.sleep(wait)
    return _told(ticket_id, "", "pending")


def _told(ticket_id: str, number: str, status: str) -> Json:
    return Json({"ticket_id": ticket_id, "ticket_number": number, "status": status}, 202)


async def _recorded(desk: Desk, caller: Caller, event_id: int) -> Ticket | None:
    async with desk.db.connection() as conn:
        written: list[Message] = await message.of_raw_event(conn, event_id, caller.scope)
        if not written:
            return None
        return await ticket.get(conn, TicketId(written[0].ticket_id), caller.scope)
