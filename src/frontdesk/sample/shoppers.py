"""The customers with orders, whom the demo shop's page can sign in."""

from dataclasses import dataclass

from frontdesk.db.pool import Connection, fetch_all

_SHOPPERS = """
    select c.customer_id, c.name, c.email, c.locale,
        array_agg(o.number order by o.placed_at desc) as orders
    from customer c join shop_order o using (customer_id)
    group by c.customer_id order by c.customer_id limit 50
"""


@dataclass(frozen=True, slots=True)
class Shopper:
    customer_id: str
    name: str | None
    email: str | None
    locale: str | None
    orders: list[str]


async def shoppers(conn: Connection) -> list[Shopper]:
    return await fetch_all(conn, Shopper, _SHOPPERS)
