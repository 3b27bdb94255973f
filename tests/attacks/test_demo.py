"""Attacks on a running demo: what a stranger sends gets nothing that is not theirs, and changes nothing."""

import email
import stat
import time
from email.policy import default as modern
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from frontdesk.escalation.links import PURPOSE
from frontdesk.kit.signing import sign
from tests.attacks.conftest import STRANGER, Demo
from tests.engine.smtp import HIDDEN_LINES

API = "/api/v1"


def _ask(demo: Demo, content: str, customer: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What a visitor who claims to be this customer is told."""
    with demo.client() as client:
        opened = client.post(f"{API}/sessions", json={"customer": customer} if customer else {}).json()
        path = f"{API}/chat/sessions/{opened['session_id']}/messages"
        headers = {"Authorization": f"Bearer {opened['token']}"}
        answer = client.post(path, data={"content": content}, headers=headers)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["messages"])


def _until(seen: Any) -> None:
    deadline = time.monotonic() + 60
    while not seen():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.2)


def test_the_live_socket_and_the_pages_of_staff_are_closed_to_strangers(demo: Demo) -> None:
    for headers in (STRANGER, {"Forwarded": "for=127.0.0.1"}, {"X-Real-IP": "127.0.0.1"}):
        with (
            pytest.raises(InvalidStatus),
            connect(f"{demo.socket_address}{API}/live", additional_headers=headers),
        ):
            pass
    with demo.client(stranger=True) as stranger:
        for path in (
            f"{API}/tickets",
            f"{API}/analytics/summary",
            "/metrics",
            "/docs",
            "/openapi.json",
        ):
            assert stranger.get(path).status_code == 401, path
        assert stranger.post(f"{API}/tickets", content=b"x" * 10_000).status_code == 401


def test_a_page_of_another_site_opens_no_socket_and_writes_nothing(demo: Demo) -> None:
    for path in ("/ws", f"{API}/live"):
        with (
            pytest.raises(InvalidStatus),
            connect(f"{demo.socket_address}{path}", origin=Origin("https://evil.example")),
        ):
            pass
    with demo.client() as client:
        refused = client.post(f"{API}/sessions", headers={"Origin": "https://evil.example"})
        assert refused.status_code == 403


def test_claimed_identities_get_no_name_and_write_no_customer(demo: Demo) -> None:
    claims = ({"customer_id": "cust-001"}, {"email": "marina@mail.example"}, {"name": "Марина"})
    for claim in claims:
        answers = " ".join(message["content"] for message in _ask(demo, "Здравствуйте!", claim))
        assert "Марина" not in answers
    with demo.client() as client:
        tickets = client.get(f"{API}/tickets", params={"limit": 100}).json()["tickets"]
    assert {ticket["identity_proof"] for ticket in tickets} <= {"none", "claimed"}


def test_no_typed_field_writes_a_header_of_the_managers_mail(demo: Demo) -> None:
    before = len(demo.mails.contents)
    for typed in HIDDEN_LINES:
        line = " ".join(typed.split())[:190]
        _ask(demo, f"{typed}\nI want to talk to a person", {"name": line, "email": "dana@mail.example"})
    _until(lambda: len(demo.mails.contents) - before >= len(HIDDEN_LINES))
    for content in demo.mails.contents[before:]:
        assert b"\nreply-to:" not in content.lower().replace(b"\r", b"\n")
        mail = email.message_from_bytes(content, policy=modern)
        assert mail["Reply-To"] is None
        assert mail.get_body(("html",)) is not None


def test_a_forged_link_does_nothing_and_a_used_one_nothing_more(demo: Demo) -> None:
    _ask(demo, "I want to talk to a person")
    _until(lambda: any(b"/act/" in _text(content) for content in demo.mails.contents))
    with demo.client() as client:
        [ticket, *_] = client.get(f"{API}/tickets", params={"status": "escalated"}).json()["tickets"]
        forged = sign(
            b"another desk's key, as long as ours",
            PURPOSE,
            {"t": ticket["ticket_id"], "a": "resolve", "e": ""},
        )
        for token in (forged, "x.y", forged[:-4]):
            assert client.post(f"/act/{token}").status_code == 401
        link = _link(demo, ticket["ticket_number"])
        assert client.post(link, follow_redirects=False).status_code == 303
        client.post(f"{API}/tickets/{ticket['ticket_id']}/takeover")
        client.post(link, follow_redirects=False)
        status = client.get(f"{API}/tickets/{ticket['ticket_id']}").json()["status"]
    assert status == "escalated"


def _text(content: bytes) -> bytes:
    body = email.message_from_bytes(content, policy=modern).get_body(("plain",))
    return body.get_content().encode() if body is not None else b""


def _link(demo: Demo, number: str) -> str:
    """The way to resolve that the newest mail about this ticket gives."""
    for content in reversed(demo.mails.contents):
        text = _text(content).decode()
        if number in text:
            links = [word for word in text.split() if "/act/" in word]
            return links[-1].strip("<>").replace(demo.address, "")
    raise AssertionError(f"no mail about {number}")


def test_files_of_the_home_are_the_owners_alone(demo: Demo) -> None:
    assert stat.S_IMODE(demo.home.stat().st_mode) == 0o700
    for name in ("secret.key", "mail", "blobs"):
        path = demo.home / name
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, name
    _no_file_is_open(demo.home / "blobs")


def _no_file_is_open(folder: Path) -> None:
    assert not [path for path in folder.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]


BOMBS = {
    "a.md": b"[" * 40_000,
    "b.html": b"<p " * 20_000,
    "c.html": b"<div>" * 100_000,
    "d.txt": b"x" * 5_000_000,
    "e.pdf": b"%PDF-1.7\n" + b"1 0 obj<</Kids[1 0 R]/Type/Pages/Count 99999999>>endobj\n" * 2_000,
    "f.docx": b"PK\x03\x04" + b"\x00" * 50_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_document_that_is_a_bomb_is_read_or_refused_and_the_desk_goes_on(demo: Demo, name: str) -> None:
    with demo.client() as client:
        uploaded = client.post(f"{API}/kb/upload", files={"file": (name, BOMBS[name])}, timeout=60)
        assert uploaded.status_code in (201, 400, 413, 415, 422, 503), uploaded.text
        assert client.get("/health").status_code == 200


def test_the_desk_is_well_after_all_of_it(demo: Demo) -> None:
    assert httpx2.get(f"{demo.address}/ready").status_code == 200
    log = (demo.home / "demo.log").read_text()
    assert "Traceback" not in log


def test_the_log_names_no_session(demo: Demo) -> None:
    with demo.client() as client:
        opened = client.post(f"{API}/sessions", json={}).json()
    address = f"{demo.socket_address}/ws?session_id={opened['session_id']}"
    with connect(address, subprotocols=[Subprotocol("frontdesk"), Subprotocol(opened["token"])]) as window:
        window.send('{"type": "ping"}')
        assert "pong" in str(window.recv())
    log = (demo.home / "demo.log").read_text()
    assert opened["session_id"] not in log
    assert opened["token"] not in log
