"""Put a ticket off until a time, with a word on what to do then."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from frontdesk.web import schemas
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.console.lookup import shown, ticket_id_of
from frontdesk.web.errors import problems
from frontdesk.web.fields import Subject, TicketName
from frontdesk.web.reply import Json

router = APIRouter(prefix="/tickets/{id}", tags=["conversation"])

_EXAMPLE: JsonDict = {"until": "2026-12-01T04:00:00Z", "note": "Ask the courier again"}


class Snooze(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    until: Annotated[AwareDatetime, Field(description="To come, within a year.")]
    note: Annotated[Subject, Field(max_length=500, description="What to do then; staff see it.")] = ""


@router.post("/snooze", response_model=schemas.Ticket, responses=problems(409, 413, 415))
async def snooze(id: TicketName, body: Snooze, desk: DeskDep, caller: Staff) -> Json:
    """The ticket needs nobody until then, or until the customer writes; who puts it off has it from then on."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.transaction() as conn:
        await desk.snooze_actions.snooze(conn, caller.actor, ticket_id, body.until, body.note)
    return Json(await shown(desk, caller, ticket_id))


@router.delete("/snooze", response_model=schemas.Ticket, responses=problems())
async def wake(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    """It is back at once; one that is not put off stays as it is."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.transaction() as conn:
        await desk.snooze_actions.wake(conn, caller.actor, ticket_id)
    return Json(await shown(desk, caller, ticket_id))
