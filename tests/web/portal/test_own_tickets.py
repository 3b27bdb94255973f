"""One's own tickets in the portal: read, answered, opened; nothing of how they were worked on, nothing of others."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from frontdesk.customers.identity import identity_hash
from frontdesk.desk import Desk
from tests.web.conftest import API, Submit, settled
from tests.web.portal.conftest import PORTAL, Portal

DANA, TIM = "dana@mail.example", "tim@mail.example"


async def _form(submit: Submit, address: str, body: str = "Where is order 54321?") -> dict[str, Any]:
    return await submit(body, customer={"email": address, "name": "A name"})


async def _tickets(browser: httpx2.AsyncClient) -> list[dict[str, Any]]:
    answer = await browser.get(f"{PORTAL}/tickets")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["tickets"])


async def _read(browser: httpx2.AsyncClient, ticket_id: str) -> dict[str, Any]:
    answer = await browser.get(f"{PORTAL}/tickets/{ticket_id}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _chat(client: httpx2.AsyncClient, desk: Desk, customer: dict[str, str], proven: bool) -> None:
    body: dict[str, Any] = {"customer": customer}
    if proven:
        ends_at = datetime.now(UTC) + timedelta(hours=1)
        body["identity_hash"] = identity_hash(desk.keys.identity(), customer, ends_at)
    opened = (await client.post(f"{API}/sessions", json=body)).json()
    answer = await client.post(
        f"{API}/chat/sessions/{opened['session_id']}/messages",
        data={"content": "from the chat", "client_msg_id": "1"},
        headers={"Authorization": f"Bearer {opened['token']}"},
    )
    assert answer.status_code == 200, answer.text


async def test_the_answer_to_a_web_form_stands_in_the_portal(
    portal: Portal, client: httpx2.AsyncClient, submit: Submit
) -> None:
    sent = await _form(submit, DANA)
    await settled(client)
    browser = await portal.enter(DANA.upper())
    [listed] = await _tickets(browser)
    assert (listed["ticket_id"], listed["ticket_number"], listed["next"]) == (
        sent["ticket_id"], sent["ticket_number"], "customer",
    )  # fmt: skip
    read = await _read(browser, sent["ticket_number"])
    assert [(message["sender_type"], message["content"]) for message in read["messages"]] == [
        ("customer", "Where is order 54321?"),
        ("ai", "RE: WHERE IS ORDER 54321?"),
    ]
    assert read["is_answerable"]


async def test_nothing_of_the_desks_work_is_shown(
    portal: Portal, client: httpx2.AsyncClient, submit: Submit
) -> None:
    sent = await _form(submit, DANA)
    await settled(client)
    path = f"{API}/tickets/{sent['ticket_id']}"
    await client.post(f"{path}/messages", json={"content": "a secret note", "kind": "note"})
    await client.patch(path, json={"tags": ["troublemaker"], "priority": "low"})
    await client.get(f"{API}/ai/tickets/{sent['ticket_id']}/draft-response")
    browser = await portal.enter(DANA)
    shown = str(await _read(browser, sent["ticket_id"])) + str(await _tickets(browser))
    for word in ("secret note", "troublemaker", "scripted", "confidence", "provider", "priority", "risk", "summary",
                 "reasoning", "script says so", "sentiment", "draft", "assignee"):  # fmt: skip
        assert word not in shown, word


async def test_foreign_tickets_are_not_there_whatever_is_asked(
    portal: Portal, client: httpx2.AsyncClient, submit: Submit
) -> None:
    mine, theirs = await _form(submit, DANA), await _form(submit, TIM)
    nobodys = await submit("no address at all")
    await settled(client)
    browser = await portal.enter(DANA)
    assert [listed["ticket_id"] for listed in await _tickets(browser)] == [mine["ticket_id"]]
    mutated = mine["ticket_id"][:-1] + ("0" if mine["ticket_id"][-1] != "0" else "1")
    for name in (
        theirs["ticket_id"],
        theirs["ticket_number"],
        nobodys["ticket_id"],
        mutated,
        "T-999999",
        "%00",
        "x" * 300,
    ):
        refusals = [
            await browser.get(f"{PORTAL}/tickets/{name}"),
            await browser.post(f"{PORTAL}/tickets/{name}/messages", data={"content": "let me in"}),
        ]
        bodies = [(answer.status_code, answer.json()["error"]["message"]) for answer in refusals]
        assert bodies == [(404, "there is no such ticket")] * 2, name


async def test_files_are_fetched_by_whose_they_are(portal: Portal, client: httpx2.AsyncClient) -> None:
    browser, other = await portal.enter(DANA), await portal.enter(TIM)
    sent = await browser.post(
        f"{PORTAL}/tickets",
        data={"content": "see the photo"},
        files={"files": ('фото "1".jpg', b"\xff\xd8 the photo", "image/jpeg")},
    )
    assert sent.status_code == 202, sent.text
    [written, *_] = (await _read(browser, sent.json()["ticket_id"]))["messages"]
    [file] = written["attachments"]
    assert (file["size"], file["is_here"]) == (12, True)
    path = f"{PORTAL}/attachments/{file['attachment_id']}"
    mine = await browser.get(path)
    assert mine.content == b"\xff\xd8 the photo"
    assert mine.headers["content-disposition"].startswith("attachment;")
    assert (await other.get(path)).status_code == 404
    assert (await portal.browser().get(path)).status_code == 401


async def test_what_a_proven_customer_wrote_in_the_chat_is_theirs_and_a_claim_is_not(
    portal: Portal, client: httpx2.AsyncClient, desk: Desk
) -> None:
    await _chat(client, desk, {"email": DANA, "name": "Dana"}, proven=True)
    await _chat(client, desk, {"email": DANA, "name": "A stranger"}, proven=False)
    browser = await portal.enter(DANA)
    [listed] = await _tickets(browser)
    answer = await browser.post(
        f"{PORTAL}/tickets/{listed['ticket_id']}/messages", data={"content": "and from here"}
    )
    assert answer.json() == {
        "ticket_id": listed["ticket_id"], "ticket_number": listed["ticket_number"], "status": "recorded",
    }  # fmt: skip


async def test_a_form_in_somebody_elses_name_with_another_address_is_not_theirs(
    portal: Portal, client: httpx2.AsyncClient, desk: Desk, submit: Submit
) -> None:
    """Its answers go to that other address: were it joined from here, what is proven here would be mailed there."""
    async with desk.db.transaction() as conn:
        await conn.execute("insert into customer (customer_id, email) values ('CUST-1', %s)", (DANA,))
    await submit("who am I", customer_id="CUST-1", customer={"email": "stranger@mail.example"})
    browser = await portal.enter(DANA)
    assert await _tickets(browser) == []


async def test_an_answer_joins_the_ticket_as_a_proven_customers_and_is_answered(
    portal: Portal, client: httpx2.AsyncClient, submit: Submit
) -> None:
    sent = await _form(submit, DANA)
    await settled(client)
    assert (sent["identity_proof"], sent["customer_id"]) == ("claimed", None)
    browser = await portal.enter(DANA)
    path = f"{PORTAL}/tickets/{sent['ticket_id']}/messages"
    answer = await browser.post(path, data={"content": "It is urgent"})
    assert (answer.status_code, answer.json()["ticket_id"]) == (202, sent["ticket_id"])
    await settled(client)
    shown = (await client.get(f"{API}/tickets/{sent['ticket_id']}")).json()
    assert shown["identity_proof"] == "verified"
    assert shown["customer"]["email"] == DANA
    messages = (await client.get(f"{API}/tickets/{sent['ticket_id']}/messages")).json()["messages"]
    assert [message["content"] for message in messages][2:] == ["It is urgent", "RE: IT IS URGENT"]


async def test_the_same_key_is_one_message_and_another_body_is_refused(
    portal: Portal, client: httpx2.AsyncClient, submit: Submit
) -> None:
    sent = await _form(submit, DANA)
    await settled(client)
    browser = await portal.enter(DANA)
    for path, fields in ((f"tickets/{sent['ticket_id']}/messages", {}), ("tickets", {"subject": "Another"})):
        key = {"Idempotency-Key": f"one-{path}"}
        first, again = [
            await browser.post(f"{PORTAL}/{path}", data={"content": "once", **fields}, headers=key)
            for _ in range(2)
        ]
        assert (first.status_code, first.content) == (again.status_code, again.content)
        other = await browser.post(f"{PORTAL}/{path}", data={"content": "twice", **fields}, headers=key)
        assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_mismatch")
    await settled(client)
    assert len(await _tickets(browser)) == 2
    messages = (await _read(browser, sent["ticket_id"]))["messages"]
    assert [message["content"] for message in messages].count("once") == 1


async def test_a_new_ticket_is_opened_for_a_stranger_and_handed_to_a_person(
    portal: Portal, client: httpx2.AsyncClient
) -> None:
    browser = await portal.enter("new@mail.example")
    opened = await browser.post(
        f"{PORTAL}/tickets", data={"subject": " My\nlamp ", "content": "HUMAN it is broken"}
    )
    assert opened.status_code == 202, opened.text
    await settled(client)
    read = await _read(browser, opened.json()["ticket_id"])
    assert (read["ticket"]["subject"], read["ticket"]["status"], read["ticket"]["next"]) == (
        "My lamp", "escalated", "person",
    )  # fmt: skip
    assert read["ticket"]["person"] is not None
    shown = (await client.get(f"{API}/tickets/{opened.json()['ticket_id']}")).json()
    assert (shown["channel"], shown["identity_proof"]) == ("web_form", "verified")
    reply = await client.post(
        f"{API}/tickets/{opened.json()['ticket_id']}/messages", json={"content": "We help"}
    )
    assert reply.status_code in (200, 201), reply.text
    messages = (await _read(browser, opened.json()["ticket_id"]))["messages"]
    assert (messages[-1]["sender_type"], messages[-1]["content"]) == ("manager", "We help")


async def test_an_answer_to_a_closed_ticket_begins_a_new_one_which_is_named(
    portal: Portal, client: httpx2.AsyncClient, submit: Submit
) -> None:
    sent = await _form(submit, DANA)
    await settled(client)
    for status in ("resolved", "closed"):
        changed = await client.patch(f"{API}/tickets/{sent['ticket_id']}", json={"status": status})
        assert changed.status_code == 200, changed.text
    browser = await portal.enter(DANA)
    answer = await browser.post(f"{PORTAL}/tickets/{sent['ticket_id']}/messages", data={"content": "again"})
    assert answer.json()["status"] == "recorded"
    assert answer.json()["ticket_id"] != sent["ticket_id"]
    assert len(await _tickets(browser)) == 2


@pytest.mark.parametrize("content", ["", "   \n", "\x00"])
async def test_nothing_said_is_refused(portal: Portal, content: str) -> None:
    browser = await portal.enter(DANA)
    assert (await browser.post(f"{PORTAL}/tickets", data={"content": content})).status_code == 422


async def test_too_much_is_refused(portal: Portal) -> None:
    browser = await portal.enter(DANA)
    long = await browser.post(f"{PORTAL}/tickets", data={"content": "x" * 100_001})
    many = await browser.post(
        f"{PORTAL}/tickets", data={"content": "x"}, files=[("files", (f"{n}.txt", b"x")) for n in range(6)]
    )
    large = await browser.post(
        f"{PORTAL}/tickets", data={"content": "x"}, files={"files": ("a.bin", b"x" * (10 * 1024 * 1024 + 1))}
    )
    assert (long.status_code, many.status_code, large.status_code) == (413, 422, 413)
    assert await _tickets(browser) == []


async def test_a_conversation_of_a_messenger_is_read_here_and_answered_there(
    portal: Portal, client: httpx2.AsyncClient, desk: Desk, submit: Submit
) -> None:
    sent = await _form(submit, DANA)
    await settled(client)
    async with desk.db.transaction() as conn:
        await conn.execute("insert into customer (customer_id, email) values ('CUST-1', %s)", (DANA,))
        await conn.execute(
            "update conversation set channel = 'telegram', account = 'default', proof = 'attested',"
            " customer_id = 'CUST-1' where conversation_id = (select conversation_id from ticket where ticket_id = %s)",
            (sent["ticket_id"],),
        )
    browser = await portal.enter(DANA)
    assert not (await _read(browser, sent["ticket_id"]))["is_answerable"]
    refused = await browser.post(f"{PORTAL}/tickets/{sent['ticket_id']}/messages", data={"content": "hello"})
    assert refused.status_code == 409
