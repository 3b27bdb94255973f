"""Customers: found, or created from proven facts."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from frontdesk.db.pool import Connection, execute, fetch_one, fetch_value
from frontdesk.db.words import WORDS, twice
from frontdesk.kit.findable import findable
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


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What is stated about a person; unknown fields are None."""

    customer_id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    locale: str | None = None


async def of_claim(conn: Connection, claim: CustomerFacts) -> CustomerId | None:
    """The known customer that an unproven peer claims to be, else None. Nothing is written."""
    if claim.customer_id is not None:
        customer = await get(conn, CustomerId(claim.customer_id))
    else:
        customer = await by_email(conn, claim.email) if claim.email else None
    return None if customer is None else customer.customer_id


async def of_proof(conn: Connection, proven: CustomerFacts) -> CustomerId | None:
    """The customer of proven facts, created if new; the facts overwrite the stored ones.

    None for facts without an id, an e-mail address and a phone number.
    """
    if not (proven.customer_id or proven.email or proven.phone):
        return None
    customer_id = proven.customer_id or await _of_address(conn, proven)
    stored_id = await fetch_value(
        conn,
        "insert into customer (customer_id, name, email, phone, locale, words)"
        f" values (%s, %s, %s, %s, %s, {WORDS})"
        " on conflict (customer_id) do update set name = coalesce(excluded.name, customer.name),"
        " email = coalesce(excluded.email, customer.email), phone = coalesce(excluded.phone, customer.phone),"
        " locale = coalesce(excluded.locale, customer.locale),"
        # Null: a clock makes them of the facts that now stand.
        " words = case when (customer.name, customer.email, customer.phone) is not distinct from"
        " (coalesce(excluded.name, customer.name), coalesce(excluded.email, customer.email),"
        " coalesce(excluded.phone, customer.phone)) then customer.words end"
        " returning customer_id",
        (
            customer_id or str(uuid.uuid4()),
            proven.name,
            proven.email,
            proven.phone,
            proven.locale,
            *twice(findable(proven.name, proven.email, proven.phone)),
        ),
    )
    return CustomerId(stored_id)


async def _of_address(conn: Connection, proven: CustomerFacts) -> str | None:
    """The customer of the e-mail address or phone number.

    Locked, so that two channels that meet a new address at once do not create two customers.
    """
    address = proven.email or proven.phone
    await execute(conn, "select pg_advisory_xact_lock(hashtextextended(lower(%s), 0))", (address,))
    customer_id: str | None = await fetch_value(
        conn,
        "select customer_id from customer where lower(email) = lower(%s) or (%s::text is null and phone = %s)"
        " order by created_at limit 1",
        (proven.email, proven.email, proven.phone),
    )
    return customer_id


async def save(conn: Connection, customer: Customer) -> None:
    """Insert or replace the whole profile."""
    await execute(
        conn,
        f"insert into customer ({_COLUMNS}, words) values (%s, %s, %s, %s, %s, %s, %s, %s, {WORDS})"
        " on conflict (customer_id) do update set name = excluded.name, email = excluded.email,"
        " phone = excluded.phone, locale = excluded.locale, vip = excluded.vip, ltv = excluded.ltv,"
        " churn_risk = excluded.churn_risk, words = excluded.words",
        (
            customer.customer_id,
            customer.name,
            customer.email,
            customer.phone,
            customer.locale,
            customer.vip,
            customer.ltv,
            customer.churn_risk,
            *twice(findable(customer.name, customer.email, customer.phone)),
        ),
    )
