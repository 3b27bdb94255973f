"""Macros over HTTP: kept, offered with a ticket's facts, done."""

from typing import Any

import httpx2
import pytest

from frontdesk.db.pool import fetch_value
from frontdesk.desk import Desk
from tests.web.conftest import API, Submit, settled

REFUND: dict[str, Any] = {
    "name": "Refund is on its way",
    "category": None,
    "texts": {
        "en": "Hello {{customer.name}}, the money for {{order.number}} comes back. {{operator.name}}, {{ticket.number}}"
    },
    "actions": {"tags": ["refund"], "assignee": "me", "priority": "high", "resolve": True},
}


@pytest.fixture
async def macro_id(client: httpx2.AsyncClient) -> str:
    made = await client.post(f"{API}/macros", json=REFUND)
    assert made.status_code == 201, made.text
    return str(made.json()["macro_id"])


async def offers(client: httpx2.AsyncClient, ticket: dict[str, Any], q: str = "") -> list[dict[str, Any]]:
    answer = await client.get(f"{API}/tickets/{ticket['ticket_id']}/macros", params={"q": q})
    assert answer.status_code == 200, answer.text
    macros: list[dict[str, Any]] = answer.json()["macros"]
    return macros


async def test_a_macro_is_kept_changed_and_deleted_and_each_is_audited(
    client: httpx2.AsyncClient, macro_id: str, desk: Desk
) -> None:
    taken = await client.post(f"{API}/macros", json={**REFUND, "name": REFUND["name"].upper()})
    assert (taken.status_code, taken.json()["error"]["code"]) == (409, "conflict")
    changed = await client.put(
        f"{API}/macros/{macro_id}", json={**REFUND, "name": "Refund", "category": "returns"}
    )
    assert (changed.status_code, changed.json()["category"]) == (200, "returns")
    [kept] = (await client.get(f"{API}/macros")).json()["macros"]
    assert (kept["name"], kept["actions"]["resolve"], kept["texts"]) == ("Refund", True, REFUND["texts"])
    assert (await client.delete(f"{API}/macros/{macro_id}")).status_code == 204
    for gone in (
        await client.delete(f"{API}/macros/{macro_id}"),
        await client.put(f"{API}/macros/{macro_id}", json=REFUND),
    ):
        assert gone.status_code == 404
    async with desk.db.connection() as conn:
        acts = "select string_agg(action, ' ' order by entry_id) from audit_entry where object_kind = 'macro'"
        assert await fetch_value(conn, acts) == "macro.added macro.changed macro.deleted"


@pytest.mark.parametrize(
    "parts",
    [
        {"texts": {"en": "{{customer.password}}"}},
        {"texts": {"en": "{{customer.name"}},
        {"texts": {"de": "Guten Tag"}},
        {"texts": {"en": "   "}},
        {"texts": {}, "actions": {}},
        {"name": " "},
        {"category": "weather"},
        {"actions": {"delete": True}},
    ],
    ids=str,
)
async def test_what_cannot_be_used_is_refused(client: httpx2.AsyncClient, parts: dict[str, Any]) -> None:
    answer = await client.post(f"{API}/macros", json={**REFUND, **parts})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "validation_error")


async def test_gaps_are_filled_from_the_ticket_and_what_nobody_knows_is_named(
    client: httpx2.AsyncClient, submit: Submit, macro_id: str
) -> None:
    known = await submit(customer={"name": "Dana"})
    unknown = await submit()
    await settled(client)
    [offer] = await offers(client, known)
    number = known["ticket_number"]
    assert offer["content"].startswith("Hello Dana, the money for ")
    assert offer["content"].endswith(f"operator, {number}")
    assert "customer.name" not in offer["missing"]
    [offer] = await offers(client, unknown, "refu")
    assert "{{customer.name}}" in offer["content"]
    assert "customer.name" in offer["missing"]
    assert await offers(client, unknown, "parcel") == []


async def test_what_it_does_is_done_as_if_by_hand_and_once(
    client: httpx2.AsyncClient, submit: Submit, macro_id: str
) -> None:
    ticket = await submit()
    await settled(client)
    path = f"{API}/tickets/{ticket['ticket_id']}"
    for _ in range(2):
        done = await client.post(f"{path}/macros/{macro_id}")
        assert done.status_code == 200, done.text
    after = done.json()
    assert (after["status"], after["assignee"], after["priority"]) == ("resolved", "operator", "high")
    assert after["tags"].count("refund") == 1
    events = (await client.get(f"{path}/timeline")).json()["events"]
    assert [event["actor"] for event in events if event["type"] == "resolved"] == ["operator"]
    assert (await client.post(f"{path}/macros/nothing")).status_code == 404
    [kept] = (await client.get(f"{API}/macros")).json()["macros"]
    assert kept["uses"] == 2


async def test_what_may_be_written_next_comes_from_macros_and_settled_replies(
    client: httpx2.AsyncClient, submit: Submit, macro_id: str, desk: Desk
) -> None:
    reply = "We have sent you a new one today. Yours truly"
    for channel in ("sms", "email"):
        settled_path = f"{API}/tickets/{(await submit(channel=channel))['ticket_id']}"
        await settled(client)
        assert (await client.post(f"{settled_path}/messages", json={"content": reply})).status_code == 201
        await client.patch(settled_path, json={"status": "resolved"})
    ticket = await submit()
    await settled(client)
    async with desk.db.connection() as conn:
        await conn.execute("update ticket set language = 'en'")
    answer = await client.get(f"{API}/tickets/{ticket['ticket_id']}/phrases")
    assert answer.status_code == 200, answer.text
    phrases = {phrase["text"]: phrase["source"] for phrase in answer.json()["phrases"]}
    assert phrases["We have sent you a new one today."] == "reply"
    assert f"operator, {ticket['ticket_number']}" in phrases
