"""What is to be said: queued in the transaction that decided it, tried by the conversation's own lane."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, LiteralString

from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from frontdesk.access.scope import Scope
from frontdesk.channels.inbound import Upload
from frontdesk.channels.outbound import Button, Template
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.terms import (
    ChannelName,
    ConversationId,
    DeliveryState,
    MessageId,
    SenderType,
    TicketId,
)
from frontdesk.tickets import message
from frontdesk.tickets.message import Message


@dataclass(frozen=True, slots=True)
class SendOptions:
    """What goes with a message beside its text."""

    buttons: tuple[Button, ...] = ()
    template: Template | None = None


_OPTIONS = TypeAdapter(SendOptions)


def _uploads(rows: Iterable[Any] | None) -> tuple[Upload, ...]:
    return tuple(Upload(*row) for row in rows or ())


@dataclass(frozen=True, slots=True)
class Waiting:
    """The oldest message of a conversation that is still to be sent, with its address."""

    message_id: MessageId
    ticket_id: TicketId
    conversation_id: ConversationId
    state: str
    attempts: int
    content: str
    sender_name: str | None
    channel: ChannelName
    account: str
    address: str
    thread: str
    language: str | None
    subject: str
    number: int
    email: str | None
    request_id: str | None
    not_before: datetime | None
    """The channel asked not to be tried again before this time, which is still to come."""
    age: timedelta
    """By the database's clock, since the first attempt; of one that was never tried, since it was queued."""
    was_delayed: bool
    sender_type: SenderType
    options: SendOptions
    parts_sent: int
    """So many parts the channel has taken already."""
    reply_to: str | None
    """The external id of the customer's message before it, and its headers."""
    headers: list[list[str]] | None
    asked: str | None
    asked_at: datetime | None
    asked_by: str | None
    """What the customer's message says, and who they call themselves."""
    last_inbound_at: datetime | None
    unreachable: str | None
    uploads: tuple[Upload, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "channel", ChannelName(self.channel))
        object.__setattr__(self, "sender_type", SenderType(self.sender_type))
        object.__setattr__(self, "options", _OPTIONS.validate_python(self.options or {}))
        object.__setattr__(self, "uploads", _uploads(self.uploads))


@dataclass(frozen=True, slots=True)
class Parked:
    message_id: MessageId
    reason: str


# Behind what still waits nothing is sent; who cannot be reached gets nothing: the lane's run says so to people.
_PUT = """
    with placed as (
        select c.conversation_id, c.unreachable is null and not %(has_template)s
            and (c.channel, c.account) in (select * from unnest(%(channels)s::text[], %(accounts)s::text[]))
            and not exists (select from outbox o
                             where o.conversation_id = c.conversation_id and o.state in ('queued', 'sending')) as is_sent
          from conversation c where c.conversation_id = %(conversation_id)s
    ), kept as (
        insert into outbox (message_id, conversation_id, options, state, attempts, first_tried_at, sent_at)
        select %(message_id)s, conversation_id, %(options)s, case when is_sent then 'sent' else 'queued' end,
            is_sent::int, case when is_sent then now() end, case when is_sent then clock_timestamp() end
          from placed
    ), tried as (
        insert into send_attempt (message_id, ended_at, outcome)
        select %(message_id)s, clock_timestamp(), 'sent' from placed where is_sent
    ), shown as (
        update message set delivery_state = 'sent' where message_id = %(message_id)s and (select is_sent from placed)
    )
    select is_sent from placed
"""


async def put(
    conn: Connection,
    conversation_id: ConversationId,
    written: Message,
    delivered_here: Collection[tuple[ChannelName, str]],
    options: SendOptions | None = None,
) -> bool:
    """Keep what is to be sent; whether it is sent by this, for its account is one of `delivered_here`."""
    params = {
        "message_id": written.message_id,
        "conversation_id": conversation_id,
        "channels": [channel for channel, _ in delivered_here],
        "accounts": [account for _, account in delivered_here],
        "options": Jsonb(_OPTIONS.dump_python(options)) if options else None,
        "has_template": options is not None and options.template is not None,
    }
    return bool(await fetch_value(conn, _PUT, params))


