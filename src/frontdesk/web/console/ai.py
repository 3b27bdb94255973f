"""What a person has the AI do by hand: draft a reply, answer now, send the manager's e-mail."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName
from frontdesk.web import schemas
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.console.lookup import ticket_id_of
from frontdesk.web.errors import problems
from frontdesk.web.fields import Name, OptionalText, TicketName
from frontdesk.web.idempotency import IdempotentRequest, KeyHeader
from frontdesk.web.reply import Json, dumps
from frontdesk.web.serializers import draft_json, outcome_json

router = APIRouter(tags=["ai"])


class Personalization(BaseModel):
    used_order_info: bool
    mentioned_tracking: bool
    referenced_past_issue: bool
    applied_vip_treatment: bool


class DraftResponse(BaseModel):
    content: str
    tone: str
    channel: ChannelName
    reasoning: str
    confidence: float
    sources: list[schemas.Source]
    personalization: Personalization


class DraftWish(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"instruction": "Make it shorter."}]}
    )

    instruction: Annotated[
        str, Field(max_length=500, description="How the draft is to be; it takes a language model.")
    ] = ""


class Respond(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"ticket_id": "T-000001"}]})

    ticket_id: Name


class Notify(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"ticket_id": "T-000001", "note": "Please call her."}]}
    )

    ticket_id: Name
    note: OptionalText | None = None


class Responded(BaseModel):
    decision: Literal["answer", "ask", "escalate"]
    message: schemas.Message | None = None
    escalation: dict[str, Any] | None = None


class Notified(BaseModel):
    status: Literal["queued"]


@router.get("/ai/tickets/{id}/draft-response", response_model=DraftResponse, responses=problems(409))
async def draft_response(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    """The draft for the customer's last message, made once and kept, for a person to edit and send."""
    ticket_id = await ticket_id_of(desk, caller, id)
    return Json(draft_json(await desk.ai_actions.kept_draft(caller.actor, ticket_id)))


@router.post(
    "/ai/tickets/{id}/draft-response", response_model=DraftResponse, responses=problems(409, 413, 415)
)
async def new_draft_response(
    id: TicketName, desk: DeskDep, caller: Staff, body: DraftWish | None = None
) -> Json:
    """Another draft, in the kept one's place, by an instruction where one is given; nothing is sent."""
    ticket_id = await ticket_id_of(desk, caller, id)
    wish = clean(body.instruction).strip() if body else ""
    return Json(draft_json(await desk.ai_actions.new_draft(caller.actor, ticket_id, wish)))


@router.post("/ai/respond", response_model=Responded, responses=problems(409, 413, 415))
async def respond_now(body: Respond, desk: DeskDep, caller: Staff) -> Json:
    """Run the AI on the ticket now, and wait for what it decides."""
    ticket_id = await ticket_id_of(desk, caller, body.ticket_id)
    return Json(outcome_json(await desk.ai_actions.respond(caller.actor, ticket_id)))


@router.post("/notify", status_code=202, response_model=Notified, responses=problems(409, 413, 415))
async def notify_manager(
    body: Notify, request: Request, desk: DeskDep, caller: Staff, key: KeyHeader = None
) -> Json:
    """Send the escalation e-mail by hand, with a note."""
    ticket_id = await ticket_id_of(desk, caller, body.ticket_id)

    async def act(idempotent: IdempotentRequest) -> Json:
        async with desk.db.transaction() as conn:
            await desk.ticket_actions.notify(conn, caller.actor, ticket_id, body.note or None)
        return Json({"status": "queued"}, 202)

    return await IdempotentRequest.of(request, caller, key).run(dumps(body.model_dump()), act)
