"""What a visitor of the chat does beside writing: they sign in, and prove who they are."""

from frontdesk.access.actor import SYSTEM
from frontdesk.access.scope import Scope, scope_of_conversation
from frontdesk.customers import customer as customers
from frontdesk.customers import session as sessions
from frontdesk.customers.customer import Customer, CustomerFacts
from frontdesk.customers.session import Visitor
from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import Lanes
from frontdesk.terms import ConversationId, LaneKind, SessionId
from frontdesk.tickets import conversation as conversations
from frontdesk.tickets import message, ticket
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import CustomerIdentified, QuestionReopened
from frontdesk.tickets.ticket import Ticket

_TICKETS = 50
"""So many of the conversation's newest tickets follow it to its customer."""


async def prove(
    conn: Connection, lanes: Lanes, changes: TicketChanges, session_id: SessionId, proven: Visitor
) -> sessions.Session:
    """Session, conversation and tickets are this customer's from now on; what waited for the proof is answered.

    `proven` holds proven facts and nothing else. Raises `Conflict` where the session is another proven customer's.
    """
    session = await sessions.prove(conn, session_id, proven)
    conversation = ConversationId(session.conversation_id)
    facts = CustomerFacts(session.customer_id, session.name, session.email, session.phone, session.locale)
    customer_id = await customers.of_proof(conn, facts)
    customer = await customers.get(conn, customer_id) if customer_id else None
    if customer is None or not await conversations.prove(conn, conversation, customer.customer_id):
        return session  # nothing was said yet: the first message brings it all
    scope = scope_of_conversation(conversation)
    newest = await ticket.newest_in(conn, conversation, _TICKETS, scope)
    for position, listed in enumerate(newest):
        now = await _identify(conn, changes, scope, listed, customer)
        if position == 0 and now.state.ai_may_act:
            await _attend_again(conn, lanes, changes, now)
    return session


async def _identify(
    conn: Connection, changes: TicketChanges, scope: Scope, listed: Ticket, customer: Customer
) -> Ticket:
    now = await ticket.lock(conn, listed.ticket_id, scope)
    if now.customer_id == customer.customer_id:
        return now
    identified = CustomerIdentified(customer.customer_id, float(customer.ltv), customer.churn_risk)
    return await changes.apply(conn, now, identified, SYSTEM)


async def _attend_again(conn: Connection, lanes: Lanes, changes: TicketChanges, now: Ticket) -> None:
    """Also where the AI is at work just now: what it is about to say knew of no proof, and will be dropped."""
    answered = await message.answered_before_proof(conn, now)
    if answered is not None:
        await changes.apply(conn, now, QuestionReopened(answered), SYSTEM)
    await lanes.wake(conn, LaneKind.TICKET, now.ticket_id)
