"""The demo shop's customers, with the proof that a real shop's server would make for its own page."""

from dataclasses import asdict, dataclass

from fastapi import APIRouter
from pydantic import BaseModel

from frontdesk.customers.session import identity_hash
from frontdesk.db.pool import fetch_all
from frontdesk.web.caller import DeskDep, Operator
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(tags=["chat"])

_CUSTOMERS = """
    select c.customer_id, c.name, c.email, c.locale,
        array_agg(o.number order by o.placed_at desc) as orders
    from customer c join shop_order o using (customer_id)
    group by c.customer_id order by c.customer_id limit 50
"""


@dataclass(frozen=True, slots=True)
class _Customer:
    customer_id: str
    name: str | None
    email: str | None
    locale: str | None
    orders: list[str]


class DemoCustomer(BaseModel):
    customer_id: str
    name: str | None
    email: str | None
    locale: str | None
    orders: list[str]
    identity_hash: str


class DemoCustomers(BaseModel):
    customers: list[DemoCustomer]


@router.get("/demo/customers", response_model=DemoCustomers, responses=problems())
async def demo_customers(desk: DeskDep, caller: Operator) -> Json:
    """Whom the demo shop's page can sign in; only where the desk runs as a demo."""
    async with desk.db.connection() as conn:
        found = await fetch_all(conn, _Customer, _CUSTOMERS)
    shown = [{**asdict(one), "identity_hash": identity_hash(desk.secret, one.customer_id)} for one in found]
    return Json({"customers": shown})
