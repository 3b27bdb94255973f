"""What people do in a conversation, over HTTP."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2

from frontdesk.db.pool import execute, fetch_value
from frontdesk.desk import Desk
from tests.web.conftest import API, Submit


async def _until(
    client: httpx2.AsyncClient, path: str, holds: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    for _ in range(200):
        content: dict[str, Any] = (await client.get(path)).json()
        if holds(content):
            return content
        await asyncio.sleep(0.03)
    raise AssertionError(f"never came true: {content}")


async def _answered(client: httpx2.AsyncClient, submit: Submit, body: str = "Where is it?") -> str:
    ticket = await submit(body)
    path = f"{API}/tickets/{ticket['ticket_id']}"
    await _until(client, path, lambda content: content["status"] in ("waiting", "escalated"))
    return path


async def test_the_conversation_shows_reading_answer_and_sources(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    path = await _answered(client, submit)
    page = (await client.get(f"{path}/messages")).json()
    asked, answered = page["messages"]
    assert (asked["sender_type"], asked["delivery_state"], asked["reading"]["category"]) == (
        "customer",
        "received",
        "delivery",
    )
    assert answered["ai"]["sources"][0]["doc_id"] == "delivery"
    assert answered["ai"]["decision"] == "answer"
    rest = (await client.get(f"{path}/messages", params={"after_seq": asked["seq"]})).json()
    assert [item["seq"] for item in rest["messages"]] == [answered["seq"]]
    first = (await client.get(f"{path}/messages", params={"limit": 1})).json()
    assert first["has_more"] is True


async def test_a_persons_reply_takes_over_and_is_sent(client: httpx2.AsyncClient, submit: Submit) -> None:
    path = await _answered(client, submit)
    reply = await client.post(f"{path}/messages", json={"content": "I will look into it myself."})
    assert (reply.status_code, reply.json()["sender_type"], reply.json()["seq"]) == (201, "manager", 3)
    ticket = (await client.get(path)).json()
    assert (ticket["status"], ticket["owner"], ticket["ai_state"]) == ("escalated", "person", "silent")
    assert ticket["waiting_since"] is None

    def sent(page: dict[str, Any]) -> bool:
        return page["messages"][-1]["delivery_state"] in ("sent", "delivered")

    await _until(client, f"{path}/messages", sent)


async def test_a_note_changes_nothing_for_the_customer(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    path = await _answered(client, submit)
    noted = await client.post(f"{path}/messages", json={"content": "Be kind to her.", "kind": "note"})
    assert noted.json()["kind"] == "note"
    assert (await client.get(path)).json()["owner"] == "ai"
    async with desk.db.connection() as conn:
        query = "select count(*) from outbox where message_id = %s"
        assert await fetch_value(conn, query, (noted.json()["message_id"],)) == 0


async def test_handed_back_the_ai_answers_what_nobody_has(client: httpx2.AsyncClient, submit: Submit) -> None:
    path = await _answered(client, submit, "HUMAN please")
    assert (await client.get(path)).json()["status"] == "escalated"
    assert (await client.post(f"{path}/takeover")).status_code == 200
    assert (await client.post(f"{path}/handback")).json()["status"] == "ai_processing"
    # the reader asks for a person again, so the road has looked at the message once more
    timeline = await _until(
        client,
        f"{path}/timeline",
        lambda content: [item["type"] for item in content["events"]].count("escalated") == 2,
    )
    assert "handed_back" in [item["type"] for item in timeline["events"]]


async def test_handed_back_with_nothing_to_answer_it_waits_for_the_customer(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    path = await _answered(client, submit)
    await client.post(f"{path}/messages", json={"content": "All done."})
    back = await client.post(f"{path}/handback")
    assert (back.status_code, back.json()["status"], back.json()["owner"]) == (200, "waiting", "ai")
    assert (await client.post(f"{path}/handback")).status_code == 409


async def test_nobody_takes_over_a_closed_ticket(client: httpx2.AsyncClient, submit: Submit) -> None:
    path = await _answered(client, submit)
    await client.patch(path, json={"status": "closed"})
    refused = await client.post(f"{path}/messages", json={"content": "Too late"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")
    assert (await client.post(f"{path}/takeover")).status_code == 409


async def test_an_escalation_is_shown_with_its_mail_in_a_cage(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    path = await _answered(client, submit, "HUMAN please")

    def mailed(content: dict[str, Any]) -> bool:
        return bool(content["escalations"]) and content["escalations"][0]["mail"]["state"] == "saved"

    content = (await _until(client, f"{path}/escalations", mailed))["escalations"][0]
    assert content["reason"] == "asks_human"
    mail = await client.get(content["mail"]["html_url"])
    assert mail.headers["content-type"].startswith("text/html")
    assert mail.headers["content-security-policy"].startswith("sandbox")
    assert "script-src" not in mail.headers["content-security-policy"]
    assert '<base target="_blank">' in mail.text


async def test_a_file_is_only_ever_saved(client: httpx2.AsyncClient, submit: Submit, desk: Desk) -> None:
    path = await _answered(client, submit)
    message = (await client.get(f"{path}/messages")).json()["messages"][0]
    key = await desk.blobs.put(b"<script>alert(1)</script>")
    async with desk.db.connection() as conn:
        await execute(
            conn,
            "insert into attachment values ('a-1', %s, %s, 'text/html', 25, %s)",
            (message["message_id"], 'счёт "1"\r\n.html', key),
        )
    listed = (await client.get(f"{path}/messages")).json()["messages"][0]["attachments"][0]
    file = await client.get(listed["url"])
    assert file.content == b"<script>alert(1)</script>"
    assert file.headers["content-disposition"].startswith("attachment;")
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["x-content-type-options"] == "nosniff"


async def test_the_ai_drafts_and_responds_by_hand(client: httpx2.AsyncClient, submit: Submit) -> None:
    path = await _answered(client, submit)
    ticket_id = path.rpartition("/")[2]
    draft = await client.get(f"{API}/ai/tickets/{ticket_id}/draft-response")
    assert draft.status_code == 200, draft.text
    assert draft.json()["content"].startswith("RE:")
    nothing = await client.post(f"{API}/ai/respond", json={"ticket_id": ticket_id})
    assert nothing.json()["error"]["code"] == "conflict"
    answer = await client.post(f"{API}/notify", json={"ticket_id": ticket_id, "note": "Look at this"})
    assert answer.status_code == 202
    content = (await client.get(f"{path}/escalations")).json()["escalations"]
    assert len(content) == 1
