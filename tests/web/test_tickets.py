"""Tickets over HTTP: submit, list in smart order, change."""

import httpx2
import pytest

from frontdesk.db.pool import execute, fetch_value
from frontdesk.desk import Desk
from frontdesk.inbox.rescore import rescore_open
from frontdesk.tickets.scoring import Weights
from tests.web.conftest import API, Submit, settled


async def test_a_ticket_is_accepted_and_can_be_read_at_once(client: httpx2.AsyncClient) -> None:
    given = {"subject": "Hello", "body": "Where is my order?", "channel": "chat", "priority": "critical"}
    accepted = await client.post(f"{API}/tickets", json=given)
    body = accepted.json()
    assert (accepted.status_code, body["status"]) == (202, "pending")
    for name in (body["ticket_id"], body["ticket_number"], body["ticket_number"].lower()):
        ticket = (await client.get(f"{API}/tickets/{name}")).json()
        assert ticket["ticket_id"] == body["ticket_id"]
        assert (ticket["channel"], ticket["priority"], ticket["subject"]) == ("web_chat", "urgent", "Hello")
        assert ticket["created_at"].endswith("Z")


async def test_what_the_producer_says_of_the_customer_is_shown(submit: Submit) -> None:
    ticket = await submit(customer_id="CUST-7", customer={"name": "Dana", "email": "dana@mail.example"})
    assert ticket["customer_id"] == "CUST-7"
    assert (ticket["customer"]["name"], ticket["customer"]["email"]) == ("Dana", "dana@mail.example")


