"""What a customer said becomes a message of their ticket; a pressed button says what stands on it."""

import dataclasses
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from frontdesk.access.actor import CUSTOMER, SYSTEM
from frontdesk.access.scope import ROAD
from frontdesk.channels.inbound import ButtonPressed, InboundMessage
from frontdesk.customers import customer as customers
from frontdesk.customers.customer import CustomerFacts
from frontdesk.db.pool import Connection
from frontdesk.intake.visitors import present_peer
from frontdesk.kit.text import clip
from frontdesk.terms import CustomerId, MessageId, Proof, SenderType, TicketId
from frontdesk.tickets import attachments, message, ticket
from frontdesk.tickets import conversation as conversations
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.conversation import Conversation
from frontdesk.tickets.events import CustomerIdentified, CustomerWrote, Opened
from frontdesk.tickets.message import Message
from frontdesk.tickets.ticket import Ticket


async def record(
    conn: Connection,
    event_id: int,
    event: InboundMessage | ButtonPressed,
    reopen: timedelta,
    changes: TicketChanges,
) -> Message:
    """The message that now stands in its ticket; its files wait to be looked at."""
    inbound = event if isinstance(event, InboundMessage) else _as_message(event)
    conversation = await _conversation(conn, inbound)
    now = await _ticket_for(conn, conversation, inbound, reopen, changes)
    added = await message.add(
        conn,
        now.ticket_id,
        SenderType.CUSTOMER,
        inbound.content,
        inbound.channel,
        sender_name=inbound.peer.name,
        client_msg_id=inbound.client_msg_id,
        event_id=event_id,
        request_id=inbound.request_id,
        to_assistant=inbound.to_assistant,
        payload=event.payload if isinstance(event, ButtonPressed) else None,
        wire=_wire(inbound),
    )
    await _attach(conn, added.message_id, inbound)
    wrote = CustomerWrote(
        added.message_id, added.seq, event_id, added.created_at, to_assistant=inbound.to_assistant
    )
    await changes.apply(conn, now, wrote, CUSTOMER)
    return added


async def _attach(conn: Connection, message_id: MessageId, inbound: InboundMessage) -> None:
    for upload in inbound.uploads:
        await attachments.add(
            conn, message_id, upload.filename, upload.content_type, upload.size, blob_key=upload.blob_key
        )
    for media in inbound.media:
        name = media.filename or "file"
        await attachments.add(
            conn, message_id, name, media.content_type, media.size or 0, remote=media.reference
        )


async def open_for_person(conn: Connection, inbound: InboundMessage, changes: TicketChanges) -> TicketId:
    """A ticket in which a person can be called to a message that cannot be recorded; it holds none yet."""
    conversation = await _keep(conn, inbound, None, {})
    opened = await _open(conn, conversation, inbound, None, changes)
    return opened.ticket_id


def _as_message(pressed: ButtonPressed) -> InboundMessage:
    return InboundMessage(
        channel=pressed.channel,
        account=pressed.account,
        external_id=pressed.external_id,
        peer=pressed.peer,
        sent_at=pressed.sent_at,
        thread=pressed.thread,
        request_id=pressed.request_id,
        content=pressed.label,
        reply_to=pressed.target,
    )


def _wire(inbound: InboundMessage) -> dict[str, Any]:
    return {"external_id": inbound.external_id, "headers": inbound.headers, "reply_to": inbound.reply_to}


async def _conversation(conn: Connection, inbound: InboundMessage) -> Conversation:
    """The peer's conversation. What is proven writes to a customer; a claim stays with the conversation."""
    peer = await present_peer(conn, inbound)
    facts = CustomerFacts(peer.customer_id, peer.name, peer.email, peer.phone, peer.locale)
    is_proven = peer.proof in (Proof.ATTESTED, Proof.VERIFIED)
    find_customer = customers.of_proof if is_proven else customers.of_claim
    claimed = {} if is_proven else _claims(facts)
    return await _keep(
        conn, dataclasses.replace(inbound, peer=peer), await find_customer(conn, facts), claimed
    )


async def _keep(
    conn: Connection, inbound: InboundMessage, customer_id: CustomerId | None, claimed: dict[str, str]
) -> Conversation:
    peer = inbound.peer
    wanted = Conversation(
        conversations.conversation_id(inbound.channel, inbound.account, peer.address, inbound.thread),
        inbound.channel,
        inbound.account,
        peer.address,
        inbound.thread,
        customer_id,
        peer.proof,
        peer.locale,
        last_inbound_at=min(inbound.sent_at, datetime.now(UTC)),
        claimed=claimed,
    )
    return await conversations.keep(conn, wanted)


def _claims(facts: CustomerFacts) -> dict[str, str]:
    stated = {
        "customer_id": facts.customer_id,
        "name": facts.name,
        "email": facts.email,
        "phone": facts.phone,
    }
    return {field: value for field, value in stated.items() if value}


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
        return await _of_customer(conn, latest, conversation, changes)
    return await _open(conn, conversation, inbound, latest, changes)


async def _of_customer(
    conn: Connection, latest: Ticket, conversation: Conversation, changes: TicketChanges
) -> Ticket:
    """The ticket, which follows the conversation to the customer who proved to be its peer meanwhile."""
    if conversation.customer_id is None or conversation.customer_id == latest.customer_id:
        return latest
    customer = await customers.get(conn, conversation.customer_id)
    if customer is None:
        return latest
    identified = CustomerIdentified(customer.customer_id, float(customer.ltv), customer.churn_risk)
    return await changes.apply(conn, latest, identified, SYSTEM)


async def _open(
    conn: Connection,
    conversation: Conversation,
    inbound: InboundMessage,
    previous: Ticket | None,
    changes: TicketChanges,
) -> Ticket:
    opened = await ticket.open_ticket(
        conn,
        TicketId((inbound.ticket_id if previous is None else None) or str(uuid.uuid4())),
        inbound.ticket_number if previous is None else None,
        conversation_id=conversation.conversation_id,
        customer_id=conversation.customer_id,
        channel=inbound.channel,
        subject=inbound.subject or clip(inbound.content, 80),
        priority=inbound.priority,
        language=None,
        previous_id=previous.ticket_id if previous else None,
    )
    return await changes.apply(conn, opened, Opened(), CUSTOMER)


def _too_old(now: Ticket, reopen: timedelta) -> bool:
    return now.resolved_at is not None and datetime.now(UTC) - now.resolved_at > reopen
