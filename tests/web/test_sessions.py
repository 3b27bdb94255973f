"""Chat sessions: what a visitor says of themselves, and what is believed."""

from datetime import UTC, datetime, timedelta

import httpx2

from frontdesk.customers.identity import identity_hash
from frontdesk.db.pool import fetch_value
from frontdesk.desk import Desk
from tests.web.conftest import API


async def _proof(desk: Desk, session_id: str) -> str:
    async with desk.db.connection() as conn:
        return str(await fetch_value(conn, "select proof from session where session_id = %s", (session_id,)))


def _hash(desk: Desk, **facts: str) -> str:
    return identity_hash(desk.keys.identity(), facts, datetime.now(UTC) + timedelta(hours=1))


async def test_a_visitor_gets_a_token_and_is_believed_in_nothing(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    opened = await client.post(f"{API}/sessions")
    body = opened.json()
    assert opened.status_code == 201
    assert len(body["token"]) >= 40
    assert body["expires_at"].endswith("Z")
    assert await _proof(desk, body["session_id"]) == "none"


async def test_only_the_shops_hash_makes_a_claim_a_proof(client: httpx2.AsyncClient, desk: Desk) -> None:
    customer = {"customer_id": "CUST-1", "name": "Dana"}
    claimed = await client.post(f"{API}/sessions", json={"customer": customer})
    assert await _proof(desk, claimed.json()["session_id"]) == "claimed"
    good = {"customer": customer, "identity_hash": _hash(desk, customer_id="CUST-1"), "locale": "kk"}
    verified = await client.post(f"{API}/sessions", json=good)
    assert await _proof(desk, verified.json()["session_id"]) == "verified"
    for wrong in (_hash(desk, customer_id="CUST-2"), "", "é", "0" * 64):
        refused = await client.post(f"{API}/sessions", json={**good, "identity_hash": wrong})
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, "unauthorized")


async def test_what_the_hash_does_not_cover_is_not_believed(client: httpx2.AsyncClient, desk: Desk) -> None:
    customer = {"customer_id": "CUST-1", "email": "director@bank.example", "name": "Dana"}
    body = {"customer": customer, "identity_hash": _hash(desk, customer_id="CUST-1", name="Dana")}
    opened = (await client.post(f"{API}/sessions", json=body)).json()
    async with desk.db.connection() as conn:
        email = await fetch_value(
            conn, "select email from session where session_id = %s", (opened["session_id"],)
        )
    assert (await _proof(desk, opened["session_id"]), email) == ("verified", None)


async def test_a_key_that_another_visitor_may_guess_opens_no_session(client: httpx2.AsyncClient) -> None:
    refused = await client.post(f"{API}/sessions", headers={"Idempotency-Key": "1"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_request")


async def test_a_repetition_after_the_key_was_forgotten_is_the_same_session(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    headers = {"Idempotency-Key": "3f1f0c2e-8f6b-4b1c-9d55-1f6f6b6f0a11"}
    first = await client.post(f"{API}/sessions", headers=headers)
    async with desk.db.connection() as conn:
        await conn.execute("delete from idempotency")
    again = await client.post(f"{API}/sessions", headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()


async def test_the_demo_tells_its_customers_with_their_proof(client: httpx2.AsyncClient, desk: Desk) -> None:
    assert (await client.get(f"{API}/demo/customers")).json() == {"customers": []}


async def test_a_locale_that_is_none_is_refused(client: httpx2.AsyncClient) -> None:
    for locale in ("", "russian language", "ru\x00ru!", "x" * 40):
        assert (await client.post(f"{API}/sessions", json={"locale": locale})).status_code == 422
