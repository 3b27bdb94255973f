"""Idempotency-Key: sent again, done once."""

import asyncio

import httpx2
import pytest

from frontdesk.db.pool import execute, fetch_value
from frontdesk.desk import Desk
from tests.web.conftest import API, Submit

QUESTION = {"subject": "S", "body": "Where is it?", "channel": "web_form"}


async def test_ten_at_once_with_one_key_are_one_ticket(client: httpx2.AsyncClient, desk: Desk) -> None:
    sent = [
        client.post(f"{API}/tickets", json=QUESTION, headers={"Idempotency-Key": "k-1"}) for _ in range(10)
    ]
    answers = await asyncio.gather(*sent)
    assert {answer.status_code for answer in answers} <= {202, 409}
    bodies = {answer.text for answer in answers if answer.status_code == 202}
    assert len(bodies) == 1
    async with desk.db.connection() as conn:
        assert await fetch_value(conn, "select count(*) from raw_event") == 1


@pytest.mark.parametrize("again", ['"k-2"', "k-2", " k-2 "])
async def test_the_first_result_comes_back_quoted_or_bare(client: httpx2.AsyncClient, again: str) -> None:
    first = await client.post(f"{API}/tickets", json=QUESTION, headers={"Idempotency-Key": "k-2"})
    second = await client.post(f"{API}/tickets", json=QUESTION, headers={"Idempotency-Key": again})
    assert (second.status_code, second.json()) == (202, first.json())
    assert second.headers["idempotency-replayed"] == "true"


async def test_another_body_is_refused(client: httpx2.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k-3"}
    await client.post(f"{API}/tickets", json=QUESTION, headers=headers)
    other = await client.post(f"{API}/tickets", json={**QUESTION, "body": "Else"}, headers=headers)
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_mismatch")


async def test_a_refused_request_leaves_its_key_free(client: httpx2.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k-4"}
    assert (await client.post(f"{API}/tickets", json={}, headers=headers)).status_code == 422
    assert (await client.post(f"{API}/tickets", json=QUESTION, headers=headers)).status_code == 202


@pytest.mark.parametrize("key", ["", " ", "ключ".encode(), "x" * 201, "a b"])
async def test_a_key_that_is_none_is_named(client: httpx2.AsyncClient, key: str) -> None:
    refused = await client.post(f"{API}/tickets", json=QUESTION, headers={"Idempotency-Key": key})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_request")


async def test_while_the_first_still_runs_the_second_is_told(client: httpx2.AsyncClient, desk: Desk) -> None:
    first = await client.post(f"{API}/tickets", json=QUESTION, headers={"Idempotency-Key": "k-5"})
    async with desk.db.connection() as conn:
        await execute(conn, "update idempotency set status = null, response = null")
    second = await client.post(f"{API}/tickets", json=QUESTION, headers={"Idempotency-Key": "k-5"})
    assert (second.status_code, second.json()["error"]["code"]) == (409, "conflict")

    async with desk.db.connection() as conn:  # the first died on the way, long ago
        await execute(conn, "update idempotency set created_at = now() - interval '1 hour'")
    third = await client.post(f"{API}/tickets", json=QUESTION, headers={"Idempotency-Key": "k-5"})
    assert (third.status_code, third.json()["ticket_id"]) == (202, first.json()["ticket_id"])
    assert third.json()["ticket_number"] == first.json()["ticket_number"]
    async with desk.db.connection() as conn:
        assert await fetch_value(conn, "select count(*) from raw_event") == 1


async def test_a_reply_sent_twice_is_said_once(client: httpx2.AsyncClient, submit: Submit) -> None:
    path = f"{API}/tickets/{(await submit())['ticket_id']}/messages"
    sent = [client.post(path, json={"content": "Hello"}, headers={"Idempotency-Key": "k"}) for _ in range(5)]
    answers = await asyncio.gather(*sent)
    assert len({answer.json()["message_id"] for answer in answers if answer.status_code == 201}) == 1
    messages = (await client.get(path)).json()["messages"]
    assert [answer["content"] for answer in messages].count("Hello") == 1


async def test_a_sessions_token_comes_back_but_is_kept_nowhere(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    headers = {"Idempotency-Key": "0d9b2f6e-7c53-4f7e-9a34-6c1f1d1f4b52"}
    first = await client.post(f"{API}/sessions", json={"locale": "kk"}, headers=headers)
    second = await client.post(f"{API}/sessions", json={"locale": "kk"}, headers=headers)
    assert first.json() == second.json()
    async with desk.db.connection() as conn:
        kept = bytes(await fetch_value(conn, "select response from idempotency"))
    assert first.json()["token"].encode() not in kept


async def test_the_same_key_on_another_ticket_is_another_key(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    for ticket in (await submit(), await submit()):
        path = f"{API}/tickets/{ticket['ticket_id']}/messages"
        messages = await client.post(path, json={"content": "Hello"}, headers={"Idempotency-Key": "same"})
        assert messages.json()["ticket_id"] == ticket["ticket_id"]
