"""The messages of a ticket, numbered by the database without gaps."""

import uuid
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.db.words import WORDS, twice
from frontdesk.kit.findable import findable
from frontdesk.terms import ChannelName, DeliveryState, MessageId, SenderType, TicketId
from frontdesk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Message:
    message_id: MessageId
    ticket_id: TicketId
    seq: int
    sender_type: SenderType
    sender_name: str | None
    kind: str
    """`text`, or `note`: seen by staff only."""
    content: str
    channel: ChannelName
    delivery_state: DeliveryState
    client_msg_id: str | None
    event_id: int | None
    request_id: str | None
    ai: dict[str, Any] | None
    reading: dict[str, Any] | None
    to_assistant: bool
    """Asked of the assistant, also where a person has the ticket."""
    payload: str | None
    """What the button that was pressed had been sent with."""
    edited_at: datetime | None
    deleted_at: datetime | None
    """The customer took it back: staff sees it, the AI does not."""
    reactions: dict[str, str]
    """Emoji by the address of who reacted."""
    created_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "sender_type", SenderType(self.sender_type))
        object.__setattr__(self, "channel", ChannelName(self.channel))
        object.__setattr__(self, "delivery_state", DeliveryState(self.delivery_state))


COLUMNS = ", ".join(f"m.{field.name}" for field in fields(Message))
"""By name: a version that adds columns does not disturb the workers of the one before."""


def new_message_id() -> MessageId:
    return MessageId(str(uuid.uuid4()))


async def add(
    conn: Connection,
    ticket_id: TicketId,
    sender_type: SenderType,
    content: str,
    channel: ChannelName,
    *,
    message_id: MessageId | None = None,
    sender_name: str | None = None,
    kind: str = "text",
    client_msg_id: str | None = None,
    event_id: int | None = None,
    request_id: str | None = None,
    ai: dict[str, Any] | None = None,
    payload: str | None = None,
    to_assistant: bool = False,
    wire: dict[str, Any] | None = None,
) -> Message:
    """Append to the ticket (whose row the caller has locked); the number comes from the ticket's row.

    `wire` is what a reply needs of a customer's message: its `external_id` and `headers`.
    """
    incoming = sender_type is SenderType.CUSTOMER or kind == "note"
    added = await fetch_one(
        conn,
        Message,
        "with numbered as (update ticket set last_seq = last_seq + 1, updated_at = clock_timestamp()"
        " where ticket_id = %s returning ticket_id, last_seq)"
        " insert into message as m (message_id, ticket_id, seq, sender_type, sender_name, kind, content, channel,"
        " delivery_state, client_msg_id, event_id, request_id, ai, payload, to_assistant, wire, words)"
        " select %s, ticket_id, last_seq, %s, %s, %s, %s, %s, %s, %s, %s::bigint, %s, %s::jsonb, %s, %s, %s::jsonb,"
        f" {WORDS} from numbered returning {COLUMNS}",
        (
            ticket_id,
            message_id or new_message_id(),
            sender_type,
            sender_name,
            kind,
            content,
            channel,
            DeliveryState.RECEIVED if incoming else DeliveryState.QUEUED,
            client_msg_id,
            event_id,
            request_id,
            Jsonb(ai) if ai is not None else None,
            payload,
            to_assistant,
            Jsonb(wire) if wire is not None else None,
            *twice(findable(content)),
        ),
    )
    if added is None:
        raise AssertionError("an insert that returns its row returned none")
    return added


async def of_ticket(
    conn: Connection, ticket_id: TicketId, scope: Scope, after_seq: int = 0, limit: int = 500
) -> list[Message]:
    """Oldest first."""
    wanted = (
        f"select {COLUMNS} from message m where m.ticket_id = %(ticket_id)s and m.seq > %(after_seq)s and "
    )
    params = {"ticket_id": ticket_id, "after_seq": after_seq, "limit": limit, **scope.params}
    query = wanted + scope.of("m.ticket_id") + " order by m.seq limit %(limit)s"
    return await fetch_all(conn, Message, query, params)


@dataclass(frozen=True, slots=True)
class ProvenReply:
    """A message of the AI with the proofs of its sentences, as they were kept."""

    message_id: str
    ticket_id: str
    proof: list[dict[str, Any]]


async def proven(conn: Connection, scope: Scope, after: str = "", limit: int = 500) -> list[ProvenReply]:
    """Messages of the AI that have proofs, by id; those after that id."""
    wanted = (
        "select m.message_id, m.ticket_id, m.ai -> 'proof' as proof from message m"
        " where m.sender_type = 'ai' and m.message_id > %(after)s and jsonb_array_length(m.ai -> 'proof') > 0 and "
    )
    params = {"after": after, "limit": limit, **scope.params}
    query = wanted + scope.of("m.ticket_id") + " order by m.message_id limit %(limit)s"
    return await fetch_all(conn, ProvenReply, query, params)


async def get(conn: Connection, message_id: MessageId, scope: Scope) -> Message | None:
    query = f"select {COLUMNS} from message m where m.message_id = %(message_id)s and "
    query += scope.of("m.ticket_id")
    return await fetch_one(conn, Message, query, {"message_id": message_id, **scope.params})


