"""Nobody can fill the desk: rates by session and address, sockets, files and bodies."""

import asyncio
import os
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from frontdesk.clocks.retention import delete_orphan_files, forget_unused_sessions
from frontdesk.db.pool import fetch_value
from frontdesk.desk import Desk
from frontdesk.web.middleware import limits
from frontdesk.web.rates import MESSAGES_OF_SESSION, REQUESTS_OF_ADDRESS, SESSIONS_OF_ADDRESS
from tests.web.conftest import API, BASE


async def _session(client: httpx2.AsyncClient) -> tuple[str, dict[str, str]]:
    opened = (await client.post(f"{API}/sessions")).json()
    path = f"{API}/chat/sessions/{opened['session_id']}/messages"
    return path, {"Authorization": f"Bearer {opened['token']}"}


async def test_one_session_cannot_flood_the_desk_and_others_go_on(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    path, headers = await _session(client)

    async def say(n: int) -> httpx2.Response:
        return await client.post(path, data={"content": f"n{n}", "client_msg_id": f"m{n}"}, headers=headers)

    answers = await asyncio.gather(*(say(n) for n in range(MESSAGES_OF_SESSION.burst + 15)))
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 10
    assert {answer.json()["error"]["code"] for answer in refused} == {"rate_limited"}
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in refused)
    other, token = await _session(client)
    assert (await client.post(other, data={"content": "Hello"}, headers=token)).status_code == 200


async def test_an_address_cannot_open_sessions_without_end(app: FastAPI) -> None:
    transport = httpx2.ASGITransport(app, client=("203.0.113.9", 5000))
    async with httpx2.AsyncClient(transport=transport, base_url=BASE) as stranger:
        codes = [
            (await stranger.post(f"{API}/sessions")).status_code for _ in range(SESSIONS_OF_ADDRESS.burst + 5)
        ]
    assert codes.count(201) <= SESSIONS_OF_ADDRESS.burst + 2
    assert codes[-1] == 429


async def test_an_address_is_slowed_down_whatever_it_asks(app: FastAPI) -> None:
    transport = httpx2.ASGITransport(app, client=("203.0.113.7", 5000))
    async with httpx2.AsyncClient(transport=transport, base_url=BASE) as stranger:
        asked = [stranger.get(f"{API}/desk") for _ in range(REQUESTS_OF_ADDRESS.burst * 2)]
        codes = [answer.status_code for answer in await asyncio.gather(*asked)]
    assert 429 in codes
    assert codes.count(200) >= REQUESTS_OF_ADDRESS.burst


def _files(home: Path) -> list[Path]:
    return [path for path in (home / "blobs").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "fields",
    [
        {"content": "x" * 100_001, "client_msg_id": "m1"},
        {"content": "see file", "client_msg_id": "\x07"},
        {"content": "see file", "client_msg_id": "m" * 201},
    ],
)
async def test_nothing_is_stored_for_a_message_that_is_refused(
    client: httpx2.AsyncClient, home: Path, fields: dict[str, Any]
) -> None:
    path, headers = await _session(client)
    files = [("files", ("a.txt", b"x" * 1000, "text/plain"))]
    refused = await client.post(path, data=fields, files=files, headers=headers)
    assert 400 <= refused.status_code < 500
    assert _files(home) == []


async def test_files_of_one_message_are_stored_once_however_often_it_is_sent(
    client: httpx2.AsyncClient, home: Path
) -> None:
    path, headers = await _session(client)

    async def send() -> int:
        files = [("files", ("a.bin", b"x" * 100_000, "application/octet-stream"))]
        data = {"content": "see file", "client_msg_id": "m1"}
        return (await client.post(path, data=data, files=files, headers=headers)).status_code

    assert await asyncio.gather(*(send() for _ in range(6))) == [200] * 6
    assert len(_files(home)) == 1


async def test_sessions_without_a_word_and_files_without_a_message_go(
    client: httpx2.AsyncClient, desk: Desk, home: Path
) -> None:
    path, headers = await _session(client)
    files = [("files", ("a.txt", b"mine", "text/plain"))]
    await client.post(path, data={"content": "see file"}, files=files, headers=headers)
    await _session(client)
    orphan = await desk.blobs.put(b"nobody's")
    async with desk.db.connection() as conn:
        await conn.execute("update session set created_at = now() - interval '3 days'")
        assert await forget_unused_sessions(desk.db) == 1
        assert await fetch_value(conn, "select count(*) from session") == 1
    for path_of_file in _files(home):
        os.utime(path_of_file, (0, 0))
    assert await delete_orphan_files(desk.db, desk.blobs) == 1
    assert orphan not in [path_of_file.name for path_of_file in _files(home)]
    assert len(_files(home)) == 1


async def test_a_body_that_comes_too_slowly_is_let_go(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PIECE_SECONDS", 0.05)
    sent: list[dict[str, Any]] = []
    pieces = 0

    async def receive() -> dict[str, Any]:
        nonlocal pieces
        pieces += 1
        if pieces == 1:
            return {"type": "http.request", "body": b'{"subject"', "more_body": True}
        await asyncio.sleep(30)
        raise AssertionError("nobody waits for this")

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "path": f"{API}/tickets", "raw_path": b"", "query_string": b"", "method": "POST",
        "headers": [(b"host", b"127.0.0.1:8000"), (b"content-length", b"500"), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 5000), "server": ("127.0.0.1", 8000), "scheme": "http", "http_version": "1.1",
        "root_path": "",
    }  # fmt: skip
    await app(scope, receive, send)
    assert sent[0]["status"] == 408
