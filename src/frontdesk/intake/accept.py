"""Keep first, think later: a raw event under its unique key and the lane's wake-up, in one statement."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, LiteralString

import orjson
from psycopg.types.json import Jsonb

from frontdesk.channels.inbound import InboundEvent, InboundMessage, StaffReplied
from frontdesk.db.pool import Connection, Database, fetch_one, fetch_value
from frontdesk.engine.lanes import Lanes, wake_each
from frontdesk.errors import NotFound
from frontdesk.intake.raw_event import FORMAT, keep
from frontdesk.intake.threads import in_its_thread
from frontdesk.kit.text import clean
from frontdesk.terms import ConversationId, LaneKind
from frontdesk.tickets.conversation import conversation_id

_NEW: LiteralString = """
    with new as (
        insert into event_key (channel, account, kind, external_id, event_id)
        select %(channel)s, %(account)s, %(kind)s, %(external_id)s, nextval('raw_event_id')
         where not exists (select from event_key where channel = %(channel)s and account = %(account)s
                           and kind = %(kind)s and external_id = %(erased)s)
        on conflict do nothing returning event_id
    ), kept as (
        insert into raw_event (event_id, conversation_id, ticket_id, body, format, delivery_id)
        select event_id, %(conversation_id)s, %(ticket_id)s, %(body)s, %(format)s, %(delivery_id)s from new
    )
"""
_RESULT: LiteralString = """
    select event_id, false as duplicate from new
    union all
    select event_id, true from event_key where channel = %(channel)s and account = %(account)s
       and kind = %(kind)s and external_id in (%(external_id)s, %(erased)s)
    limit 1
"""
_OF_NEW: LiteralString = (
    "(select %(lane)s::text as kind, %(conversation_id)s::text as subject, %(flow)s::text as flow,"
    " %(head_start)s::interval as head_start from new)"
)
_WOKEN = f", woken as ({wake_each(_OF_NEW)})"
_KEEP = _NEW + _RESULT
_KEEP_AND_WAKE = _NEW + _WOKEN + _RESULT

# A repetition is the same row: a provider that repeats itself for days fills nothing.
_DELIVERED = """
    insert into raw_delivery (source, url, content_type, digest, body, events, failure)
    values (%(source)s, %(url)s, %(content_type)s, %(digest)s, %(body)s, %(events)s, %(failure)s)
    on conflict (source, digest) do update set failure = excluded.failure, events = excluded.events
    returning delivery_id
"""


@dataclass(frozen=True, slots=True)
class Accepted:
    event_id: int
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """The bytes that brought events, as they came."""

    source: str
    """Where they came in: a webhook's path, or a poller's channel and account."""
    body: bytes
    content_type: str = ""
    url: str = ""


def erased_key(external_id: str) -> str:
    """What an erased event is known by: sent again it stays a duplicate, and its id is not kept."""
    return f"erased:{hashlib.sha256(external_id.encode()).hexdigest()}"


async def accept(
    db: Database, lanes: Lanes, event: InboundEvent, head_start: timedelta = timedelta(0)
) -> Accepted:
    """Make the event durable and wake its conversation; a duplicate has no effect and is told.

    It goes before what was accepted up to `head_start` earlier.
    Raises `Unavailable` where the database is away: then nothing was kept and the sender must repeat.
    """
    async with db.connection() as conn:
        kept = await _keep(conn, event, _KEEP_AND_WAKE, head_start=head_start)
        if not kept.duplicate:
            lanes.announce(conn)
        return kept


async def accepted_before(conn: Connection, event: InboundEvent) -> int | None:
    """The id of the raw event that has this event's key already, if any."""
    query = "select event_id from event_key where channel = %s and account = %s and kind = %s and external_id = any(%s)"
    external_id = clean(event.external_id)
    ids = [external_id, erased_key(external_id)]
    known = await fetch_value(conn, query, (event.channel, event.account, event.kind, ids))
    return None if known is None else int(known)


async def accept_delivery(
    conn: Connection,
    lanes: Lanes,
    delivery: Delivery,
    events: Sequence[InboundEvent],
    failure: str | None = None,
) -> list[Accepted]:
    """Keep a delivery's bytes and each of its events, in the caller's transaction."""
    delivery_id = await keep_delivery(conn, delivery, len(events), failure)
    threaded = [await in_its_thread(conn, event) for event in events]
    kept = [await _keep(conn, event, _KEEP, delivery_id) for event in threaded]
    pairs = zip(threaded, kept, strict=True)
    # In one order everywhere: two deliveries that meet must not wait for each other.
    new = {_conversation(event): flow_of(event) for event, accepted in pairs if not accepted.duplicate}
    for conversation, flow in sorted(new.items()):
        await lanes.wake(conn, LaneKind.INTAKE, conversation, flow=flow)
    return kept


async def keep_delivery(conn: Connection, delivery: Delivery, events: int, failure: str | None = None) -> int:
    """Keep the bytes; `failure` says why no event could be made of them, for a person to see."""
    params = {
        "source": delivery.source,
        "url": clean(delivery.url),
        "content_type": clean(delivery.content_type),
        "digest": hashlib.sha256(delivery.body).digest(),
        "body": delivery.body,
        "events": events,
        "failure": failure,
    }
    return int(await fetch_value(conn, _DELIVERED, params))


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What came in, as it came: files of a mail are taken out of it later."""

    db: Database

    async def body(self, source: str, digest: bytes) -> bytes:
        """Raises `NotFound`."""
        async with self.db.connection() as conn:
            query = "select body from raw_delivery where source = %s and digest = %s"
            body = await fetch_value(conn, query, (source, digest))
        if body is None:
            raise NotFound("the mail is not kept any more")
        return bytes(body)


async def kept_delivery(conn: Connection, delivery_id: int) -> Delivery:
    """Raises `NotFound`."""
    query = "select source, body, content_type, url from raw_delivery where delivery_id = %s"
    delivery = await fetch_one(conn, Delivery, query, (delivery_id,))
    if delivery is None:
        raise NotFound("there is no such delivery")
    return delivery


async def _keep(
    conn: Connection,
    event: InboundEvent,
    statement: LiteralString,
    delivery_id: int | None = None,
    head_start: timedelta = timedelta(0),
) -> Accepted:
    params = {
        "channel": event.channel,
        "account": event.account,
        "kind": event.kind,
        "external_id": clean(event.external_id),
        "erased": erased_key(clean(event.external_id)),
        "conversation_id": _conversation(event),
        "ticket_id": event.ticket_id if isinstance(event, InboundMessage | StaffReplied) else None,
        "lane": LaneKind.INTAKE,
        "flow": flow_of(event),
        "head_start": head_start,
        "body": Jsonb(keep(event), dumps=_dumps),
        "format": FORMAT,
        "delivery_id": delivery_id,
    }
    kept = await fetch_one(conn, Accepted, statement, params)
    # None: the key is another transaction's that has not been seen yet, and that keeps the event
    return kept or Accepted(0, duplicate=True)


def flow_of(event: InboundEvent) -> str:
    """Who it is that waits: all threads of one peer. What a peer claims of itself takes nobody else's turn."""
    return conversation_id(event.channel, event.account, event.peer.address)


def _conversation(event: InboundEvent) -> ConversationId:
    return conversation_id(event.channel, event.account, event.peer.address, event.thread)


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()