async def by_client_id(conn: Connection, client_msg_id: str, scope: Scope) -> Message | None:
    """The message that the customer's own program numbered so."""
    numbered = f"select {COLUMNS} from message m join ticket t using (ticket_id) where m.client_msg_id = %(number)s and "
    params = {"number": client_msg_id, **scope.params}
    return await fetch_one(conn, Message, numbered + scope.condition, params)


async def of_raw_event(conn: Connection, event_id: int, scope: Scope) -> list[Message]:
    """What a raw event was recorded as, if anything."""
    query = f"select {COLUMNS} from message m where m.event_id = %(event_id)s and " + scope.of("m.ticket_id")
    return await fetch_all(conn, Message, query, {"event_id": event_id, **scope.params})


async def by_external_id(
    conn: Connection, channel: ChannelName, account: str, external_id: str, scope: Scope
) -> Message | None:
    """The customer's message that the channel knows by this id."""
    query = (
        f"select {COLUMNS} from event_key k join message m on m.event_id = k.event_id"
        " where k.channel = %(channel)s and k.account = %(account)s and k.external_id = %(external_id)s"
        " and k.kind in ('message', 'button') and "
    )
    params = {"channel": channel, "account": account, "external_id": external_id, **scope.params}
    return await fetch_one(conn, Message, query + scope.of("m.ticket_id"), params)


async def keep_reading(conn: Connection, ticket_id: TicketId, seq: int, reading: dict[str, Any]) -> None:
    await execute(
        conn,
        "update message set reading = %s where ticket_id = %s and seq = %s",
        (Jsonb(reading), ticket_id, seq),
    )


async def edit(conn: Connection, message_id: MessageId, content: str) -> None:
    await execute(
        conn,
        f"update message set content = %s, words = {WORDS}, edited_at = clock_timestamp() where message_id = %s",
        (content, *twice(findable(content)), message_id),
    )


async def mark_deleted(conn: Connection, message_id: MessageId) -> bool:
    """False where it was deleted before."""
    query = "update message set deleted_at = clock_timestamp() where message_id = %s and deleted_at is null"
    return bool(await execute(conn, query, (message_id,)))


async def react(conn: Connection, message_id: MessageId, peer: str, emoji: str) -> None:
    """Empty: taken back."""
    await execute(
        conn,
        "update message set reactions = (reactions - %(peer)s::text) || case when %(emoji)s = '' then '{}'::jsonb"
        " else jsonb_build_object(%(peer)s::text, %(emoji)s::text) end where message_id = %(message_id)s",
        {"peer": peer, "emoji": emoji, "message_id": message_id},
    )


async def oldest_unanswered(conn: Connection, now: Ticket) -> datetime | None:
    """When the oldest message came that nobody has answered; None where all are."""
    oldest: datetime | None = await fetch_value(
        conn,
        "select min(created_at) from message where ticket_id = %s and seq > %s"
        " and sender_type = 'customer' and kind = 'text' and deleted_at is null",
        (now.ticket_id, await answered_up_to(conn, now)),
    )
    return oldest


async def set_delivery(conn: Connection, message_id: MessageId, state: DeliveryState) -> None:
    await execute(conn, "update message set delivery_state = %s where message_id = %s", (state, message_id))


async def has_system_line(conn: Connection, now: Ticket) -> bool:
    """Whether the customer was told something by the system in the present episode."""
    query = (
        "select exists (select from message where ticket_id = %s and seq >= %s"
        " and sender_type = 'system' and kind = 'text')"
    )
    return bool(await fetch_value(conn, query, (now.ticket_id, now.episode_seq)))


async def answered_before_proof(conn: Connection, now: Ticket) -> int | None:
    """Up to which message everything is answered but for a proof; None where the last reply asks for none."""
    answered: int | None = await fetch_value(
        conn,
        "with reply as (select seq, coalesce((ai->>'awaits_proof')::bool, false) as awaits from message"
        " where ticket_id = %s and seq >= %s and kind = 'text' and sender_type in ('ai', 'manager'))"
        " select coalesce((select max(seq) from reply where not awaits), 0) from reply where awaits"
        " and seq = (select max(seq) from reply)",
        (now.ticket_id, now.episode_seq),
    )
    return answered


async def answered_up_to(conn: Connection, now: Ticket) -> int:
    """The number of the last thing said to the customer, or of the last message where they said nothing since.

    The notice of an escalation answers nothing.
    """
    answered = await fetch_value(
        conn,
        "with reply as (select coalesce(max(seq), 0) as seq from message where ticket_id = %(id)s"
        " and kind = 'text' and (sender_type = 'manager' or (sender_type = 'ai' and"
        " ai->>'decision' is distinct from 'escalate')))"
        " select case when exists (select from message m where m.ticket_id = %(id)s"
        " and m.sender_type = 'customer' and m.deleted_at is null and m.seq > reply.seq)"
        " then reply.seq else %(last)s end from reply",
        {"id": now.ticket_id, "last": now.last_seq},
    )
    return int(answered)
