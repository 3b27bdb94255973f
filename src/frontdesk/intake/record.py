"""Turn accepted events into customers, conversations, tickets and messages, in the order they came."""

import dataclasses
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from frontdesk.access.actor import CUSTOMER
from frontdesk.access.scope import ROAD
from frontdesk.channels.inbound import InboundMessage
from frontdesk.customers import customer as customers
from frontdesk.db.pool import Connection, execute, fetch_all
from frontdesk.intake.filters import rejection
from frontdesk.intake.parked import set_aside
from frontdesk.intake.raw_event import Unreadable, restore
from frontdesk.kit.text import clip
from frontdesk.terms import ConversationId, SenderType, TicketId
from frontdesk.tickets import conversation as conversations
from frontdesk.tickets import message, ticket
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.conversation import Conversation
from frontdesk.tickets.events import CustomerWrote, Opened
from frontdesk.tickets.ticket import Ticket

BATCH = 50


@dataclass(frozen=True, slots=True)
class Recorded:
    """One customer message that now stands in a ticket."""

    ticket_id: TicketId
    inbound: InboundMessage


@dataclass(frozen=True, slots=True)
class _Raw:
    event_id: int
    body: dict[str, Any]


async def record(
    conn: Connection, conversation: ConversationId, reopen: timedelta, changes: TicketChanges
) -> list[Recorded]:
    """Record everything that waits on this conversation, oldest first."""
    waiting = await fetch_all(
        conn,
        _Raw,
        "select event_id, body from raw_event where conversation_id = %s and recorded_at is null"
        " order by event_id limit %s for update",
        (conversation, BATCH),
    )
    recorded = []
    for raw in waiting:
        event = restore(raw.body)
        if isinstance(event, Unreadable):
            await set_aside(conn, raw.event_id, event.kind, event.reason)
            continue
        reason = rejection(event) if isinstance(event, InboundMessage) else None
        if isinstance(event, InboundMessage) and reason is None:
            ticket_id = await _record_one(conn, raw.event_id, event, reopen, changes)
            recorded.append(Recorded(ticket_id, event))
        await execute(
            conn,
            "update raw_event set recorded_at = clock_timestamp(), failure = %s where event_id = %s",
            (reason, raw.event_id),
        )
    return recorded


async def _record_one(
    conn: Connection, event_id: int, inbound: InboundMessage, reopen: timedelta, changes: TicketChanges
) -> TicketId:
    conversation = await _conversation(conn, inbound)
    found = await _ticket_for(conn, conversation, inbound, reopen, changes)
    added = await message.add(
        conn,
        found.ticket_id,
        SenderType.CUSTOMER,
        inbound.content,
        inbound.channel,
        sender_name=inbound.peer.name,
        client_msg_id=inbound.client_msg_id,
        event_id=event_id,
        request_id=inbound.request_id,
    )
    for upload in inbound.uploads:
        await message.attach(conn, added.message_id, dataclasses.asdict(upload))
    wrote = CustomerWrote(added.message_id, added.seq, event_id, added.created_at)
    await changes.apply(conn, found, wrote, CUSTOMER)
    return found.ticket_id


async def _conversation(conn: Connection, inbound: InboundMessage) -> Conversation:
    peer = inbound.peer
    name = conversations.conversation_id(inbound.channel, inbound.account, peer.address, inbound.thread)
    standing = await conversations.get(conn, name)
    if standing and standing.customer_id and not (peer.customer_id or peer.email):
        customer_id = standing.customer_id
    else:
        customer_id = await customers.identify(
            conn, peer.customer_id, peer.name, peer.email, peer.phone, peer.locale
        )
    wanted = Conversation(
        name,
        inbound.channel,
        inbound.account,
        peer.address,
        inbound.thread,
        customer_id,
        peer.proof,
        peer.locale,
    )
    return await conversations.keep(conn, wanted)


async def _ticket_for(
    conn: Connection,
    conversation: Conversation,
    inbound: InboundMessage,
    reopen: timedelta,
    changes: TicketChanges,
) -> Ticket:
    """The conversation's ticket while it is open or young enough to be reopened, else a new one linked to it."""
    latest = await ticket.latest_in(conn, conversation.conversation_id, ROAD, locked=True)
    if latest is not None and latest.state.takes_customer_messages and not _too_old(latest, reopen):
        return latest
    opened = await ticket.open_ticket(
        conn,
        TicketId(inbound.ticket_id or str(uuid.uuid4())),
        inbound.ticket_number or await ticket.next_number(conn),
        conversation_id=conversation.conversation_id,
        customer_id=conversation.customer_id,
        channel=inbound.channel,
        subject=inbound.subject or clip(inbound.content, 80),
        priority=inbound.priority,
        language=None,
        previous_id=latest.ticket_id if latest else None,
    )
    return await changes.apply(conn, opened, Opened(), CUSTOMER)


def _too_old(found: Ticket, reopen: timedelta) -> bool:
    return found.resolved_at is not None and datetime.now(UTC) - found.resolved_at > reopen
