"""The demo shop's customers, with the proof that a real shop's server would make for its own page."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter
from pydantic import BaseModel

from frontdesk.customers.identity import identity_hash
from frontdesk.desk import Desk
from frontdesk.sample.shoppers import shoppers
from frontdesk.web.caller import DeskDep, Visitor
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(tags=["chat"])


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
async def demo_customers(desk: DeskDep, caller: Visitor) -> Json:
    """Whom the demo shop's page can sign in; only where the desk runs as a demo."""
    async with desk.db.connection() as conn:
        known = await shoppers(conn)
    customers = [{**asdict(shopper), "identity_hash": _proof(desk, shopper.customer_id)} for shopper in known]
    return Json({"customers": customers})


def _proof(desk: Desk, customer_id: str) -> str:
    ends_at = datetime.now(UTC) + timedelta(hours=24)
    return identity_hash(desk.keys.identity(), {"customer_id": customer_id}, ends_at)
