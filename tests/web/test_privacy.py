"""One customer, on two channels: exported whole, and erased so that nothing of them is found any more."""

import asyncio
import base64
import io
import json
import os
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import psycopg
import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.customers.identity import identity_hash
from frontdesk.db.pool import execute, fetch_dicts, fetch_value
from frontdesk.desk import Desk
from frontdesk.intake.accept import Delivery, keep_delivery
from frontdesk.intake.raw_event import Unreadable, restore
from frontdesk.understanding.learning import versions
from tests.web.conftest import API, Submit, settled

PROFILE = {
    "customer_id": "CUST-778",
    "name": "Aigerim Zhaksylykova",
    "email": "Aigerim.Zh@mail.example",
    "phone": "+77015554433",
}
WORDS = ["marmalade", "zeppelin", "quartzite", "xylophone", "brontosaurus"]
TRACES = [
    "aigerim", "zhaksylykova", "cust-778", "aigerim.zh@mail.example", "7015554433", "701 555 44 33", *WORDS,
]  # fmt: skip
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/=]+")


@dataclass
class Known:
    """What the customer did at the desk."""

    chat: str
    form: str
    token: dict[str, str]
    session: str


@pytest.fixture
async def known(client: httpx2.AsyncClient, desk: Desk, submit: Submit) -> Known:
    async with desk.db.transaction() as conn:
        await execute(
            conn,
            "insert into customer (customer_id, name, email, phone) values (%s, %s, %s, %s)",
            tuple(PROFILE.values()),
        )
        await execute(
            conn,
            "insert into shop_order (number, customer_id, status, placed_at, city, total, currency, payment, lines,"
            " events) values ('54321', 'CUST-778', 'delivered', now(), 'Brontosaurus Street', 1, 'KZT', 'card',"
            " '[]', '[]')",
        )
    chat, session, token = await _chat(client, desk)
    form = str((await submit(
        f"The {WORDS[1]} HUMAN {PROFILE['email']}", subject=WORDS[0],
        customer={"email": PROFILE["email"], "name": PROFILE["name"], "phone": "8 (701) 555-44-33"},
    ))["ticket_id"])  # fmt: skip
    await settled(client)
    await _handled(client, desk, chat, form)
    return Known(chat, form, token, session)


async def _chat(client: httpx2.AsyncClient, desk: Desk) -> tuple[str, str, dict[str, str]]:
    proof = identity_hash(desk.keys.identity(), PROFILE, datetime.now(UTC) + timedelta(hours=1))
    opened = await client.post(f"{API}/sessions", json={"customer": PROFILE, "identity_hash": proof})
    assert opened.status_code == 201, opened.text
    body = opened.json()
    token = {"Authorization": f"Bearer {body['token']}", "X-Request-Id": "xylophone-1"}
    answer = await client.post(
        f"{API}/chat/sessions/{body['session_id']}/messages",
        data={"content": f"Where is my {WORDS[0]}? +7 701 555 44 33"},
        files={"files": (f"{WORDS[2]}.txt", f"a photo of {WORDS[3]}".encode(), "text/plain")},
        headers=token,
    )
    assert answer.status_code == 200, answer.text
    async with desk.db.connection() as conn:
        chat = await fetch_value(conn, "select ticket_id from ticket where channel = 'web_chat'")
    return chat, body["session_id"], token


async def _handled(client: httpx2.AsyncClient, desk: Desk, chat: str, form: str) -> None:
    """What staff and the AI made of it: a reply under a key, corrections, drafts, a mail, a trained classifier."""
    for ticket_id in (chat, form):
        await client.post(
            f"{API}/tickets/{ticket_id}/messages",
            json={"content": f"Dear {PROFILE['name']}, the {WORDS[1]} is here"},
            headers={"Idempotency-Key": f"k-{ticket_id}"},
        )
        change = {"category": "payment", "tags": [WORDS[4]], "assignee": "Dana"}
        assert (await client.patch(f"{API}/tickets/{ticket_id}", json=change)).status_code == 200
        assert (await client.get(f"{API}/ai/tickets/{ticket_id}/draft-response")).status_code == 200
    await client.post(f"{API}/notify", json={"ticket_id": chat, "note": f"about {WORDS[0]}"})
    await _mailed(desk)
    async with desk.db.transaction() as conn:
        learned = await versions.add(
            conn,
            "category",
            WORDS[0].encode(),
            made_from="corrections",
            examples=2,
            labels=["payment"],
            measured={},
        )
        await versions.promote(conn, "category", learned.number, OPERATOR)
        body = json.dumps({"from": PROFILE["email"], "text": WORDS[3]}).encode()
        await keep_delivery(conn, Delivery("telegram/default", body.lower()), 0, "not read")


