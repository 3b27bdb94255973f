"""Ticket numbers are made when a ticket is accepted, so that its number can be told before it is recorded."""

from frontdesk.db.pool import Database
from frontdesk.tickets import ticket


async def next_number(db: Database) -> int:
    async with db.connection() as conn:
        return await ticket.next_number(conn)
