"""API keys of programs, for admins."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.access import api_keys
from frontdesk.access.actor import Permission
from frontdesk.web.access.views import Keys, KeyView, NewKeyView, key_view
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.fields import Name
from frontdesk.web.reply import Json

router = APIRouter(prefix="/keys", tags=["access"])


class NewKey(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"name": "Shop", "scopes": ["tickets:write"], "expires_in_days": 365}]
        },
    )

    name: Name
    scopes: Annotated[list[Permission], Field(min_length=1, max_length=len(Permission))]
    expires_in_days: Annotated[int, Field(ge=1, le=3650)] | None = None


@router.get("", response_model=Keys, responses=problems())
async def list_keys(desk: DeskDep, caller: Staff) -> Json:
    async with desk.db.connection() as conn:
        return Json({"keys": [key_view(key) for key in await api_keys.every(conn)]})


@router.post("", status_code=201, response_model=NewKeyView, responses=problems())
async def create_key(body: NewKey, desk: DeskDep, caller: Staff) -> Json:
    """The key is in this answer alone."""
    days = body.expires_in_days
    expires_at = None if days is None else datetime.now(UTC) + timedelta(days=days)
    async with desk.db.transaction() as conn:
        key, text = await api_keys.create(conn, caller.actor, body.name, set(body.scopes), expires_at)
    return Json({**key_view(key), "key": text}, 201)


@router.delete("/{key_id}", response_model=KeyView, responses=problems())
async def revoke_key(key_id: str, desk: DeskDep, caller: Staff) -> Json:
    """Counts at once, in open sockets too."""
    async with desk.db.transaction() as conn:
        return Json(key_view(await api_keys.revoke(conn, caller.actor, key_id)))
