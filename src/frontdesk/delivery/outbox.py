"""What is to be said: queued in the transaction that decided it, tried by the conversation's own lane."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.db.pool import Connection, execute, fetch_one
from frontdesk.engine.lanes import Lanes
from frontdesk.terms import ChannelName, ConversationId, DeliveryState, LaneKind, MessageId, TicketId
from frontdesk.tickets import message
from frontdesk.tickets.message import Message


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

    def __post_init__(self) -> None:
        object.__setattr__(self, "channel", ChannelName(self.channel))


async def queue(conn: Connection, lanes: Lanes, conversation_id: ConversationId, queued: Message) -> None:
    """Have the message sent once the caller's transaction commits."""
    await execute(
        conn,
        "insert into outbox (message_id, conversation_id) values (%s, %s)",
        (queued.message_id, conversation_id),
    )
    await lanes.wake(conn, LaneKind.SEND, conversation_id)


async def next_waiting(conn: Connection, conversation_id: str) -> Waiting | None:
    return await fetch_one(
        conn,
        Waiting,
        "select o.message_id, m.ticket_id, o.conversation_id, o.state, o.attempts, m.content, m.sender_name,"
        " c.channel, c.account, c.address, c.thread, t.language, t.subject, t.number, u.email, m.request_id,"
        " case when o.not_before > now() then o.not_before end as not_before"
        " from outbox o join message m using (message_id) join ticket t using (ticket_id)"
        " join conversation c on c.conversation_id = o.conversation_id"
        " left join customer u on u.customer_id = c.customer_id"
        " where o.conversation_id = %s and o.state in ('queued', 'sending') order by o.created_at, m.seq limit 1",
        (conversation_id,),
    )


async def start_attempt(conn: Connection, message_id: MessageId) -> None:
    """Recorded before it is tried."""
    await execute(
        conn,
        "update outbox set state = 'sending', attempts = attempts + 1 where message_id = %s",
        (message_id,),
    )
    await execute(conn, "insert into send_attempt (message_id) values (%s)", (message_id,))
    await message.set_delivery(conn, message_id, DeliveryState.SENDING)


async def end_attempt(
    conn: Connection,
    message_id: MessageId,
    state: str,
    external_id: str | None = None,
    error: str | None = None,
    wait: float = 0.0,
) -> None:
    """`state`: `sent`, `queued` (again, `wait` seconds later) or `parked` (never again by itself)."""
    await execute(
        conn,
        "update outbox set state = %s, external_id = %s, last_error = %s, not_before = now() + %s,"
        " sent_at = case when %s = 'sent' then clock_timestamp() end where message_id = %s",
        (state, external_id, error, timedelta(seconds=wait), state, message_id),
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