async def next_waiting(conn: Connection, conversation_id: str) -> Waiting | None:
    return await fetch_one(
        conn,
        Waiting,
        "select o.message_id, m.ticket_id, o.conversation_id, o.state, o.attempts, m.content, m.sender_name,"
        " c.channel, c.account, c.address, c.thread, t.language, t.subject, t.number, m.request_id,"
        " case when c.proof in ('attested', 'verified') then u.email else c.claimed->>'email' end as email,"
        " case when o.not_before > now() then o.not_before end as not_before, m.sender_type, o.options,"
        " now() - coalesce(o.first_tried_at, o.created_at) as age, o.last_error is not null as was_delayed,"
        " (select count(*) from sent_part p where p.message_id = o.message_id and p.part is not null) as parts_sent,"
        " asked.wire->>'external_id' as reply_to, asked.wire->'headers' as headers,"
        " asked.content as asked, asked.created_at as asked_at, asked.sender_name as asked_by,"
        " c.last_inbound_at, c.unreachable,"
        " (select jsonb_agg(jsonb_build_array(a.filename, a.content_type, a.size, a.blob_key) order by a.filename)"
        "   from attachment a where a.message_id = o.message_id and a.blob_key is not null) as uploads"
        " from outbox o join message m using (message_id) join ticket t using (ticket_id)"
        " join conversation c on c.conversation_id = o.conversation_id"
        " left join customer u on u.customer_id = c.customer_id"
        " left join lateral (select q.wire, q.content, q.created_at, q.sender_name from message q"
        "   where q.ticket_id = m.ticket_id and q.seq < m.seq"
        "   and q.sender_type = 'customer' order by q.seq desc limit 1) asked on true"
        " where o.conversation_id = %s and o.state in ('queued', 'sending') order by o.created_at, m.seq limit 1",
        (conversation_id,),
    )


async def count_lately(conn: Connection, waiting: Waiting) -> int:
    """The messages that no person wrote and that went to this address within an hour, in all its conversations."""
    query = (
        "select count(*) from conversation c join ticket t using (conversation_id) join message m using (ticket_id)"
        " join outbox o using (message_id) where c.channel = %s and c.account = %s and c.address = %s"
        " and m.sender_type in ('ai', 'system') and o.sent_at > now() - interval '1 hour'"
    )
    return int(await fetch_value(conn, query, (waiting.channel, waiting.account, waiting.address)))


async def start_attempt(conn: Connection, message_id: MessageId, *, leaves_now: bool = True) -> None:
    """Recorded before it is tried; with `leaves_now=False` nothing leaves before `leaves` is called."""
    await execute(
        conn,
        "update outbox set state = %s, attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, now())"
        " where message_id = %s",
        ("sending" if leaves_now else "queued", message_id),
    )
    await execute(conn, "insert into send_attempt (message_id) values (%s)", (message_id,))
    await message.set_delivery(conn, message_id, DeliveryState.SENDING)


async def leaves(conn: Connection, message_id: MessageId) -> None:
    """Recorded before the first byte leaves: who finds `sending` knows that an attempt has an unseen end."""
    await execute(conn, "update outbox set state = 'sending' where message_id = %s", (message_id,))


async def end_attempt(
    conn: Connection,
    message_id: MessageId,
    state: str,
    error: str | None = None,
    wait: float = 0.0,
) -> None:
    """`state`: `sent`, `queued` (again, `wait` seconds later) or `parked` (never again by itself)."""
    await execute(
        conn,
        "update outbox set state = %s, last_error = %s, not_before = now() + %s,"
        " sent_at = case when %s = 'sent' then clock_timestamp() end where message_id = %s",
        (state, error, timedelta(seconds=wait), state, message_id),
    )
    await execute(
        conn,
        "update send_attempt set ended_at = clock_timestamp(), outcome = %s, error = %s"
        " where message_id = %s and ended_at is null",
        (state, error, message_id),
    )
    shown = {"sent": DeliveryState.SENT, "queued": DeliveryState.QUEUED, "parked": DeliveryState.FAILED}[
        state
    ]
    await message.set_delivery(conn, message_id, shown)


async def try_again(conn: Connection, message_id: MessageId) -> ConversationId | None:
    """Have a parked message tried again, from the first part that did not go out; None where it is not parked."""
    conversation = await fetch_value(
        conn,
        "update outbox set state = 'queued', last_error = null, not_before = null, first_tried_at = null"
        " where message_id = %s and state = 'parked' returning conversation_id",
        (message_id,),
    )
    if conversation is None:
        return None
    await message.set_delivery(conn, message_id, DeliveryState.QUEUED)
    return ConversationId(conversation)


async def why_parked(conn: Connection, ticket_id: TicketId, scope: Scope) -> dict[MessageId, str]:
    """The parked messages of a ticket, with the reason of each."""
    query: LiteralString = (
        "select o.message_id, coalesce(o.last_error, '') as reason from outbox o join message m using (message_id)"
        " where m.ticket_id = %(ticket_id)s and o.state = 'parked' and " + scope.of("m.ticket_id")
    )
    rows = await fetch_all(conn, Parked, query, {"ticket_id": ticket_id, **scope.params})
    return {row.message_id: row.reason for row in rows}


async def count_delayed(conn: Connection) -> int:
    """How many replies could not leave yet and are tried again."""
    query = "select count(*) from outbox where state in ('queued', 'sending') and last_error is not null"
    return int(await fetch_value(conn, query))
