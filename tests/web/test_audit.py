"""The audit log over HTTP: what was done here, from where, by which request."""

import json
from dataclasses import replace

import httpx2
from fastapi import FastAPI

from frontdesk.access.actor import OPERATOR, Permission
from frontdesk.audit.sealer import seal
from frontdesk.desk import Desk
from frontdesk.web.caller import Caller, staff
from tests.web.conftest import API, Submit, settled


async def changed(client: httpx2.AsyncClient, submit: Submit) -> str:
    ticket_id = str((await submit())["ticket_id"])
    await settled(client)
    answer = await client.patch(
        f"{API}/tickets/{ticket_id}", json={"priority": "urgent"}, headers={"X-Request-Id": "request-9"}
    )
    assert answer.status_code == 200, answer.text
    return ticket_id


async def test_a_persons_act_is_listed_with_where_it_came_from(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    ticket_id = await changed(client, submit)
    asked = {"object": f"ticket:{ticket_id}", "actor": "person"}
    answer = await client.get(f"{API}/audit", params=asked)
    assert answer.status_code == 200, answer.text
    [entry] = answer.json()["entries"]
    assert entry["actor"] == {"kind": "person", "id": "operator", "name": "operator"}
    assert (entry["action"], entry["object"]) == ("ticket.changed", {"kind": "ticket", "id": ticket_id})
    assert {"field": "priority", "before": "normal", "after": "urgent"} in entry["changes"]
    assert (entry["network"], entry["request_id"]) == ("127.0.0.1", "request-9")
    assert answer.json()["next_cursor"] is None


async def test_the_ai_has_its_own_entries_and_pages_go_on_where_the_last_ended(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    ticket_id = await changed(client, submit)
    asked: dict[str, str | int] = {"object": f"ticket:{ticket_id}"}
    whole = (await client.get(f"{API}/audit", params=asked)).json()["entries"]
    assert {entry["actor"]["kind"] for entry in whole} == {"ai", "person"}
    paged, cursor = [], None
    while True:
        page = (
            await client.get(
                f"{API}/audit", params={**asked, "limit": 1, **({"cursor": cursor} if cursor else {})}
            )
        ).json()
        paged += page["entries"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert paged == whole


async def test_words_actions_and_times_narrow_the_list(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    await changed(client, submit)

    async def count(**asked: str) -> int:
        answer = await client.get(f"{API}/audit", params=asked)
        assert answer.status_code == 200, answer.text
        return len(answer.json()["entries"])

    assert await count(q="request-9") == 1
    assert await count(q="100%_") == 0
    assert await count(action="ticket.changed,ticket.note", actor="operator") == 1
    assert await count(since="2999-01-01T00:00:00Z") == 0
    assert await count(until="2999-01-01") > 1


async def test_the_export_has_every_entry_and_is_an_act_itself(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    await changed(client, submit)
    async with desk.db.transaction() as conn:
        await seal(conn, desk.keys.audit)
    answer = await client.get(f"{API}/audit/export")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert lines[0]["action"] == "audit.exported"
    assert all(line["hash"] for line in lines[1:])
    head = (await client.get(f"{API}/audit")).json()["head"]
    assert (head["number"], head["hash"]) == (lines[1]["number"], lines[1]["hash"])


async def test_what_makes_no_sense_is_told(client: httpx2.AsyncClient) -> None:
    for asked, status in (
        ({"cursor": "x"}, 400),
        ({"action": "ticket.eaten"}, 422),
        ({"object": "TICKET"}, 422),
        ({"since": "soon"}, 422),
    ):
        assert (await client.get(f"{API}/audit", params=asked)).status_code == status


async def test_only_an_admin_reads_it(app: FastAPI, client: httpx2.AsyncClient) -> None:
    manager = replace(OPERATOR, permissions=frozenset(Permission) - {Permission.ADMIN})
    app.dependency_overrides[staff] = lambda: Caller(manager)
    for path in ("audit", "audit/export"):
        assert (await client.get(f"{API}/{path}")).status_code == 403


async def test_articles_are_audited_when_they_come_and_go(client: httpx2.AsyncClient) -> None:
    files = {"file": ("hours.md", b"# Hours\n\nWe open at nine.", "text/markdown")}
    added = (await client.post(f"{API}/kb/upload", files=files)).json()["document_id"]
    assert (await client.delete(f"{API}/documents/{added}")).status_code == 204
    entries = (await client.get(f"{API}/audit", params={"object": f"article:{added}"})).json()["entries"]
    assert [entry["action"] for entry in entries] == ["article.deleted", "article.added"]
