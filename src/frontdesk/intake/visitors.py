"""The peers of the web chat: each is a session, which knows its visitor better from one message to the next."""

from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.customers import session as sessions
from frontdesk.customers.session import Session
from frontdesk.db.pool import Connection
from frontdesk.terms import ChannelName


def peer_of(session: Session) -> Peer:
    return Peer(
        session.session_id,
        session.customer_id,
        session.name,
        session.email,
        session.phone,
        session.locale,
        session.proof,
    )


async def present_peer(conn: Connection, inbound: InboundMessage) -> Peer:
    """Who wrote, as far as it is known now: a visitor may have signed in since the message was accepted.

    Their session stays as it is until the transaction ends.
    """
    if inbound.channel is not ChannelName.WEB_CHAT:
        return inbound.peer
    session = await sessions.hold(conn, inbound.peer.address)
    return inbound.peer if session is None else peer_of(session)
