"""Which conversation an event of a mail belongs to: by a proof of ours, or by a message of the same writer.

What is only claimed joins nothing: who guesses the id of another's mail has a conversation of their own.
"""

from dataclasses import replace

from frontdesk.access.scope import ROAD
from frontdesk.channels.inbound import InboundEvent, Peer, StaffReplied
from frontdesk.db.pool import Connection
from frontdesk.terms import ConversationId, Proof
from frontdesk.tickets import conversation as conversations
from frontdesk.tickets import escalation, message, ticket
from frontdesk.tickets.conversation import Conversation


async def in_its_thread(conn: Connection, event: InboundEvent) -> InboundEvent:
    """The event under the names of the conversation that it belongs to, or as it is."""
    if isinstance(event, StaffReplied):
        about = await escalation.get(conn, event.escalation_id, ROAD)
        return replace(event, ticket_id=about.ticket_id if about else None)
    if not event.conversation and not event.refers_to:
        return event
    conversation = await _conversation_of(conn, event)
    plain = replace(event, conversation=None, refers_to=())
    return plain if conversation is None else _moved(plain, conversation)


async def _conversation_of(conn: Connection, event: InboundEvent) -> Conversation | None:
    if event.conversation:
        proven = await conversations.get(conn, ConversationId(event.conversation))
        if proven is not None:
            return proven
    for reference in event.refers_to:
        known = await message.by_external_id(conn, event.channel, event.account, reference, ROAD)
        if known is not None:
            about = await ticket.get(conn, known.ticket_id, ROAD)
            return await conversations.get(conn, about.conversation_id)
    return None


def _moved(event: InboundEvent, to: Conversation) -> InboundEvent:
    peer = event.peer
    if not _is_peer_of(peer, to):  # who has the mail may write there, and is nobody that the desk knows
        peer = Peer(to.address, name=peer.name or peer.address, proof=Proof.NONE)
    peer = replace(peer, address=to.address)
    return replace(event, channel=to.channel, account=to.account, thread=to.thread, peer=peer)


def _is_peer_of(peer: Peer, conversation: Conversation) -> bool:
    own = {conversation.address.lower(), conversation.claimed.get("email", "").lower()}
    return peer.address.lower() in own
