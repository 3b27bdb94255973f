"""A request died with its key: the process was killed, or the database went away under it. Nobody waits 90 seconds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx2
import pytest

from frontdesk.db.pool import execute, fetch_value
from frontdesk.desk import Desk
from frontdesk.engine import idempotency
from frontdesk.engine.idempotency import Claims, RequestKey
from frontdesk.errors import Conflict, Unavailable
from frontdesk.kit.tasks import end
from tests.web.conftest import API

QUESTION = {"subject": "S", "body": "Where is it?", "channel": "web_form"}
KEY = {"Idempotency-Key": "k"}


@asynccontextmanager
async def alive(claims: Claims) -> AsyncIterator[None]:
    task = asyncio.create_task(claims.keep())
    try:
        async with asyncio.timeout(20):
            while claims.process is None:  # noqa: ASYNC110  # a process tells it nobody else
                await asyncio.sleep(0.02)
        yield
    finally:
        await end([task])


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of the tests may have been started a moment ago."""
    monkeypatch.setattr(idempotency, "PATIENCE", timedelta(0))


async def _claimed_by(desk: Desk, process: int | None) -> None:
    """The first request's answer is undone: as if it still ran in that process, or had died with it."""
    async with desk.db.connection() as conn:
        await execute(conn, "update idempotency set status = null, response = null, process = %s", (process,))


async def test_the_key_of_a_dead_process_is_free_and_of_a_living_one_is_not(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    first = await client.post(f"{API}/tickets", json=QUESTION, headers=KEY)
    other = Claims(desk.db)
    async with alive(other):
        await _claimed_by(desk, other.process)
        waiting = await client.post(f"{API}/tickets", json=QUESTION, headers=KEY)
        assert (waiting.status_code, waiting.json()["error"]["code"]) == (409, "conflict")
    again = await client.post(f"{API}/tickets", json=QUESTION, headers=KEY)
    assert (again.status_code, again.json()) == (202, first.json())
    async with desk.db.connection() as conn:
        assert await fetch_value(conn, "select count(*) from raw_event") == 1


async def test_a_key_that_could_not_be_let_go_of_is_let_go_of_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = Claims(desk.db)
    async with alive(claims):
        key = RequestKey("me", "/path", "k", claims.process)
        assert await key.claim(desk.db, "f")
        with monkeypatch.context() as patched:
            patched.setattr(desk.db, "connection", _away)
            await claims.let_go(key)
        async with asyncio.timeout(20):
            while await key.answer(desk.db) is not None:  # noqa: ASYNC110  # a row tells nobody
                await asyncio.sleep(0.05)


@asynccontextmanager
async def _away() -> AsyncIterator[None]:
    raise Unavailable("the database is away")
    yield


async def test_a_request_that_still_runs_keeps_its_key(desk: Desk) -> None:
    claims = Claims(desk.db)
    key = RequestKey("me", "/path", "k", claims.process)
    assert await key.claim(desk.db, "f")
    claims.begin(key)
    await claims.let_go(
        key
    )  # by another request with this key, which could not hear whether it had claimed it
    assert await key.answer(desk.db) is not None


async def test_who_was_taken_for_dead_writes_no_answer(desk: Desk) -> None:
    slow, quick = RequestKey("me", "/path", "k", 1), RequestKey("me", "/path", "k", 2)
    assert await slow.claim(desk.db, "f")
    assert await quick.claim(desk.db, "f", dead=1)
    with pytest.raises(Conflict):
        async with desk.db.transaction() as conn:
            await slow.keep(conn, 200, b"{}")
    async with desk.db.transaction() as conn:
        await quick.keep(conn, 201, b"{}")
