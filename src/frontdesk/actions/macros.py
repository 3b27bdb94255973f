"""Macros on a ticket: their texts filled from it, and what they do besides."""

from dataclasses import dataclass

from frontdesk.access.actor import Actor, Permission
from frontdesk.access.scope import Scope, scope_of
from frontdesk.actions.tickets import TicketActions
from frontdesk.db.pool import Connection, Database, fetch_value
from frontdesk.macros import macro as macros
from frontdesk.macros.macro import ME, Deeds
from frontdesk.macros.offer import Offered, offered
from frontdesk.macros.text import Variable
from frontdesk.store.port import OrdersPort
from frontdesk.terms import MessageId, TicketId, TicketStatus
from frontdesk.tickets import ticket
from frontdesk.tickets.events import UNCHANGED, FieldsChanged
from frontdesk.tickets.load_case import load_case
from frontdesk.tickets.ticket import Ticket, ticket_number

_NAMED = """
    select e->>'value' from message m, jsonb_array_elements(m.reading->'entities') e
     where m.ticket_id = %(ticket_id)s and e->>'type' = 'order_number'
"""
"""The order that the customer named last."""


@dataclass(frozen=True, slots=True)
class MacroActions:
    """Every method raises `Forbidden` for an actor who may not, and `NotFound` for an unknown ticket or macro."""

    db: Database
    orders: OrdersPort
    tickets: TicketActions
    default_language: str

    async def offered(self, actor: Actor, ticket_id: TicketId, query: str, limit: int) -> list[Offered]:
        """The macros that fit the ticket and the query, best first, each with the ticket's own facts in its text."""
        scope = scope_of(actor)
        async with self.db.reading() as conn:
            now = await ticket.get(conn, ticket_id, scope)
            every = await macros.every(conn)
            named = await _named_order(conn, ticket_id, scope)
            contact = (await load_case(conn, now, MessageId(""))).contact
        if named is None and contact.is_proven and contact.customer_id is not None:
            newest = await self.orders.orders_of(contact.customer_id, 1)
            named = newest[0].number if newest else None
        values = {
            Variable.CUSTOMER_NAME: contact.name,
            Variable.TICKET_NUMBER: ticket_number(now.number),
            Variable.ORDER_NUMBER: named,
            Variable.OPERATOR_NAME: actor.name,
        }
        languages = (now.language, self.default_language)
        return offered(every, query, now.category, languages, values)[:limit]

    async def apply(self, conn: Connection, actor: Actor, ticket_id: TicketId, macro_id: str) -> None:
        """Do what the macro does; what is so already stays. Raises `Conflict` where the ticket is closed."""
        actor.require(Permission.TICKETS_WRITE)
        deeds = (await macros.get(conn, macro_id)).deeds
        now = await ticket.lock(conn, ticket_id, scope_of(actor))
        await self.tickets.change(conn, actor, ticket_id, _changes(now, deeds, actor))
        if deeds.resolve:
            await self.tickets.set_status(conn, actor, ticket_id, TicketStatus.RESOLVED)
        await macros.count_use(conn, macro_id)


def _changes(now: Ticket, deeds: Deeds, actor: Actor) -> FieldsChanged:
    assignee = actor.name if deeds.assignee == ME else deeds.assignee
    return FieldsChanged(
        priority=deeds.priority or UNCHANGED,
        assignee=assignee or UNCHANGED,
        tags=tuple(dict.fromkeys((*now.tags, *deeds.tags))) if deeds.tags else UNCHANGED,
    )


async def _named_order(conn: Connection, ticket_id: TicketId, scope: Scope) -> str | None:
    query = _NAMED + " and " + scope.of("m.ticket_id") + " order by m.seq desc limit 1"
    number = await fetch_value(conn, query, {"ticket_id": ticket_id, **scope.params})
    return None if number is None else str(number)