async def _mailed(desk: Desk) -> None:
    """Wait until no escalation's mail is under way: one that is being written has a file that soon is gone."""
    under_way = "select count(*) from escalation where mail_state in ('queued', 'sending')"
    async with asyncio.timeout(30):
        while True:
            async with desk.db.connection() as conn:
                if await fetch_value(conn, under_way) == 0:
                    return
            await asyncio.sleep(0.05)


def dump(dsn: str) -> bytes:
    """Every row of every table as COPY writes it; bytes are in hex."""
    written = bytearray()
    with psycopg.connect(dsn) as conn:
        tables = conn.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        for (table,) in tables:
            with conn.cursor().copy(f"copy {table} to stdout".encode()) as rows:
                written += b"".join(bytes(row) for row in rows)
    return bytes(written)


def traces(desk: Desk, dsn: str) -> set[str]:
    """Which of the customer's words are in a dump of the database, or in a file of the home."""
    files = [
        path for folder in ("blobs", "mail") for path in (desk.home / folder).rglob("*") if path.is_file()
    ]
    mails = [base64.b64decode(part) for path in files for part in _BASE64.findall(path.read_bytes())]
    pieces = [dump(dsn), *mails, *(path.name.encode() + path.read_bytes() for path in files)]
    whole = b"\n".join(pieces).decode("utf-8", "replace").lower()
    assert "aset@mail.example" in whole, "the other customer is not touched"
    return {trace for trace in TRACES if trace in whole or trace.encode().hex() in whole}


