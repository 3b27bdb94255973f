"""Keep first, think later: raw events under their unique keys and their lanes' wake-ups, in one statement."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, LiteralString

import orjson
from psycopg.types.json import Jsonb

from frontdesk.channels.inbound import InboundEvent, InboundMessage, StaffReplied
from frontdesk.db.pool import Connection, Database, fetch_all, fetch_one, fetch_value
from frontdesk.engine.group_commit import GroupCommit
from frontdesk.engine.lanes import Lanes, wake_each
from frontdesk.errors import NotFound
from frontdesk.intake.raw_event import FORMAT, keep
from frontdesk.intake.threads import in_its_thread
from frontdesk.kit.text import clean
from frontdesk.terms import ConversationId, LaneKind
from frontdesk.tickets.conversation import conversation_id

# In one order everywhere: two groups that meet must not wait for each other.
_DUE: LiteralString = (
    "(select %(lane)s::text as kind, conversation_id as subject, min(flow) as flow, max(head_start) as head_start"
    " from first group by conversation_id order by conversation_id)"
)
_KEEP: LiteralString = f"""
    with given as (
        select * from jsonb_to_recordset(%(events)s) as event(
            n int, channel text, account text, kind text, external_id text, erased text, conversation_id text,
            ticket_id text, flow text, head_start interval, body jsonb)
    ), new as (
        insert into event_key (channel, account, kind, external_id, event_id)
        select channel, account, kind, external_id, nextval('raw_event_id') from (
            select * from given
             where not exists (select from event_key known
                                where known.channel = given.channel and known.account = given.account
                                  and known.kind = given.kind and known.external_id = given.erased)
             order by n) unknown
        on conflict do nothing returning channel, account, kind, external_id, event_id
    ), first as (
        select distinct on (event_id) new.event_id, given.*
          from new join given using (channel, account, kind, external_id) order by event_id, n
    ), kept as (
        insert into raw_event (event_id, conversation_id, ticket_id, body, format, delivery_id)
        select event_id, conversation_id, ticket_id, body, %(format)s, %(delivery_id)s from first
    ), woken as ({wake_each(_DUE)})
    select coalesce(first.event_id, new.event_id, known.event_id, 0) as event_id, first.n is null as duplicate
      from given
      left join first using (n)
      left join new on new.channel = given.channel and new.account = given.account and new.kind = given.kind
                   and new.external_id = given.external_id
      left join lateral (
          select event_id from event_key
           where channel = given.channel and account = given.account and kind = given.kind
             and external_id in (given.external_id, given.erased) limit 1) known on true
     order by n
"""
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


@dataclass(frozen=True, slots=True)
class _Given:
    event: InboundEvent
    head_start: timedelta = timedelta(0)


class Intake:
    """Where events come in singly, from windows, forms and programs. One per process."""

    def __init__(self, db: Database, lanes: Lanes) -> None:
        self._db = db
        self._lanes = lanes
        self._group = GroupCommit(self._keep)

    async def accept(self, event: InboundEvent, head_start: timedelta = timedelta(0)) -> Accepted:
        """Make the event durable and wake its conversation; a duplicate has no effect and is told.

        It goes before what was accepted up to `head_start` earlier.
        Raises `Unavailable` where the database is away: then nothing was kept and the sender must repeat.
        """
        return await self._group.add(_Given(event, head_start))

    async def _keep(self, given: Sequence[_Given]) -> list[Accepted]:
        async with self._db.connection() as conn:
            return await _keep(conn, self._lanes, given)


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
    threaded = [_Given(await in_its_thread(conn, event)) for event in events]
    return await _keep(conn, lanes, threaded, delivery_id) if threaded else []


async def accept_all(conn: Connection, lanes: Lanes, events: Sequence[InboundEvent]) -> list[Accepted]:
    """Keep events whose source can be asked for them again, in the caller's transaction and in their order."""
    return await _keep(conn, lanes, [_Given(event) for event in events]) if events else []


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
    conn: Connection, lanes: Lanes, given: Sequence[_Given], delivery_id: int | None = None
) -> list[Accepted]:
    """Each event once, in the order given, and their conversations woken: one statement."""
    events = [_row(n, each) for n, each in enumerate(given)]
    params = {
        "events": Jsonb(events, dumps=_dumps),
        "lane": LaneKind.INTAKE,
        "format": FORMAT,
        "delivery_id": delivery_id,
    }
    # Event 0: the key is another transaction's that has not been seen yet, and that keeps the event.
    kept = await fetch_all(conn, Accepted, _KEEP, params)
    if not all(accepted.duplicate for accepted in kept):
        lanes.announce(conn)
    return kept


def _row(n: int, given: _Given) -> dict[str, Any]:
    event = given.event
    return {
        "n": n,
        "channel": event.channel,
        "account": event.account,
        "kind": event.kind,
        "external_id": clean(event.external_id),
        "erased": erased_key(clean(event.external_id)),
        "conversation_id": _conversation(event),
        "ticket_id": event.ticket_id if isinstance(event, InboundMessage | StaffReplied) else None,
        "flow": flow_of(event),
        "head_start": f"{given.head_start.total_seconds()} s",
        "body": keep(event),
    }


def flow_of(event: InboundEvent) -> str:
    """Who it is that waits: all threads of one peer. What a peer claims of itself takes nobody else's turn."""
    return conversation_id(event.channel, event.account, event.peer.address)


def _conversation(event: InboundEvent) -> ConversationId:
    return conversation_id(event.channel, event.account, event.peer.address, event.thread)


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()
