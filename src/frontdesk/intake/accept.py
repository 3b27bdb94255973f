"""Keep first, think later: a raw event under its unique key and the lane's wake-up, in one statement."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from psycopg.types.json import Jsonb

from frontdesk.channels.message import InboundMessage, Peer, Upload
from frontdesk.db.pool import Database, fetch_one
from frontdesk.engine.lanes import Lanes, wake_each
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName, LaneKind, Priority, Proof
from frontdesk.tickets.conversation import conversation_id

_KEEP = f"""
    with new as (
        insert into event_key (channel, account, kind, external_id, event_id)
        values (%(channel)s, %(account)s, %(kind)s, %(external_id)s, nextval('raw_event_id'))
        on conflict do nothing returning event_id
    ), kept as (
        insert into raw_event (event_id, conversation_id, ticket_id, body)
        select event_id, %(conversation_id)s, %(ticket_id)s, %(body)s from new
    ), woken as (
        {wake_each("(select %(lane)s as kind, %(conversation_id)s as subject from new)")}
    )
    select event_id, false as duplicate from new
    union all
    select event_id, true from event_key
     where channel = %(channel)s and account = %(account)s and kind = %(kind)s and external_id = %(external_id)s
    limit 1
"""


@dataclass(frozen=True, slots=True)
class Accepted:
    event_id: int
    duplicate: bool


async def accept(db: Database, lanes: Lanes, message: InboundMessage) -> Accepted:
    """Make the message durable and wake its conversation; a duplicate has no effect and is told.

    Raises `Unavailable` where the database is away: then nothing was kept and the sender must repeat.
    """
    conversation = conversation_id(message.channel, message.account, message.peer.address, message.thread)
    params = {
        "channel": message.channel,
        "account": message.account,
        "kind": message.kind,
        "external_id": clean(message.external_id),
        "conversation_id": conversation,
        "ticket_id": message.ticket_id,
        "lane": LaneKind.INTAKE,
        "body": Jsonb(_cleaned(message), dumps=_dumps),
    }
    async with db.connection() as conn:
        kept = await fetch_one(conn, Accepted, _KEEP, params)
        if kept is None:  # the key is another transaction's that has not been seen yet: it keeps the message
            return Accepted(0, duplicate=True)
        if not kept.duplicate:
            lanes.announce(conn)
        return kept


def restore(body: dict[str, Any]) -> InboundMessage:
    """The message as it was accepted."""
    fields = dict(body)
    peer = dict(fields.pop("peer"))
    uploads = tuple(Upload(**upload) for upload in fields.pop("uploads"))
    priority = fields.pop("priority")
    return InboundMessage(
        channel=ChannelName(fields.pop("channel")),
        peer=Peer(proof=Proof(peer.pop("proof")), **peer),
        sent_at=datetime.fromisoformat(fields.pop("sent_at")),
        priority=Priority(priority) if priority else None,
        uploads=uploads,
        **fields,
    )


def _dumps(value: object) -> str:
    return orjson.dumps(value).decode()


def _cleaned(value: Any) -> Any:
    """The value as JSON has it, its strings without what PostgreSQL cannot keep."""
    if isinstance(value, str):
        return value if value.isprintable() else clean(value)
    if isinstance(value, InboundMessage | Peer | Upload):  # asdict() would copy what never changes
        return {field.name: _cleaned(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_cleaned(item) for item in value]
    return value
