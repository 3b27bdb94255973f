"""A newer version has added columns to the tables while this one still works on them."""

import asyncio

import httpx2

from frontdesk.db.pool import execute, fetch_dicts
from frontdesk.desk import Desk
from frontdesk.store.orders import Orders
from frontdesk.terms import CustomerId
from tests.web.conftest import API, Submit

_TABLES = """
    select table_name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'alembic_version'
"""


async def test_columns_of_a_newer_version_disturb_nothing(
    desk: Desk, client: httpx2.AsyncClient, submit: Submit
) -> None:
    async with desk.db.connection() as conn:
        for table in await fetch_dicts(conn, _TABLES):
            await execute(conn, f"alter table {table['table_name']} add column of_tomorrow int default 1")
    await submit("Where is my order?")
    ticket = await submit("HUMAN please")
    await _mailed(client, f"{API}/tickets/{ticket['ticket_id']}/escalations")
    for path in ("/tickets", f"/tickets/{ticket['ticket_id']}/messages", "/analytics/summary", "/channels"):
        answer = await client.get(API + path)
        assert answer.status_code == 200, answer.text
    assert await Orders(desk.db).orders_of(CustomerId("nobody")) == []


async def _mailed(client: httpx2.AsyncClient, path: str) -> None:
    async with asyncio.timeout(20):
        while True:
            escalations = (await client.get(path)).json()["escalations"]
            if escalations and escalations[0]["mail"]["state"] == "saved":
                return
            await asyncio.sleep(0.05)
