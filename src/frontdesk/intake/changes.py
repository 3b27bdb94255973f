"""What customers do to what stands already: edit, take back, react, block. An unknown message changes nothing."""

from frontdesk.access.actor import CUSTOMER
from frontdesk.access.scope import ROAD
from frontdesk.channels.inbound import (
    MessageDeleted,
    MessageEdited,
    Reacted,
    Subscription,
    SubscriptionChanged,
)
from frontdesk.db.pool import Connection
from frontdesk.intake.effects import Reread
from frontdesk.tickets import conversation as conversations
from frontdesk.tickets import message, sent_parts, ticket
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import CustomerDeleted, CustomerEdited, CustomerReacted, ReachChanged
from frontdesk.tickets.message import Message
from frontdesk.tickets.ticket import Ticket


async def edit(conn: Connection, event: MessageEdited, changes: TicketChanges) -> Reread | None:
    """The new text stands in the message, both in the log; an unanswered message is read again."""
    target = await _target(conn, event)
    if target is None or target.content == event.content:
        return None
    now = await ticket.lock(conn, target.ticket_id, ROAD)
    await message.edit(conn, target.message_id, event.content)
    edited = CustomerEdited(target.message_id, target.content, event.content)
    await changes.note(conn, target.ticket_id, edited, CUSTOMER)
    return _reread(now, target)


async def delete(conn: Connection, event: MessageDeleted, changes: TicketChanges) -> Reread | None:
    """Staff still sees the message, the AI does not; where nothing else waits the ticket waits for the customer."""
    target = await _target(conn, event)
    if target is None:
        return None
    now = await ticket.lock(conn, target.ticket_id, ROAD)
    if not await message.mark_deleted(conn, target.message_id):
        return None
    deleted = CustomerDeleted(target.message_id, await message.oldest_unanswered(conn, now))
    await changes.apply(conn, now, deleted, CUSTOMER)
    return _reread(now, target)


async def react(conn: Connection, event: Reacted, changes: TicketChanges) -> None:
    """Noted on their message or on ours; nothing is reopened by it."""
    target = await message.by_external_id(conn, event.channel, event.account, event.target, ROAD)
    if target is None:
        message_id = await sent_parts.message_of(conn, event.channel, event.account, event.target)
        target = await message.get(conn, message_id, ROAD) if message_id else None
    if target is not None:
        await message.react(conn, target.message_id, event.peer.address, event.emoji)
        reacted = CustomerReacted(target.message_id, event.emoji)
        await changes.note(conn, target.ticket_id, reacted, CUSTOMER)


async def subscribe(conn: Connection, event: SubscriptionChanged, changes: TicketChanges) -> None:
    """Who blocked the desk or unsubscribed is not written to: what waits to be sent goes to a person."""
    conversation = conversations.conversation_id(
        event.channel, event.account, event.peer.address, event.thread
    )
    reason = None if event.state is Subscription.OPTED_IN else f"the customer has {_WORDS[event.state]}"
    if await conversations.set_unreachable(conn, conversation, reason):
        latest = await ticket.latest_in(conn, conversation, ROAD)
        if latest is not None:
            await changes.note(conn, latest.ticket_id, ReachChanged(reason), CUSTOMER)


_WORDS = {
    Subscription.BLOCKED: "blocked us",
    Subscription.UNSUBSCRIBED: "unsubscribed",
    Subscription.MOVED: "another number now",
}


async def _target(conn: Connection, event: MessageEdited | MessageDeleted) -> Message | None:
    return await message.by_external_id(conn, event.channel, event.account, event.target, ROAD)


def _reread(now: Ticket, target: Message) -> Reread | None:
    return Reread(now.ticket_id) if target.seq > now.answered_seq else None
