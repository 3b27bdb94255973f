"""The parts in which our messages went out, and how far each has come; states move forward only."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.terms import ChannelName, DeliveryState, MessageId, TicketId

ORDER = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DELIVERED, DeliveryState.READ)
"""Forward. What arrived did not fail, whatever came before; what failed was not delivered later by itself."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A message of ours has come further."""

    message_id: MessageId
    ticket_id: TicketId
    state: DeliveryState
    content: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", DeliveryState(self.state))


async def keep(
    conn: Connection,
    channel: ChannelName,
    account: str,
    external_id: str,
    message_id: MessageId,
    part: int,
    state: DeliveryState,
) -> None:
    """The channel took this part; a receipt that was quicker than this keeps its state."""
    await execute(
        conn,
        "insert into sent_part (channel, account, external_id, message_id, part, state)"
        " values (%s, %s, %s, %s, %s, %s) on conflict (channel, account, external_id)"
        " do update set message_id = excluded.message_id, part = excluded.part",
        (channel, account, external_id, message_id, part, state),
    )


async def note_receipt(
    conn: Connection,
    channel: ChannelName,
    account: str,
    external_id: str,
    state: DeliveryState,
    error: str,
    message_id: MessageId | None,
) -> MessageId | None:
    """Bring the part forward; the message it belongs to, None where the desk knows of none yet.

    `message_id` is ours as the channel brought it back; it is believed for a message of this account alone.
    """
    message = await fetch_value(
        conn,
        "insert into sent_part (channel, account, external_id, message_id, part, state, error)"
        " values (%(channel)s, %(account)s, %(external_id)s, (select m.message_id from message m"
        "   join ticket t using (ticket_id) join conversation c using (conversation_id)"
        "   where m.message_id = %(message_id)s and m.sender_type <> 'customer'"
        "   and c.channel = %(channel)s and c.account = %(account)s), 0, %(state)s, nullif(%(error)s, ''))"
        " on conflict (channel, account, external_id) do update set"
        " message_id = coalesce(sent_part.message_id, excluded.message_id), changed_at = clock_timestamp(),"
        " state = case when array_position(%(order)s::text[], excluded.state)"
        "   > array_position(%(order)s::text[], sent_part.state) then excluded.state else sent_part.state end,"
        " error = coalesce(excluded.error, sent_part.error) returning message_id",
        {
            "channel": channel,
            "account": account,
            "external_id": external_id,
            "message_id": message_id,
            "state": state,
            "error": error[:500],
            "order": list(ORDER),
        },
    )
    return None if message is None else MessageId(message)


async def message_of(
    conn: Connection, channel: ChannelName, account: str, external_id: str
) -> MessageId | None:
    message = await fetch_value(
        conn,
        "select message_id from sent_part where channel = %s and account = %s and external_id = %s",
        (channel, account, external_id),
    )
    return None if message is None else MessageId(message)


async def settle(conn: Connection, message_id: MessageId) -> Progress | None:
    """Bring the message as far as all of its parts have come; None where that changes nothing.

    A message that is still being sent waits for its last part. One that was parked because nobody saw the
    answer is settled by the receipt.
    """
    parts = await fetch_all(
        conn,
        _Part,
        "select p.state from sent_part p join outbox o using (message_id)"
        " where p.message_id = %s and o.state in ('sent', 'parked')",
        (message_id,),
    )
    if not parts:
        return None
    whole = whole_state([DeliveryState(part.state) for part in parts])
    behind = ["queued", "sending", "parked", *ORDER[: ORDER.index(whole)]]
    await execute(
        conn,
        "update outbox set state = 'sent', sent_at = coalesce(sent_at, clock_timestamp())"
        " where message_id = %s and state = 'parked' and %s <> 'failed'",
        (message_id, whole),
    )
    return await fetch_one(
        conn,
        Progress,
        "update message set delivery_state = %s where message_id = %s and delivery_state = any(%s)"
        " returning message_id, ticket_id, delivery_state as state, content",
        (whole, message_id, behind),
    )


def whole_state(parts: Sequence[DeliveryState]) -> DeliveryState:
    """A message failed where a part did; else it is as far as the part that is furthest behind."""
    if DeliveryState.FAILED in parts:
        return DeliveryState.FAILED
    return min(parts, key=ORDER.index)


@dataclass(frozen=True, slots=True)
class _Part:
    state: str
