"""Events that were set aside because they could not be recorded: listed for staff, and tried again by hand."""

from dataclasses import dataclass
from datetime import datetime

from prometheus_client import Counter

from frontdesk.access.actor import Actor
from frontdesk.audit import door
from frontdesk.audit.act import AuditAction, ObjectKind
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import NotFound
from frontdesk.terms import ConversationId, LaneKind

_set_aside = Counter("support_inbound_parked_total", "Events that could not be recorded", ["kind"])


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    event_id: int
    conversation_id: ConversationId
    channel: str
    account: str
    kind: str
    reason: str
    received_at: datetime
    parked_at: datetime


async def set_aside(conn: Connection, event_id: int, kind: str, reason: str) -> None:
    """It is not recorded and stands in nobody's way; its body stays as it came."""
    _set_aside.labels(kind).inc()
    await execute(
        conn,
        "update raw_event set recorded_at = clock_timestamp(), parked_at = clock_timestamp(), failure = %s"
        " where event_id = %s",
        (reason[:500], event_id),
    )


async def parked(conn: Connection, limit: int = 100) -> list[ParkedEvent]:
    """Newest first."""
    return await fetch_all(
        conn,
        ParkedEvent,
        "select event_id, conversation_id, body->>'channel' as channel, body->>'account' as account,"
        " coalesce(body->>'kind', 'message') as kind, failure as reason, received_at, parked_at"
        " from raw_event where parked_at is not null order by event_id desc limit %s",
        (limit,),
    )


@dataclass(frozen=True, slots=True)
class ParkedDelivery:
    delivery_id: int
    source: str
    reason: str
    received_at: datetime


async def parked_deliveries(conn: Connection, limit: int = 100) -> list[ParkedDelivery]:
    """Those of which no event could be made, newest first."""
    return await fetch_all(
        conn,
        ParkedDelivery,
        "select delivery_id, source, failure as reason, received_at from raw_delivery"
        " where failure is not null order by delivery_id desc limit %s",
        (limit,),
    )


async def try_again(conn: Connection, lanes: Lanes, event_id: int, by: Actor) -> None:
    """Have it recorded after all, as after an upgrade that can read it. Raises `NotFound`."""
    row = await fetch_one(
        conn,
        _Conversation,
        "update raw_event set recorded_at = null, parked_at = null, failure = null"
        " where event_id = %s and parked_at is not null returning conversation_id",
        (event_id,),
    )
    if row is None:
        raise NotFound("there is no such event set aside")
    await door.record(conn, by, AuditAction.EVENT_RETRIED, ObjectKind.EVENT, str(event_id))
    await lanes.wake(conn, LaneKind.INTAKE, row.conversation_id)


@dataclass(frozen=True, slots=True)
class _Conversation:
    conversation_id: ConversationId