async def test_the_highest_score_comes_first_and_pages_hold_together(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    wanted = []
    for priority in ("low", "urgent", "normal", "high", "urgent"):
        ticket = await submit(priority=priority)
        wanted.append(ticket["ticket_id"])
    await rescore_open(desk.db, Weights.of(desk.settings))
    everything = (await client.get(f"{API}/tickets", params={"limit": 200})).json()
    order = [(entry["smart_score"], entry["ticket_id"]) for entry in everything["tickets"]]
    assert [score for score, _ in order] == sorted((score for score, _ in order), reverse=True)
    assert {entry["priority"] for entry in everything["tickets"][:2]} == {"urgent"}

    paged = [
        entry["ticket_id"]
        for page in (1, 2, 3)
        for entry in (await client.get(f"{API}/tickets", params={"limit": 2, "page": page})).json()["tickets"]
    ]
    assert sorted(paged) == sorted(wanted)


async def test_a_cursor_goes_on_where_the_page_before_ended(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    wanted = {
        (await submit(priority=priority))["ticket_id"] for priority in ("low", "low", "high", "urgent", "low")
    }
    await settled(client)
    listed: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await client.get(f"{API}/tickets", params=query)).json()
        listed += [entry["ticket_id"] for entry in page["tickets"]]
        assert page["pagination"]["total"] == 5
        assert page["pagination"]["has_prev"] is (cursor != "")
        cursor = page["pagination"]["next_cursor"]
        assert page["pagination"]["has_next"] is (cursor is not None)
    assert len(listed) == 5
    assert set(listed) == wanted


async def test_each_filter_keeps_what_it_says(client: httpx2.AsyncClient, submit: Submit, desk: Desk) -> None:
    angry = await submit("My kettle is broken", channel="email", customer_id="C-1")
    calm = await submit("Thank you", channel="sms")
    await settled(client)
    async with desk.db.connection() as conn:
        await execute(
            conn,
            "update ticket set sentiment_score = 0.1, risk = 0.9, category = 'returns', assignee = 'Aliya',"
            " status = 'escalated', owner = 'person', waiting_since = now() where ticket_id = %s",
            (angry["ticket_id"],),
        )
        await execute(
            conn,
            "update ticket set status = 'closed', sentiment_score = 0.9 where ticket_id = %s",
            (calm["ticket_id"],),
        )

    async def ids(**query: str) -> set[str]:
        answer = await client.get(f"{API}/tickets", params=query)
        assert answer.status_code == 200, answer.text
        return {entry["ticket_id"] for entry in answer.json()["tickets"]}

    only_angry, only_calm = {angry["ticket_id"]}, {calm["ticket_id"]}
    both = only_angry | only_calm
    assert await ids(status="open") == only_angry
    assert await ids(status="closed") == only_calm
    assert await ids(status="open,closed") == both
    assert await ids(channel="email,phone") == only_angry
    assert await ids(category="returns") == only_angry
    assert await ids(sentiment="negative") == only_angry
    assert await ids(sentiment="positive,negative") == both
    assert await ids(risk_min="0.7") == only_angry
    assert await ids(q="kettle") == only_angry
    assert await ids(q=calm["ticket_number"]) == only_calm
    assert await ids(q="100%") == set()
    assert await ids(assignee="Aliya") == only_angry
    assert await ids(assignee="none") == only_calm
    assert await ids(customer_id="C-1") == only_angry
    assert await ids(waiting="person") == only_angry


async def test_a_watched_topic_moves_a_ticket_up_in_any_inflection(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    other = await submit("Где мой заказ?")
    refund = await submit("Когда придут деньги по возвратам?")
    partly = await submit("Невозвратный тариф")
    plain = (await client.get(f"{API}/tickets")).json()
    assert (plain["topic_alerts_active"], plain["matches"]) == ([], 0)
    page = (await client.get(f"{API}/tickets", params={"topic_alerts": "Возврат, refund"})).json()
    assert (page["topic_alerts_active"], page["matches"]) == (["Возврат", "refund"], 1)
    assert page["tickets"][0]["ticket_id"] == refund["ticket_id"]
    matched = {entry["ticket_id"]: entry["matches_topic_alert"] for entry in page["tickets"]}
    assert matched == {refund["ticket_id"]: True, other["ticket_id"]: False, partly["ticket_id"]: False}


async def test_the_list_and_the_breakdown_agree(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    async with desk.db.connection() as conn:
        await execute(conn, "insert into customer (customer_id) values ('C-9')")
    ticket = await submit(priority="urgent", customer_id="C-9")
    await settled(client)
    async with desk.db.transaction() as conn:
        await execute(conn, "update customer set churn_risk = 0.8, ltv = 3500 where customer_id = 'C-9'")
        await execute(
            conn,
            "update ticket set difficulty = 'complex', sentiment_score = 0.2,"
            " waiting_since = now() - interval '2 hours' where ticket_id = %s",
            (ticket["ticket_id"],),
        )
    await rescore_open(desk.db, Weights.of(desk.settings))
    breakdown = (await client.get(f"{API}/tickets/{ticket['ticket_id']}/score-breakdown")).json()
    listed = (await client.get(f"{API}/tickets")).json()["tickets"][0]
    assert abs(breakdown["total_score"] - 16.4) < 0.01
    assert abs(listed["smart_score"] - 16.4) < 0.01


async def test_what_a_person_sets_is_the_persons(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    ticket = await submit()
    change = {
        "priority": "medium",
        "category": "billing",
        "assignee": "Aliya",
        "tags": ["vat", "vat", "invoice"],
    }
    changed = await client.patch(f"{API}/tickets/{ticket['ticket_number']}", json=change)
    body = changed.json()
    assert changed.status_code == 200, changed.text
    assert (body["priority"], body["category"], body["assignee"], body["tags"]) == (
        "normal",
        "billing",
        "Aliya",
        ["vat", "invoice"],
    )
    async with desk.db.connection() as conn:
        query = "select priority_set_by || '/' || category_set_by from ticket where ticket_id = %s"
        assert await fetch_value(conn, query, (ticket["ticket_id"],)) == "person/person"
    freed = await client.patch(f"{API}/tickets/{ticket['ticket_id']}", json={"assignee": None})
    assert freed.json()["assignee"] is None


@pytest.mark.parametrize(
    "change", [{"category": "<b>mine</b>"}, {"assignee": "<img src=x>"}, {"assignee": "=cmd()"}]
)
async def test_what_is_chosen_from_a_list_or_names_a_person_takes_no_free_text(
    client: httpx2.AsyncClient, submit: Submit, change: dict[str, str]
) -> None:
    ticket = await submit()
    refused = await client.patch(f"{API}/tickets/{ticket['ticket_id']}", json=change)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "validation_error")


async def test_statuses_change_only_in_turn(client: httpx2.AsyncClient, submit: Submit) -> None:
    path = f"{API}/tickets/{(await submit())['ticket_id']}"
    await settled(client)

    async def to(status: str) -> int:
        return (await client.patch(path, json={"status": status})).status_code

    assert await to("new") == 409
    assert await to("resolved") == 200
    assert await to("ai_processing") == 409
    assert await to("closed") == 200
    assert await to("resolved") == 409
    assert await to("escalated") == 409
    events = [entry["type"] for entry in (await client.get(f"{path}/timeline")).json()["events"]]
    assert [entry for entry in events if entry in ("resolved", "closed")] == ["resolved", "closed"]


async def test_a_ticket_that_was_resolved_too_early_waits_for_a_person_again(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    ticket = await submit("HUMAN please, where is my order?")
    await settled(client)
    path = f"{API}/tickets/{ticket['ticket_id']}"
    before = (await client.get(path)).json()
    resolved = (await client.patch(path, json={"status": "resolved"})).json()
    assert (resolved["status"], resolved["waiting_since"]) == ("resolved", None)
    again = (await client.patch(path, json={"status": "escalated"})).json()
    fields = ("status", "owner", "waiting_since")
    assert [again[field] for field in fields] == [before[field] for field in fields]


async def test_a_bulk_change_goes_on_past_a_ticket_that_cannot_follow(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    entry, other = await submit(), await submit()
    await client.patch(f"{API}/tickets/{other['ticket_id']}", json={"status": "closed"})
    asked = {"ticket_ids": [entry["ticket_number"], other["ticket_id"], "T-999999"], "status": "resolved"}
    results = (await client.post(f"{API}/tickets/bulk", json=asked)).json()["results"]
    assert [result["ok"] for result in results] == [True, False, False]
    assert results[0]["ticket"]["status"] == "resolved"
    assert [result["error"]["code"] for result in results[1:]] == ["conflict", "not_found"]
