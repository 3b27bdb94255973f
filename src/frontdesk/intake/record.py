"""Turn accepted events into customers, conversations, tickets and messages, in the order they came."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, assert_never

from psycopg import Error

from frontdesk.access.scope import ROAD
from frontdesk.channels.inbound import (
    ButtonPressed,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    Reacted,
    StaffReplied,
    SubscriptionChanged,
)
from frontdesk.db.pool import Connection, execute, fetch_all
from frontdesk.intake import changes, messages, receipts
from frontdesk.intake.effects import Effect, Heard, SetAside, StaffSpoke
from frontdesk.intake.filters import rejection
from frontdesk.intake.parked import set_aside
from frontdesk.intake.raw_event import Unreadable, restore
from frontdesk.terms import ConversationId
from frontdesk.tickets import ticket
from frontdesk.tickets.apply import TicketChanges

BATCH = 50


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one batch led to; `more`: other events may wait behind it."""

    effects: list[Effect]
    more: bool


@dataclass(frozen=True, slots=True)
class _Raw:
    event_id: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recorder:
    changes: TicketChanges
    reopen: timedelta

    async def record(self, conn: Connection, conversation: ConversationId, limit: int = BATCH) -> Recorded:
        """Record what waits on this conversation, oldest first. An event of an unknown message has no effect."""
        waiting = await _take_waiting(conn, conversation, limit)
        effects = []
        for raw in waiting:
            effect = await self._record(conn, conversation, raw)
            if effect is not None:
                effects.append(effect)
        return Recorded(effects, more=len(waiting) == limit)

    async def give_up(self, conn: Connection, conversation: ConversationId, reason: str) -> SetAside | None:
        """Set the oldest waiting event aside, for it can never be recorded; the others go on without it."""
        waiting = await _take_waiting(conn, conversation, 1)
        if not waiting:
            return None
        [raw] = waiting
        event = restore(raw.body)
        return await self._set_aside(conn, conversation, raw, event, reason)

    async def _record(self, conn: Connection, conversation: ConversationId, raw: _Raw) -> Effect | None:
        event = restore(raw.body)
        if isinstance(event, Unreadable):
            return await self._set_aside(conn, conversation, raw, event, event.reason)
        failure = rejection(event) if isinstance(event, InboundMessage) else None
        if failure is None:
            return await self._apply(conn, raw.event_id, event)
        await execute(conn, "update raw_event set failure = %s where event_id = %s", (failure, raw.event_id))
        return None

    async def _apply(self, conn: Connection, event_id: int, event: InboundEvent) -> Effect | None:
        match event:
            case InboundMessage() | ButtonPressed():
                return await self._hear(conn, event_id, event)
            case MessageEdited():
                return await changes.edit(conn, event, self.changes)
            case MessageDeleted():
                return await changes.delete(conn, event, self.changes)
            case Reacted():
                await changes.react(conn, event, self.changes)
            case SubscriptionChanged():
                await changes.subscribe(conn, event, self.changes)
            case DeliveryReceipt():
                return await receipts.apply(conn, event, self.changes)
            case StaffReplied():
                return StaffSpoke(event_id)
            case _:
                assert_never(event)
        return None

    async def _hear(
        self, conn: Connection, event_id: int, event: InboundMessage | ButtonPressed
    ) -> Effect | None:
        recorded = await messages.record(conn, event_id, event, self.reopen, self.changes)
        return Heard(recorded.ticket_id, recorded.message_id, event)

    async def _set_aside(
        self,
        conn: Connection,
        conversation: ConversationId,
        raw: _Raw,
        event: InboundEvent | Unreadable,
        reason: str,
    ) -> SetAside:
        await set_aside(conn, raw.event_id, event.kind, reason)
        latest = await ticket.latest_in(conn, conversation, ROAD)
        ticket_id = latest.ticket_id if latest else None
        if ticket_id is None and isinstance(event, InboundMessage):
            try:
                async with conn.transaction():  # what failed before may fail again: it is kept all the same
                    ticket_id = await messages.open_for_person(conn, event, self.changes)
            except Error:
                ticket_id = None
        return SetAside(conversation, raw.event_id, ticket_id, reason)


# Marked as they are taken: where one cannot be recorded the transaction fails, and they wait as before.
_TAKE = """
    with waiting as (
        select event_id from raw_event where conversation_id = %s and recorded_at is null
         order by event_id limit %s for update
    ), taken as (
        update raw_event r set recorded_at = clock_timestamp() from waiting w where r.event_id = w.event_id
        returning r.event_id, r.body
    )
    select event_id, body from taken order by event_id
"""


async def _take_waiting(conn: Connection, conversation: ConversationId, limit: int) -> list[_Raw]:
    return await fetch_all(conn, _Raw, _TAKE, (conversation, limit))
