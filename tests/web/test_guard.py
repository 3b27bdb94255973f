"""Only the desk's own pages speak to it, and only from this machine."""

import httpx2
from fastapi import FastAPI

from frontdesk.desk import Desk
from frontdesk.settings import Settings
from frontdesk.web.app import create_app
from frontdesk.web.origin import own_origin
from tests.web.conftest import API, BASE


async def test_a_foreign_host_name_is_someone_elses_dns(client: httpx2.AsyncClient) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8000"):
        answer = await client.get(f"{API}/tickets", headers={"Host": host})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000", "desk.localhost"):
        assert (await client.get(f"{API}/tickets", headers={"Host": host})).status_code == 200
    assert (await client.get("/health", headers={"Host": "10.0.0.7"})).status_code == 200


async def test_a_page_of_another_site_may_not_write(client: httpx2.AsyncClient) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example"):
        answer = await client.post(f"{API}/sessions", headers={"Origin": origin})
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    for origin in ("http://127.0.0.1:8000", "http://localhost:5173"):
        assert (await client.post(f"{API}/sessions", headers={"Origin": origin})).status_code == 201


async def test_settings_name_further_origins(desk: Desk) -> None:
    import dataclasses

    settings = desk.settings.model_copy(update={"cors_origins": ("https://shop.example",)})
    app = create_app(dataclasses.replace(desk, settings=settings))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=BASE) as client:
        allowed = await client.post(f"{API}/sessions", headers={"Origin": "https://shop.example"})
        assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (
            201,
            "https://shop.example",
        )
        asked = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
        assert (await client.options(f"{API}/sessions", headers=asked)).status_code == 200
        other = await client.post(f"{API}/sessions", headers={"Origin": "https://evil.example"})
        assert other.status_code == 403


def test_a_public_url_names_host_and_origin() -> None:
    settings = Settings(public_url="https://desk.example/", _env_file=None)
    assert own_origin("https://desk.example", "desk.example", settings)
    assert own_origin(None, "desk.example", settings)
    assert not own_origin("https://desk.example", "evil.example", settings)
    assert not own_origin("https://evil.example", "desk.example", settings)


async def test_whoever_comes_from_another_machine_is_not_the_operator(app: FastAPI) -> None:
    transport = httpx2.ASGITransport(app, client=("203.0.113.9", 5000))
    async with httpx2.AsyncClient(transport=transport, base_url=BASE) as client:
        refused = await client.get(f"{API}/tickets")
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, "unauthorized")
        assert (await client.post(f"{API}/sessions")).status_code == 201


async def test_answers_of_the_api_are_never_framed_sniffed_or_cached(client: httpx2.AsyncClient) -> None:
    headers = (await client.get(f"{API}/tickets")).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
