"""The topic alerts of whoever asks."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from frontdesk.inbox import saved_alerts
from frontdesk.inbox.alerts import MOST_CHARACTERS, MOST_PHRASES, parse_alerts
from frontdesk.kit.text import clean
from frontdesk.web.caller import Caller, DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(prefix="/topic-alerts", tags=["tickets"])


Phrase = Annotated[str, Field(max_length=MOST_CHARACTERS), AfterValidator(clean)]
"""As long as it was sent: what is cleaned away counts too."""


class GivenAlerts(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"phrases": ["chargeback"]}]})

    phrases: Annotated[list[Phrase], Field(max_length=MOST_PHRASES)]


class AlertView(BaseModel):
    phrase: str
    matches: int = Field(description="Open tickets that have it; at most 1000 are counted.")


class Alerts(BaseModel):
    alerts: list[AlertView]


@router.get("", response_model=Alerts, responses=problems())
async def list_alerts(desk: DeskDep, caller: Staff) -> Json:
    """What the caller watches for, in their order."""
    return await _shown(desk, caller)


@router.put("", response_model=Alerts, responses=problems(413, 415))
async def save_alerts(body: GivenAlerts, desk: DeskDep, caller: Staff) -> Json:
    """In place of those that were there; they lift tickets in the caller's own lists alone."""
    phrases = parse_alerts(",".join(body.phrases))
    async with desk.db.transaction() as conn:
        await saved_alerts.save(conn, caller.actor, phrases)
    return await _shown(desk, caller)


async def _shown(desk: DeskDep, caller: Caller) -> Json:
    async with desk.db.connection() as conn:
        alerts = await saved_alerts.counted(conn, caller.actor, caller.scope)
    return Json({"alerts": [{"phrase": alert.phrase, "matches": alert.matches} for alert in alerts]})
