"""Tickets: submit, list in smart order, show, change."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.channels.web_form import API_ACCOUNT
from frontdesk.channels.web_form.channel import WebForm
from frontdesk.db.pool import Connection
from frontdesk.errors import FrontdeskError, ValidationFailed
from frontdesk.inbox import order, saved_alerts
from frontdesk.inbox.alerts import parse_alerts
from frontdesk.intake.pending import accepted_number
from frontdesk.terms import Category, Intent, TicketStatus
from frontdesk.tickets.events import UNCHANGED, FieldsChanged
from frontdesk.tickets.scoring import Weights
from frontdesk.tickets.ticket import ticket_number
from frontdesk.web import schemas
from frontdesk.web.caller import Caller, DeskDep, Staff, numbers_of
from frontdesk.web.console.lookup import shown, ticket_id_of
from frontdesk.web.console.ticket_query import Asked, AskedDep
from frontdesk.web.errors import error_body, problems
from frontdesk.web.fields import (
    Assignee,
    Channel,
    Email,
    GivenPriority,
    Name,
    Phone,
    Subject,
    Tag,
    Text,
    TicketName,
)
from frontdesk.web.idempotency import IdempotentRequest, KeyHeader
from frontdesk.web.reply import Json, dumps
from frontdesk.web.serializers import pagination, ticket_json

router = APIRouter(prefix="/tickets", tags=["tickets"])


class Submitter(BaseModel):
    """What the producer says of the customer: a claim, until the customer proves it."""

    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None


class NewTicket(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "subject": "Where is my order?",
                    "body": "Order 54321 was to arrive on Monday. Where is it?",
                    "channel": "web_form",
                    "customer": {"name": "Dana", "email": "dana@mail.example"},
                }
            ]
        }
    )

    subject: Subject
    body: Text
    channel: Channel
    priority: GivenPriority | None = None
    customer_id: Name | None = None
    customer: Submitter | None = None


class TicketChange(BaseModel):
    """What is left out stays as it is; `assignee: null` takes the ticket from whoever has it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"priority": "high", "tags": ["refund"]}]}
    )

    status: TicketStatus | None = None
    priority: GivenPriority | None = None
    category: Category | None = None
    intent: Intent | None = None
    assignee: Assignee | None = None
    tags: Annotated[list[Tag], Field(max_length=50)] | None = None

    def changes(self) -> FieldsChanged:
        given = self.model_fields_set
        return FieldsChanged(
            priority=UNCHANGED if self.priority is None else self.priority,
            category=self.category if "category" in given else UNCHANGED,
            intent=UNCHANGED if self.intent is None else self.intent,
            assignee=self.assignee if "assignee" in given else UNCHANGED,
            tags=UNCHANGED if self.tags is None else tuple(dict.fromkeys(self.tags)),
        )


class BulkChange(TicketChange):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"ticket_ids": ["T-000001"], "status": "resolved"}]}
    )

    ticket_ids: Annotated[list[str], Field(min_length=1, max_length=100)]


@router.post("", status_code=202, response_model=schemas.Accepted, responses=problems(409, 413, 415))
async def submit_ticket(
    body: NewTicket, request: Request, desk: DeskDep, caller: Staff, key: KeyHeader = None
) -> Json:
    """Accept a message as a new ticket: it is kept when this answers, and recorded and answered right after."""
    idempotent = IdempotentRequest.of(request, caller, key)

    async def act(idempotent: IdempotentRequest) -> Json:
        ticket_id, number = idempotent.stable_id("ticket"), await numbers_of(request).next()
        event_id, number = await _accept(desk, body, ticket_id, number)
        accepted = {
            "event_id": str(event_id),
            "ticket_id": ticket_id,
            "ticket_number": ticket_number(number),
            "message": "the ticket was accepted",
            "status": "pending",
        }
        return Json(accepted, 202)

    return await idempotent.run(dumps(body.model_dump(mode="json")) if key else b"", act)


