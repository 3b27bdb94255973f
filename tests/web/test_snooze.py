"""Tickets that are put off, over HTTP and by the clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from frontdesk.db.pool import execute, fetch_value
from frontdesk.desk import Desk
from frontdesk.tickets.snooze import wake_due
from tests.web.conftest import API, Submit, settled


def later(**time: float) -> str:
    return (datetime.now(UTC) + timedelta(**time)).isoformat()


@pytest.fixture
async def path(client: httpx2.AsyncClient, submit: Submit) -> str:
    """A ticket whose customer waits for a person."""
    ticket = await submit("HUMAN please")
    await settled(client)
    return f"{API}/tickets/{ticket['ticket_id']}"


async def inbox(client: httpx2.AsyncClient, **query: str) -> tuple[int, int, int, int]:
    """How many are listed, need a person, do not, and were put off."""
    page = (await client.get(f"{API}/tickets", params={"status": "open", **query})).json()
    return len(page["tickets"]), page["groups"]["needs_you"], page["groups"]["ai"], page["snoozed"]


async def timeline(client: httpx2.AsyncClient, path: str) -> list[dict[str, Any]]:
    events = (await client.get(f"{path}/timeline")).json()["events"]
    return [event for event in events if event["type"] in ("snoozed", "woken", "taken_over")]


async def test_a_snoozed_ticket_needs_nobody_until_it_is_woken(
    client: httpx2.AsyncClient, path: str, desk: Desk
) -> None:
    assert await inbox(client, group="needs_you") == (1, 1, 0, 0)
    answer = await client.post(f"{path}/snooze", json={"until": later(days=1), "note": "ask the courier"})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["snooze_note"], answer.json()["owner"]) == ("ask the courier", "person")
    assert await inbox(client, group="needs_you") == (0, 0, 1, 1)
    assert await inbox(client, group="ai") == (1, 0, 1, 1)
    assert (await inbox(client, snoozed="true"))[0] == 1

    async with desk.db.transaction() as conn:
        assert await wake_due(conn, desk.changes) == []
        await execute(conn, "update ticket set snoozed_until = now() - interval '1 minute'")
    async with desk.db.transaction() as conn:
        assert len(await wake_due(conn, desk.changes)) == 1
    assert await inbox(client, group="needs_you") == (1, 1, 0, 0)
    assert (await inbox(client, snoozed="true"))[0] == 0
    put_off, woken = await timeline(client, path)
    assert (put_off["actor"], put_off["data"]["note"]) == ("operator", "ask the courier")
    assert (woken["actor"], woken["data"]) == ("system", {"by": "time", "note": "ask the courier"})


async def test_who_puts_off_what_the_ai_has_owns_it_and_is_reminded(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    path = f"{API}/tickets/{(await submit())['ticket_id']}"
    await settled(client)
    ticket = (await client.post(f"{path}/snooze", json={"until": later(hours=1)})).json()
    assert (ticket["owner"], ticket["assignee"], ticket["waiting_since"]) == ("person", "operator", None)
    woken = (await client.delete(f"{path}/snooze")).json()
    assert woken["snoozed_until"] is None
    assert woken["waiting_since"] is not None
    assert [event["type"] for event in await timeline(client, path)] == ["taken_over", "snoozed", "woken"]
    assert (await client.delete(f"{path}/snooze")).status_code == 200
    async with desk.db.connection() as conn:
        acts = "select count(*) from audit_entry where action in ('ticket.snoozed', 'ticket.woken')"
        assert await fetch_value(conn, acts) == 2


async def test_what_cannot_be_put_off_is_refused(client: httpx2.AsyncClient, path: str) -> None:
    for until in (later(minutes=-1), later(days=400), "2026-12-01T10:00:00", "tomorrow"):
        answer = await client.post(f"{path}/snooze", json={"until": until})
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "validation_error"), until
    long = await client.post(f"{path}/snooze", json={"until": later(days=1), "note": "x" * 501})
    assert long.status_code == 422
    await client.patch(path, json={"status": "resolved"})
    settled_matter = await client.post(f"{path}/snooze", json={"until": later(days=1)})
    assert (settled_matter.status_code, settled_matter.json()["error"]["code"]) == (409, "conflict")
    assert (await client.get(path)).json()["snoozed_until"] is None
