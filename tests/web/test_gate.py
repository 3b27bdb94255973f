"""What is not public is the operator's, and nobody else's: routes and sockets, found out before a body is read."""

import asyncio
import dataclasses
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.types import Message, Scope

from frontdesk.desk import Desk
from frontdesk.kit.tasks import end
from frontdesk.web.app import create_app
from frontdesk.web.permissions import RULES, Need
from frontdesk.web.server import serve
from tests.web.conftest import API, BASE

STRANGERS: dict[str, dict[str, Any]] = {
    "another machine": {"client": ("203.0.113.9", 5000)},
    "through a proxy": {"headers": [(b"x-forwarded-for", b"203.0.113.9")]},
    "through a proxy that names this machine": {"headers": [(b"x-forwarded-for", b"127.0.0.1")]},
    "by a standard header": {"headers": [(b"forwarded", b"for=127.0.0.1")]},
}


def _scope(path: str, kind: str = "http", **changes: Any) -> Scope:
    headers = [(b"host", b"127.0.0.1:8000"), *changes.pop("headers", [])]
    scope: Scope = {
        "type": kind, "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers,
        "client": ("127.0.0.1", 5000), "server": ("127.0.0.1", 8000), "scheme": kind, "http_version": "1.1",
        "method": "POST", "root_path": "", "subprotocols": [],
    }  # fmt: skip
    return {**scope, **changes}


async def _answer(app: FastAPI, scope: Scope) -> tuple[Message, bool]:
    """The first thing that is said, and whether anything of the body was read before."""
    sent: list[Message] = []
    read = False

    async def receive() -> Message:
        nonlocal read
        read = True
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0], read


@pytest.mark.parametrize("stranger", STRANGERS)
@pytest.mark.parametrize("path", [f"{API}/tickets", "/metrics", "/docs", "/openapi.json", "/nowhere"])
async def test_a_stranger_is_refused_before_the_body_is_read(app: FastAPI, path: str, stranger: str) -> None:
    answer, read = await _answer(app, _scope(path, **STRANGERS[stranger]))
    assert (answer["status"], read) == (401, False)


@pytest.mark.parametrize("stranger", STRANGERS)
async def test_the_live_socket_is_closed_to_strangers(app: FastAPI, stranger: str) -> None:
    answer, _ = await _answer(app, _scope(f"{API}/live", "websocket", **STRANGERS[stranger]))
    assert answer == {"type": "websocket.close", "code": 1008}


async def test_a_published_desk_takes_nobody_for_the_operator_but_on_the_operators_port(desk: Desk) -> None:
    published = desk.settings.model_copy(update={"public_url": "https://desk.example", "operator_port": 8001})
    app = create_app(dataclasses.replace(desk, settings=published))
    refused, _ = await _answer(app, _scope(f"{API}/tickets", method="GET"))
    taken, _ = await _answer(app, _scope(f"{API}/tickets", method="GET", server=("127.0.0.1", 8001)))
    forwarded = _scope(f"{API}/tickets", server=("127.0.0.1", 8001), **STRANGERS["through a proxy"])
    assert (refused["status"], taken["status"], (await _answer(app, forwarded))[0]["status"]) == (
        401,
        200,
        401,
    )


async def test_what_is_public_is_open_to_strangers(app: FastAPI) -> None:
    transport = httpx2.ASGITransport(app, client=("203.0.113.9", 5000))
    async with httpx2.AsyncClient(transport=transport, base_url=BASE) as client:
        assert (await client.get("/health")).status_code == 200
        assert (await client.get(f"{API}/desk")).status_code == 200
        assert (await client.post(f"{API}/sessions")).status_code == 201
        assert (await client.get("/act/x.y")).status_code == 401  # the page that says so, not the gate
        assert (await client.get("/widget.js")).status_code in (200, 404)


PUBLIC_ROUTES = {
    "/", "/health", "/ready", "/ws", "/widget.js", "/widget", "/console", "/shop", "/act/{token}", f"{API}/sessions",
    f"{API}/desk", f"{API}/demo/customers", f"{API}/chat/sessions/{{session_id}}/messages",
    "/webhooks/{provider}/{account}", f"{API}/sessions/{{session_id}}", *(
        f"{API}/auth/{name}" for name in
        ("sign-in", "code", "passkey", "passkey/options", "link", "oidc/start", "oidc/callback", "password",
         "forgotten", "first-admin", "refresh", "sign-out")
    ),
    "/portal", *(
        f"{API}/portal/{path}" for path in
        ("links", "session", "tickets", "tickets/{id}", "tickets/{id}/messages", "attachments/{attachment_id}")
    ),
}  # fmt: skip


def test_no_route_is_public_by_accident() -> None:
    """A route that is added is nobody's; who wants it public writes it here and in the table."""
    public = {rule.path.replace("{rest:path}", "") for rule in RULES if rule.need is Need.NOTHING}
    assert public == PUBLIC_ROUTES


async def test_the_operators_port_listens_beside_the_public_one(
    desk: Desk, unused_tcp_port_factory: Callable[[], int]
) -> None:
    public, own = unused_tcp_port_factory(), unused_tcp_port_factory()
    published = desk.settings.model_copy(update={"public_url": "https://desk.example", "operator_port": own})
    app, listens = create_app(dataclasses.replace(desk, settings=published)), asyncio.Event()
    server = asyncio.create_task(serve(app, published, (public, own), listens.set))
    try:
        await listens.wait()
        async with httpx2.AsyncClient() as client:
            codes = [
                (await client.get(f"http://127.0.0.1:{port}{API}/tickets")).status_code
                for port in (public, own)
            ]
    finally:
        await end([server])
    assert codes == [401, 200]