async def _accept(desk: DeskDep, body: NewTicket, ticket_id: str, number: int) -> tuple[int, int]:
    """The event's id and the ticket's number: for a repetition those of the first time."""
    form = desk.channels.find(body.channel, API_ACCOUNT)
    if not isinstance(form, WebForm):
        raise ValidationFailed(f"tickets of channel {body.channel} are not taken in here")
    submitter = body.customer or Submitter()
    message = form.message(
        ticket_id,
        body.body,
        customer_id=body.customer_id,
        name=submitter.name,
        email=submitter.email,
        phone=submitter.phone,
        subject=body.subject,
        priority=body.priority,
        ticket_number=number,
    )
    accepted = await desk.journey.accept(message)
    if accepted.duplicate:
        async with desk.db.connection() as conn:
            number = await accepted_number(conn, ticket_id) or number
    return accepted.event_id, number


@router.get("", response_model=schemas.TicketPage, responses=problems())
async def list_tickets(desk: DeskDep, caller: Staff, asked: AskedDep) -> Json:
    """Tickets in smart order: who needs somebody most comes first."""
    async with desk.db.reading() as conn:
        alerts = await _alerts(conn, caller, asked)
        page = await order.page(
            conn,
            caller.scope,
            asked.filters(alerts),
            Weights.of(desk.settings),
            asked.limit,
            asked.offset,
            asked.after,
        )
    content = {
        "tickets": [ticket_json(row) for row in page.rows],
        "pagination": _pagination(asked, page),
        "topic_alerts_active": alerts,
        "matches": page.matches,
        "groups": {"needs_you": page.needs_you, "ai": page.ai},
        "snoozed": page.snoozed,
    }
    return Json(content)


async def _alerts(conn: Connection, caller: Caller, asked: Asked) -> list[str]:
    """Those that the caller saved, unless others, or none, were asked for."""
    if asked.topic_alerts is None:
        return await saved_alerts.phrases_of(conn, caller.actor)
    return parse_alerts(asked.topic_alerts)


def _pagination(asked: Asked, page: order.Page) -> dict[str, Any]:
    number = asked.after.page + 1 if asked.after else asked.page
    cursor = asked.next_cursor(page, number)
    return pagination(number, asked.limit, page.total, len(page.rows), cursor)


@router.post("/bulk", response_model=schemas.BulkResults, responses=problems(413, 415))
async def change_many_tickets(body: BulkChange, desk: DeskDep, caller: Staff) -> Json:
    """The same change on up to 100 tickets, each by itself: one that cannot follow does not stop the others."""
    results = [await _change_listed(desk, caller, name, body) for name in dict.fromkeys(body.ticket_ids)]
    return Json({"results": results})


async def _change_listed(desk: DeskDep, caller: Caller, name: str, body: TicketChange) -> dict[str, Any]:
    try:
        changed = await _change(desk, caller, name, body)
    except FrontdeskError as error:
        refusal = error_body(error.code, error.message, error.details)["error"]
        return {"ticket_id": name, "ok": False, "ticket": None, "error": refusal}
    return {"ticket_id": name, "ok": True, "ticket": changed, "error": None}


@router.get("/{id}", response_model=schemas.Ticket, responses=problems())
async def show_ticket(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    return Json(await shown(desk, caller, await ticket_id_of(desk, caller, id)))


@router.patch("/{id}", response_model=schemas.Ticket, responses=problems(409, 413, 415))
async def change_ticket(id: TicketName, body: TicketChange, desk: DeskDep, caller: Staff) -> Json:
    """Change what is given; what a person sets, the AI leaves alone."""
    return Json(await _change(desk, caller, id, body))


async def _change(desk: DeskDep, caller: Caller, name: str, body: TicketChange) -> dict[str, Any]:
    ticket_id = await ticket_id_of(desk, caller, name)
    async with desk.db.transaction() as conn:
        await desk.ticket_actions.change(conn, caller.actor, ticket_id, body.changes())
        if body.status is not None:
            await desk.ticket_actions.set_status(conn, caller.actor, ticket_id, body.status)
    return await shown(desk, caller, ticket_id)
