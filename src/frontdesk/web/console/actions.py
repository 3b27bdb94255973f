"""What the AI proposed to do for a customer, and what a person decides about it."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.errors import NotFound
from frontdesk.terms import ActionId
from frontdesk.tickets import action as actions
from frontdesk.web import schemas
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.console.lookup import ticket_id_of
from frontdesk.web.errors import problems
from frontdesk.web.fields import OptionalText, TicketName
from frontdesk.web.reply import Json
from frontdesk.web.serializers import action_json

router = APIRouter(tags=["actions"])

ActionName = Annotated[str, Path(description="The action's id.", max_length=64)]
_DIGEST = "a" * 64


class ActionApproval(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"digest": _DIGEST}]})

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="Of the action as it was shown.")]


class ActionRejection(ActionApproval):
    note: OptionalText = ""


@router.get("/tickets/{id}/actions", response_model=schemas.Actions, responses=problems())
async def list_actions(id: TicketName, desk: DeskDep, caller: Staff) -> Json:
    """What the AI proposed to do, oldest first, and what came of it."""
    ticket_id = await ticket_id_of(desk, caller, id)
    async with desk.db.connection() as conn:
        proposed = await actions.of_ticket(conn, ticket_id, caller.scope)
    return Json({"actions": [action_json(action) for action in proposed]})


@router.post("/actions/{id}/approve", response_model=schemas.Action, responses=problems(409, 413, 415))
async def approve_action(id: ActionName, body: ActionApproval, desk: DeskDep, caller: Staff) -> Json:
    """Have it done, once, with exactly the input that the digest stands for."""
    async with desk.db.transaction() as conn:
        action = await desk.approvals.approve(conn, caller.actor, _id(id), body.digest)
    return Json(action_json(action))


@router.post("/actions/{id}/reject", response_model=schemas.Action, responses=problems(409, 413, 415))
async def reject_action(id: ActionName, body: ActionRejection, desk: DeskDep, caller: Staff) -> Json:
    """Have it left undone; who rejects it owns the ticket."""
    async with desk.db.transaction() as conn:
        action = await desk.approvals.reject(conn, caller.actor, _id(id), body.digest, body.note)
    return Json(action_json(action))


def _id(name: str) -> ActionId:
    """Raises `NotFound` for what cannot be an id."""
    if not name.isprintable():
        raise NotFound("there is no such action")
    return ActionId(name)
