"""Chat sessions: what a visitor says of themselves, and what is believed."""

from datetime import UTC, datetime, timedelta

import httpx2
from fastapi import FastAPI

from frontdesk.customers.identity import identity_hash
from frontdesk.db.pool import fetch_dicts, fetch_value
from frontdesk.desk import Desk
from tests.web.conftest import API, BASE


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


async def _opened(client: httpx2.AsyncClient) -> tuple[str, dict[str, str]]:
    body = (await client.post(f"{API}/sessions", json={"locale": "ru"})).json()
    return body["session_id"], {"Authorization": f"Bearer {body['token']}"}


async def test_who_signs_in_later_keeps_their_session(client: httpx2.AsyncClient, desk: Desk) -> None:
    session_id, token = await _opened(client)
    dana = {"customer_id": "CUST-1", "name": "Dana", "email": "not-covered@mail.example"}
    body = {"customer": dana, "identity_hash": _hash(desk, customer_id="CUST-1", name="Dana")}
    for _ in range(2):
        proven = await client.patch(f"{API}/sessions/{session_id}", json=body, headers=token)
        assert (proven.status_code, proven.json()["identity_proof"]) == (200, "verified")
    query = "select proof, customer_id, name, email from session where session_id = %s"
    async with desk.db.connection() as conn:
        [row] = await fetch_dicts(conn, query, (session_id,))
    assert list(row.values()) == ["verified", "CUST-1", "Dana", None]


async def test_a_session_that_is_proven_is_nobody_elses(client: httpx2.AsyncClient, desk: Desk) -> None:
    session_id, token = await _opened(client)
    for customer, status in (("CUST-1", 200), ("CUST-2", 409), ("CUST-1", 200)):
        body = {
            "customer": {"customer_id": customer},
            "identity_hash": _hash(desk, customer_id=customer),
        }
        answer = await client.patch(f"{API}/sessions/{session_id}", json=body, headers=token)
        assert answer.status_code == status, answer.text


async def test_claims_and_strangers_prove_nothing(client: httpx2.AsyncClient, desk: Desk) -> None:
    session_id, token = await _opened(client)
    customer = {"customer_id": "CUST-1"}
    wrong = {"customer": customer, "identity_hash": _hash(desk, customer_id="CUST-2")}
    right = {"customer": customer, "identity_hash": _hash(desk, customer_id="CUST-1")}
    path = f"{API}/sessions/{session_id}"
    assert (await client.patch(path, json=wrong, headers=token)).status_code == 403
    assert (await client.patch(path, json={"customer": customer}, headers=token)).status_code == 422
    assert (await client.patch(path, json=right)).status_code == 401
    other = {"Authorization": "Bearer " + "x" * 43}
    assert (await client.patch(path, json=right, headers=other)).status_code == 401
    assert await _proof(desk, session_id) == "none"


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


async def test_a_repetition_from_another_address_is_the_same_session(
    client: httpx2.AsyncClient, app: FastAPI, desk: Desk
) -> None:
    headers = {"Idempotency-Key": "8d0a1c4e-2b7f-4d59-a0c3-5e9f17b2d6a4"}
    first = await client.post(f"{API}/sessions", headers=headers)
    elsewhere = httpx2.ASGITransport(app, client=("127.0.0.2", 5000))
    async with httpx2.AsyncClient(transport=elsewhere, base_url=BASE) as moved:
        again = await moved.post(f"{API}/sessions", headers=headers)
    assert again.json() == first.json()
    async with desk.db.connection() as conn:
        kept = await fetch_dicts(conn, "select caller, key from idempotency")
        sessions = await fetch_value(conn, "select count(*) from session")
    assert (sessions, len(kept)) == (1, 1)
    assert headers["Idempotency-Key"] not in str(kept)


async def test_the_demo_tells_its_customers_with_their_proof(client: httpx2.AsyncClient, desk: Desk) -> None:
    assert (await client.get(f"{API}/demo/customers")).json() == {"customers": []}


async def test_a_locale_that_is_none_is_refused(client: httpx2.AsyncClient) -> None:
    for locale in ("", "russian language", "ru\x00ru!", "x" * 40):
        assert (await client.post(f"{API}/sessions", json={"locale": locale})).status_code == 422
