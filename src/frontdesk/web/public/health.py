"""Is the desk alive, can it work, and how is it doing."""

import asyncio
from typing import Any, Literal

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from starlette.responses import Response

from frontdesk.channels.health import HealthState
from frontdesk.channels.web_form import API_ACCOUNT
from frontdesk.desk import Desk
from frontdesk.engine.readiness import Readiness as ProcessReadiness
from frontdesk.engine.readiness import RoleState
from frontdesk.errors import TemporaryError
from frontdesk.insights import channel_health
from frontdesk.insights.channel_health import AccountHealth
from frontdesk.web.caller import DeskDep
from frontdesk.web.errors import problems, raw
from frontdesk.web.reply import Json

router = APIRouter(tags=["operation"])
_PATIENCE = 1.0


class Health(BaseModel):
    status: Literal["ok"]


class Checks(BaseModel):
    database: Literal["ok", "away"]
    disk: Literal["ok", "low"]
    """`low`: reading goes on, new work is refused."""
    broker: str
    redis: str
    ai: dict[str, Any]
    channels: dict[str, HealthState]
    """The configured accounts: the API takes tickets of every channel, which makes none of them an account."""
    mail: str
    roles: dict[str, RoleState]
    """Of this process."""


class Readiness(BaseModel):
    status: Literal["ready", "not_ready"]
    checks: Checks


@router.get("/health", response_model=Health, responses=problems())
async def health() -> Json:
    """The process lives."""
    return Json({"status": "ok"})


@router.get(
    "/ready",
    response_model=Readiness,
    responses={
        **problems(),
        503: {"model": Readiness, "description": "The database is away, or a role is not at work"},
    },
)
async def ready(request: Request, desk: DeskDep) -> Json:
    """This process can do its work. What answers messages may be degraded and says so."""
    roles: ProcessReadiness = request.app.state.readiness
    database = await _database(desk)
    checks = {
        "database": database,
        "disk": "low" if desk.disk.is_low else "ok",
        "broker": "not_configured",
        "redis": "not_configured",
        "ai": {"mode": ai_mode(desk), "providers": {name: "configured" for name in desk.settings.providers}},
        "channels": await _channels(desk),
        "mail": "smtp" if desk.settings.smtp_host else "folder",
        "roles": roles.states(),
    }
    well = database == "ok" and roles.is_ready
    return Json({"status": "ready" if well else "not_ready", "checks": checks}, 200 if well else 503)


@router.get("/metrics", response_class=Response, responses={**problems(), **raw("text/plain")})
async def metrics(desk: DeskDep) -> Response:
    """Prometheus metrics."""
    desk.disk.look()
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _channels(desk: Desk) -> dict[str, str]:
    """What their providers said last; a channel in trouble makes no process unready."""
    accounts = [channel for channel in desk.channels if channel.account != API_ACCOUNT]
    try:
        async with asyncio.timeout(_PATIENCE), desk.db.connection() as conn:
            healths = await channel_health.of_accounts(conn, accounts)
    except (TimeoutError, TemporaryError):
        healths = {}
    unknown = AccountHealth(HealthState.UNKNOWN)
    return {
        f"{channel.name}/{channel.account}": healths.get((channel.name, channel.account), unknown).state
        for channel in accounts
    }


def ai_mode(desk: Desk) -> str:
    return "llm" if len(desk.settings.providers) > 1 else "local"


async def _database(desk: Desk) -> str:
    try:
        async with asyncio.timeout(_PATIENCE):
            await desk.db.ping()
    except (TimeoutError, TemporaryError):
        return "away"
    return "ok"