async def erased(client: httpx2.AsyncClient, name: str, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"{API}/customers/{name}/erase", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_nothing_of_an_erased_customer_is_found(
    client: httpx2.AsyncClient, desk: Desk, dsn: str, known: Known, submit: Submit
) -> None:
    other = await submit("My parcel HUMAN", customer={"email": "aset@mail.example"})
    await settled(client)
    await _mailed(desk)
    looked = await erased(client, "CUST-778", dry_run=True)
    assert await asyncio.to_thread(traces, desk, dsn) == set(TRACES)  # they are there, and would be found
    report = await erased(client, "CUST-778")
    assert await asyncio.to_thread(traces, desk, dsn) == set()
    assert (await client.get(f"{API}/tickets/{other['ticket_id']}")).json()["preview"]
    assert_complete(looked, report)
    assert (await client.post(f"{API}/customers/CUST-778/erase", json={})).status_code == 404
    audited = (await client.get(f"{API}/audit", params={"action": "customer.erased"})).json()["entries"]
    assert [entry["actor"]["name"] for entry in audited] == ["operator"]


def assert_complete(looked: dict[str, Any], report: dict[str, Any]) -> None:
    """What was found is what the look had told, and all of it went."""
    kinds = report["kinds"]
    assert {kind: row["rows"] for kind, row in kinds.items()} == {
        kind: row["rows"] for kind, row in looked["kinds"].items()
    }
    deleted = (
        "customer",
        "orders",
        "sessions",
        "attachments",
        "drafts",
        "learning",
        "raw_events",
        "deliveries",
    )
    for kind in deleted:
        assert kinds[kind]["rows"] == kinds[kind]["deleted"] > 0, kind
    assert kinds["tickets"] == {"rows": 2, "deleted": 0, "emptied": 2}
    assert report["files"] >= looked["files"] > 2
    assert report["classifiers"] == 1


async def test_the_figures_stay(client: httpx2.AsyncClient, desk: Desk, known: Known) -> None:
    before = (await client.get(f"{API}/analytics/summary")).json()
    await erased(client, "CUST-778")
    after = (await client.get(f"{API}/analytics/summary")).json()
    for name in ("total_tickets", "avg_risk", "by_category", "by_channel", "response_time", "cost"):
        assert after[name] == before[name], name
    assert after["resolution"]["ai_answered"] == before["resolution"]["ai_answered"]
    shell = (await client.get(f"{API}/tickets/{known.chat}")).json()
    assert (shell["subject"], shell["customer_id"], shell["status"]) == ("", None, "closed")
    assert shell["tags"] == []


async def test_who_writes_again_is_a_fresh_customer_and_what_is_sent_again_stays_a_duplicate(
    client: httpx2.AsyncClient, desk: Desk, known: Known, submit: Submit
) -> None:
    async with desk.db.connection() as conn:
        rows = await fetch_dicts(conn, "select body from raw_event order by event_id")
    events = [restore(row["body"]) for row in rows]
    await erased(client, PROFILE["email"])
    for event in events:
        assert not isinstance(event, Unreadable)
        assert (await desk.journey.accept(event)).duplicate
    assert (await client.post(f"{API}/customers/CUST-778/erase", json={})).status_code == 404
    fresh = await submit("a new question", customer={"email": PROFILE["email"]})
    assert fresh["ticket_id"] not in (known.chat, known.form)
    assert fresh["customer"]["email"] == PROFILE["email"]


async def test_an_export_has_everything_and_the_files(
    client: httpx2.AsyncClient, desk: Desk, known: Known
) -> None:
    answer = await client.get(f"{API}/customers/{PROFILE['phone']}/export")
    assert answer.status_code == 200, answer.text
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    customer = json.loads(archive.read("customer.json"))
    assert customer[0]["email"] == PROFILE["email"]
    messages = json.loads(archive.read("message.json"))
    assert {row["ticket_id"] for row in messages} == {known.chat, known.form}
    [file] = [name for name in archive.namelist() if name.startswith("files/")]
    assert archive.read(file) == f"a photo of {WORDS[3]}".encode()
    for name in ("ticket", "ticket_event", "reply_draft", "escalation", "correction", "session", "raw_event"):
        assert json.loads(archive.read(f"{name}.json")), name
    assert known.token["Authorization"].split()[1] not in str(archive.read("session.json"))
    assert list((desk.home / "exports").iterdir()) == []


async def test_an_export_that_nobody_fetched_goes(desk: Desk) -> None:
    folder = desk.privacy.exporter.folder / "left"
    folder.mkdir(parents=True)
    (folder / "customer.zip").write_bytes(b"x")
    assert await desk.privacy.exporter.remove_left() == 0
    os.utime(folder, (0, 0))
    assert await desk.privacy.exporter.remove_left() == 1
    assert not folder.exists()


async def test_nobody_is_not_found(client: httpx2.AsyncClient) -> None:
    assert (await client.post(f"{API}/customers/nobody/erase", json={})).status_code == 404
    assert (await client.get(f"{API}/customers/nobody/export")).status_code == 404


async def test_a_short_id_takes_nothing_of_others_along(
    client: httpx2.AsyncClient, desk: Desk, submit: Submit
) -> None:
    other = await submit("My parcel 7", customer={"email": "aset7@mail.example"})
    reply = {"content": "It comes on the 7th"}
    key = {"Idempotency-Key": "key-7"}
    path = f"{API}/tickets/{other['ticket_id']}/messages"
    first = await client.post(path, json=reply, headers=key)
    async with desk.db.transaction() as conn:
        await execute(conn, "insert into customer (customer_id, email) values ('7', 'dana@mail.example')")
        await keep_delivery(conn, Delivery("telegram/default", b'{"text": "7"}'), 0, "not read")
    report = await erased(client, "7")
    assert {kind for kind, row in report["kinds"].items() if row["rows"]} == {"customer"}
    again = await client.post(path, json=reply, headers=key)
    assert (again.headers.get("Idempotency-Replayed"), again.json()) == ("true", first.json())
