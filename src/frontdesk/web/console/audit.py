"""The audit log: who did what to which object, from where; for admins, read only."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, BeforeValidator, Field
from starlette.responses import StreamingResponse

from frontdesk.audit import log
from frontdesk.audit.act import AuditAction, ObjectKind
from frontdesk.audit.door import record
from frontdesk.audit.log import AuditFilters, audit_record
from frontdesk.audit.sealer import head_of
from frontdesk.desk import Desk
from frontdesk.errors import BadRequest, ValidationFailed
from frontdesk.kit.text import clean
from frontdesk.kit.times import stamp
from frontdesk.web.caller import Admin, DeskDep
from frontdesk.web.errors import problems, raw
from frontdesk.web.reply import Json, dumps

router = APIRouter(prefix="/audit", tags=["audit"])

_BATCH = 500
_ACTIONS = "|".join(action.value.replace(".", r"\.") for action in AuditAction)


def _no_number(value: object) -> object:
    """A bare number is no time, though one could be made of it."""
    if isinstance(value, str) and value.lstrip("+-").replace(".", "").isdigit():
        raise ValueError("a time such as 2026-11-01T09:00:00Z")
    return value


Moment = Annotated[datetime, BeforeValidator(_no_number)]


class AuditActor(BaseModel):
    kind: str = Field(examples=["person"])
    id: str
    name: str | None = Field(description="null: emptied, because the customer was erased")


class AuditObject(BaseModel):
    kind: ObjectKind
    id: str


class AuditChange(BaseModel):
    """A field whose values may be personal is only named."""

    field: str
    before: str | int | bool | None = None
    after: str | int | bool | None = None


class AuditEntryView(BaseModel):
    entry_id: str
    number: int | None = Field(description="Place in the chain; null: written within the last seconds")
    at: datetime
    actor: AuditActor
    action: AuditAction
    object: AuditObject
    changes: list[AuditChange]
    network: str | None
    request_id: str | None
    hash: str | None


class AuditHead(BaseModel):
    number: int
    hash: str


class AuditPage(BaseModel):
    entries: list[AuditEntryView]
    next_cursor: str | None
    head: AuditHead = Field(
        description="How far the chain reaches; keep it elsewhere to prove later what stood here"
    )


async def _asked(
    *,
    actor: Annotated[
        str | None, Query(description="An id, a name, or a kind: person, key, ai, rule.", max_length=200)
    ] = None,
    action: Annotated[
        str,
        Query(
            description="Comma list.",
            max_length=2000,
            json_schema_extra={"pattern": f"^(({_ACTIONS})(,({_ACTIONS}))*)?$"},
        ),
    ] = "",
    object: Annotated[
        str | None,
        Query(description="`ticket`, or `ticket:<id>`.", max_length=300, pattern=r"^[a-z]+(:[^\x00]+)?$"),
    ] = None,
    since: Annotated[Moment | None, Query()] = None,
    until: Annotated[Moment | None, Query(description="Not included.")] = None,
    q: Annotated[
        str, Query(description="A piece of a name, an id, an action, an address.", max_length=200)
    ] = "",
) -> AuditFilters:
    kind, _, name = (object or "").partition(":")
    return AuditFilters(
        actor=clean(actor) if actor else None,
        actions=_actions(action),
        object_kind=kind or None,
        object_id=clean(name) or None,
        since=_aware(since),
        until=_aware(until),
        text=clean(q).strip(),
    )


AskedDep = Annotated[AuditFilters, Depends(_asked)]


@router.get("", response_model=AuditPage, responses=problems())
async def list_audit(
    desk: DeskDep,
    caller: Admin,
    asked: AskedDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[
        str | None, Query(description="`next_cursor` of the page before.", max_length=20)
    ] = None,
) -> Json:
    """What was done, newest first."""
    before = None if cursor is None else _entry_id(cursor)
    async with desk.db.reading() as conn:
        entries = await log.page(conn, asked, limit + 1, before)
        head = await head_of(conn)
    page = entries[:limit]
    more = len(entries) > limit
    return Json(
        {
            "entries": [_shown(entry) for entry in page],
            "next_cursor": str(page[-1].entry_id) if more else None,
            "head": {"number": head.number, "hash": head.hash.hex()},
        }
    )


@router.get(
    "/export", response_class=StreamingResponse, responses={**problems(), **raw("application/x-ndjson")}
)
async def export_audit(desk: DeskDep, caller: Admin, asked: AskedDep) -> StreamingResponse:
    """The same entries as JSON lines, newest first."""
    async with desk.db.transaction() as conn:
        head = await head_of(conn)
        await record(conn, caller.actor, AuditAction.AUDIT_EXPORTED, ObjectKind.AUDIT, str(head.number))
    headers = {"Content-Disposition": 'attachment; filename="audit.jsonl"'}
    return StreamingResponse(_lines(desk, asked), media_type="application/x-ndjson", headers=headers)


async def _lines(desk: Desk, filters: AuditFilters) -> AsyncIterator[bytes]:
    """No connection is held while a slow reader reads."""
    before: int | None = None
    while True:
        async with desk.db.reading() as conn:
            entries = await log.page(conn, filters, _BATCH, before)
        if not entries:
            return
        yield b"".join(dumps(_shown(entry)) + b"\n" for entry in entries)
        before = entries[-1].entry_id


def _shown(entry: log.AuditEntry) -> dict[str, Any]:
    return {**audit_record(entry), "at": stamp(entry.at)}


def _entry_id(cursor: str) -> int:
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise BadRequest("the cursor is not one that this list gave")
    return int(cursor)


def _actions(text: str) -> tuple[AuditAction, ...]:
    parts = [part for part in (piece.strip() for piece in clean(text).split(",")) if part]
    known = {action.value: action for action in AuditAction}
    if unknown := [part for part in parts if part not in known]:
        raise ValidationFailed(f"there is no action {unknown[0][:50]!r}")
    return tuple(known[part] for part in parts)


def _aware(moment: datetime | None) -> datetime | None:
    """A time without a zone is UTC's."""
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)
