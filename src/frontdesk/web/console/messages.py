"""The conversation: messages, replies and notes of people, who owns the ticket, and what happened to it."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.channels.outbound import Template
from frontdesk.terms import MessageId
from frontdesk.tickets import attachments, escalation, log, message, ticket
from frontdesk.tickets.entries import EntryType
from frontdesk.tickets.scoring import Weights, breakdown
from frontdesk.web import schemas
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.console.lookup import shown, ticket_id_of
from frontdesk.web.errors import problems
from frontdesk.web.fields import Locale, Name, Text, TicketName
from frontdesk.web.idempotency import IdempotentRequest, KeyHeader
from frontdesk.web.reply import Json, dumps
from frontdesk.web.serializers import entry_view, escalation_json, message_json

router = APIRouter(prefix="/tickets/{id}", tags=["conversation"])


class GivenTemplate(BaseModel):
    """One that the provider has approved, with what fills its gaps in order."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    language: Locale
    parameters: Annotated[list[Text], Field(max_length=50)] = []


class NewMessage(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"content": "Your refund is on its way."}]})

    content: Text
    kind: Literal["text", "note"] = "text"
    template: GivenTemplate | None = Field(
        None, description="What the customer gets; `content` says the same to staff."
    )


@router.get("/messages", response_model=schemas.MessagePage, responses=problems())
async def list_messages(
    id: TicketName,
    desk: DeskDep,
    caller: Staff,
    after_seq: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 500,
) -> Json:
    """Oldest first."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.connection() as conn:
        rows = await message.of_ticket(conn, ticket_id, caller.scope, after_seq, limit + 1)
        files = await attachments.of_messages(conn, rows)
    page = [message_json(row, files.get(row.message_id, ())) for row in rows[:limit]]
    return Json({"messages": page, "has_more": len(rows) > limit})


@router.post("/messages", status_code=201, response_model=schemas.Message, responses=problems(409, 413, 415))
async def reply_or_note(
    id: TicketName,
    body: NewMessage,
    request: Request,
    *,
    desk: DeskDep,
    caller: Staff,
    key: KeyHeader = None,
) -> Json:
    """A person's reply goes out on the ticket's channel and takes the ticket over; a note only staff sees.

    409 with `reason: window_closed` where the channel takes no free text any more.
    """
    idempotent = IdempotentRequest.of(request, caller, key)
    ticket_id = await ticket_id_of(desk, caller, id)

    async def act(idempotent: IdempotentRequest) -> Json:
        async with desk.db.transaction() as conn:
            message_id = MessageId(idempotent.stable_id("message"))
            given = (conn, caller.actor, ticket_id, body.content, message_id)
            if body.kind == "note":
                written = await desk.ticket_actions.note(*given)
            else:
                written = await desk.ticket_actions.reply(*given, _template(body.template))
            answer = Json(message_json(written), 201)
            await idempotent.keep(conn, answer)
        return answer

    return await idempotent.run(dumps(body.model_dump()), act)


def _template(given: GivenTemplate | None) -> Template | None:
    return Template(given.name, given.language, tuple(given.parameters)) if given else None


@router.post("/takeover", response_model=schemas.Ticket, responses=problems(409))
async def take_over(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    """A person owns the ticket from now on; the AI is silent."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.transaction() as conn:
        await desk.ticket_actions.take_over(conn, caller.actor, ticket_id)
    return Json(await shown(desk, caller, ticket_id))


@router.post("/handback", response_model=schemas.Ticket, responses=problems(409))
async def hand_back(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    """The AI owns the ticket again, and answers what nobody has answered."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.transaction() as conn:
        await desk.ticket_actions.hand_back(conn, caller.actor, ticket_id)
    return Json(await shown(desk, caller, ticket_id))


@router.get("/timeline", response_model=schemas.Timeline, responses=problems())
async def timeline(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    """What happened to the ticket, oldest first; its messages stand beside it."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.connection() as conn:
        entries = await log.of_ticket(conn, ticket_id, caller.scope)
    return Json({"events": [entry_view(entry) for entry in entries if entry.type != EntryType.MESSAGE]})


@router.get("/escalations", response_model=schemas.Escalations, responses=problems())
async def escalations(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    """Each time a person was brought, with the e-mail that told them."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.connection() as conn:
        rows = await escalation.of_ticket(conn, ticket_id, caller.scope)
    return Json({"escalations": [escalation_json(row) for row in rows]})


@router.get("/score-breakdown", response_model=schemas.ScoreBreakdown, responses=problems())
async def score_breakdown(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    """Why the ticket stands where it stands."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.connection() as conn:
        now = await ticket.get(conn, ticket_id, caller.scope)
    return Json(breakdown(now.score_inputs, Weights.of(desk.settings), datetime.now(UTC)).record())
