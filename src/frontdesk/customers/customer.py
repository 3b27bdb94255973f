"""Who writes: found or made from what a channel tells."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from frontdesk.db.pool import Connection, execute, fetch_one, fetch_value
from frontdesk.terms import CustomerId


@dataclass(frozen=True, slots=True)
class Customer:
    customer_id: CustomerId
    name: str | None
    email: str | None
    phone: str | None
    locale: str | None
    vip: bool
    ltv: Decimal
    """Lifetime value in the desk's currency."""
    churn_risk: float


_COLUMNS = "customer_id, name, email, phone, locale, vip, ltv, churn_risk"


async def get(conn: Connection, customer_id: CustomerId) -> Customer | None:
    query = f"select {_COLUMNS} from customer where customer_id = %s"
    return await fetch_one(conn, Customer, query, (customer_id,))


async def by_email(conn: Connection, email: str) -> Customer | None:
    """The oldest customer with this address."""
    query = f"select {_COLUMNS} from customer where lower(email) = lower(%s) order by created_at limit 1"
    return await fetch_one(conn, Customer, query, (email,))


async def identify(
    conn: Connection,
    customer_id: str | None,
    name: str | None,
    email: str | None,
    phone: str | None,
    locale: str | None,
) -> CustomerId:
    """The customer these details name, made where none stands; details that are known are not overwritten.

    How far the details are to be believed is the conversation's `proof`, not said here.
    """
    if customer_id is None and email:
        # Two channels may meet the same new address at once: the second waits and finds what the first made.
        await execute(conn, "select pg_advisory_xact_lock(hashtextextended(lower(%s), 0))", (email,))
        customer_id = await fetch_value(
            conn,
            "select customer_id from customer where lower(email) = lower(%s) order by created_at limit 1",
            (email,),
        )
    found = await fetch_value(
        conn,
        "insert into customer (customer_id, name, email, phone, locale) values (%s, %s, %s, %s, %s)"
        " on conflict (customer_id) do update set name = coalesce(customer.name, excluded.name)"
        " returning customer_id",
        (customer_id or str(uuid.uuid4()), name, email, phone, locale),
    )
    return CustomerId(found)


async def save(conn: Connection, customer: Customer) -> None:
    """Insert or replace the whole profile."""
    await execute(
        conn,
        f"insert into customer ({_COLUMNS}) values (%s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (customer_id) do update set name = excluded.name, email = excluded.email,"
        " phone = excluded.phone, locale = excluded.locale, vip = excluded.vip, ltv = excluded.ltv,"
        " churn_risk = excluded.churn_risk",
        (
            customer.customer_id,
            customer.name,
            customer.email,
            customer.phone,
            customer.locale,
            customer.vip,
            customer.ltv,
            customer.churn_risk,
        ),
    )
