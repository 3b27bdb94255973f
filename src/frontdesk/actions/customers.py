"""What an actor does to a customer's profile."""

from frontdesk.customers import customer as customers
from frontdesk.customers.customer import Customer
from frontdesk.db.pool import Connection
from frontdesk.inbox.rescore import rescore_customer
from frontdesk.tickets.scoring import Weights


async def save_customer(conn: Connection, customer: Customer, weights: Weights) -> None:
    """Insert or replace the whole profile; their tickets' scores follow in the same transaction."""
    await customers.save(conn, customer)
    await rescore_customer(conn, customer.customer_id, weights)
