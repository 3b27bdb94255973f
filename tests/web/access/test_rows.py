"""Every route that names a row, asked by a manager who is limited to some categories: own rows and foreign ones."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from frontdesk.access.actor import Permission
from frontdesk.access.roles import Role
from frontdesk.desk import Desk
from frontdesk.kit.tasks import end
from frontdesk.web.credentials import ACCESS_COOKIE
from frontdesk.web.permissions import RULES, SOCKET
from tests.web.access.conftest import Browser, Staff
from tests.web.conftest import API, settled
from tests.web.talking import Window, served

Row = dict[str, str]
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("PATCH", "/tickets/{id}"): {"tags": ["seen"]},
    ("POST", "/tickets/{id}/messages"): {"content": "We look into it.", "type": "note"},
    ("POST", "/tickets/{id}/snooze"): {"until": (datetime.now(UTC) + timedelta(days=1)).isoformat()},
    ("POST", "/actions/{id}/approve"): {"digest": "a" * 64},
    ("POST", "/actions/{id}/reject"): {"digest": "a" * 64},
}
OF_TICKETS = [
    rule
    for rule in RULES
    if rule.method != SOCKET
    and rule.path.startswith((f"{API}/tickets/{{", f"{API}/ai/tickets", f"{API}/attachments", f"{API}/mails"))
]


@pytest.fixture
async def rows(desk: Desk, staff: Staff) -> tuple[Row, Row]:
    """What one escalated ticket of `returns` and one of `payment` has: its ids by the names of paths."""
    program = await staff.program(*Permission)
    macro = {"name": "Later", "actions": {"tags": ["later"]}}
    macro_id = str((await program.post(f"{API}/macros", json=macro)).json()["macro_id"])
    made = []
    for category in ("returns", "payment"):
        opened = (await staff.client().post(f"{API}/sessions")).json()
        chat = staff.client(Authorization=f"Bearer {opened['token']}")
        sent = await chat.post(
            f"{API}/chat/sessions/{opened['session_id']}/messages",
            data={"content": "HUMAN please", "client_msg_id": category},
            files={"files": ("photo.txt", b"what arrived", "text/plain")},
        )
        assert sent.status_code == 200, sent.text
        await settled(program)
        async with desk.db.connection() as conn:
            await conn.execute(
                "update ticket set category = %s where ticket_id ="
                " (select ticket_id from ticket order by created_at desc limit 1)",
                (category,),
            )
            cursor = await conn.execute(
                "select t.ticket_id, a.attachment_id, e.escalation_id, a.message_id from ticket t"
                " join message m using (ticket_id) join attachment a using (message_id)"
                " join escalation e using (ticket_id) where t.category = %s",
                (category,),
            )
            ids = (await cursor.fetchone()) or ("", "", "", "")
        assert ids[0], "the message was recorded with its file, and handed over"
        names = ("id", "attachment_id", "escalation_id", "message_id")
        made.append(dict(zip(names, map(str, ids), strict=True)) | {"macro_id": macro_id})
    return made[0], made[1]


async def _ask(client: httpx2.AsyncClient, method: str, path: str, row: Row) -> int:
    body = BODIES.get((method, path.removeprefix(API)), {} if method != "GET" else None)
    return (await client.request(method, path.format(**row), json=body)).status_code


async def test_foreign_rows_are_not_there_and_own_ones_are(staff: Staff, rows: tuple[Row, Row]) -> None:
    own, foreign = rows
    limited = (await staff.browser(Role.MANAGER, ("returns",))).http
    assert len(OF_TICKETS) >= 14
    for rule in OF_TICKETS:
        assert await _ask(limited, rule.method, rule.path, foreign) == 404, rule
    for rule in OF_TICKETS:
        assert await _ask(limited, rule.method, rule.path, own) in (200, 201, 202, 409), rule


async def test_lists_counts_and_figures_hold_own_rows_alone(staff: Staff, rows: tuple[Row, Row]) -> None:
    own, foreign = rows
    limited = (await staff.browser(Role.VIEWER, ("returns",))).http
    page = (await limited.get(f"{API}/tickets", params={"q": "HUMAN", "topic_alerts": "human"})).json()
    assert [ticket["ticket_id"] for ticket in page["tickets"]] == [own["id"]]
    assert (page["pagination"]["total"], page["matches"]) == (1, 1)
    figures = (await limited.get(f"{API}/analytics/summary")).json()
    assert (figures["total_tickets"], figures["by_category"]) == (1, {"returns": 1})
    assert foreign["id"] not in json.dumps(figures)


async def test_what_names_rows_in_its_body_finds_own_ones_alone(staff: Staff, rows: tuple[Row, Row]) -> None:
    own, foreign = rows
    limited = (await staff.browser(Role.MANAGER, ("returns",))).http
    both = {"ticket_ids": [foreign["id"], own["id"]], "tags": ["seen"]}
    results = (await limited.post(f"{API}/tickets/bulk", json=both)).json()["results"]
    assert [(result["error"] or {}).get("code") for result in results] == ["not_found", None]
    for path in ("ai/respond", "notify"):
        assert (await limited.post(f"{API}/{path}", json={"ticket_id": foreign["id"]})).status_code == 404


@pytest.fixture
async def live_server(desk: Desk) -> AsyncIterator[str]:
    """The same desk on a port, with what follows its log."""
    async with served(desk) as client:
        yield str(client.base_url).rstrip("/")


@asynccontextmanager
async def _live(server: str, browser: Browser) -> AsyncIterator[Window]:
    cookie = f"{ACCESS_COOKIE}={browser.http.cookies.get(ACCESS_COOKIE)}"
    address = f"{server.replace('http', 'ws', 1)}{API}/live"
    async with connect(address, additional_headers={"Cookie": cookie, "Origin": server}) as wire:
        window = Window(wire)
        reading = asyncio.create_task(window.read())
        try:
            await window.first("hello")
            yield window
        finally:
            await end([reading])


async def _tag(staff: Staff, *rows: Row) -> None:
    """Something happens to each ticket, in this order."""
    program = await staff.program(*Permission)
    for row in rows:
        answer = await program.patch(f"{API}/tickets/{row['id']}", json={"tags": ["hot"]})
        assert answer.status_code == 200, answer.text


async def test_the_live_socket_tells_of_own_rows_alone(
    staff: Staff, rows: tuple[Row, Row], live_server: str
) -> None:
    own, foreign = rows
    browser = await staff.browser(Role.VIEWER, ("returns",))
    async with _live(live_server, browser) as window:
        await window.send("watch", ticket_id=foreign["id"])
        await _tag(staff, foreign, own)
        await window.first("ticket")
        assert foreign["id"] not in json.dumps(window.frames)


async def test_a_role_that_changes_counts_in_an_open_socket(
    staff: Staff, rows: tuple[Row, Row], live_server: str
) -> None:
    own, foreign = rows
    browser = await staff.browser(Role.MANAGER)
    person = (await browser.http.get(f"{API}/auth/me")).json()["person"]["person_id"]
    admin = await staff.browser(Role.ADMIN)
    async with _live(live_server, browser) as window:
        await _tag(staff, foreign)
        await window.first("ticket")
        limits = {"categories": ["returns"]}
        assert (await admin.http.patch(f"{API}/people/{person}", json=limits)).status_code == 200
        await window.first("resync")
        window.frames.clear()
        await _tag(staff, foreign, own)
        await window.first("ticket")
        assert foreign["id"] not in json.dumps(window.frames)


async def test_an_ended_session_closes_its_socket(staff: Staff, live_server: str) -> None:
    browser = await staff.browser(Role.MANAGER)
    async with _live(live_server, browser) as window:
        assert (await browser.http.post(f"{API}/auth/sign-out")).status_code == 204
        assert await window.gone() == 1008
    with pytest.raises(InvalidStatus):
        async with _live(live_server, browser):
            pass
