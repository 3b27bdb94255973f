"""People and keys have rates of their own, whatever address they share; bad keys are slowed down by address."""

import asyncio

import httpx2
from fastapi import FastAPI

from frontdesk.access.actor import Permission
from frontdesk.web.rates import REFUSALS_OF_ADDRESS, REQUESTS_OF_STAFF
from tests.web.access.conftest import Staff
from tests.web.conftest import API, BASE

OFFICE = ("203.0.113.9", 5000)


async def _codes(app: FastAPI, key: str, times: int) -> list[int]:
    transport = httpx2.ASGITransport(app, client=OFFICE)
    async with httpx2.AsyncClient(transport=transport, base_url=BASE) as client:
        asked = [
            client.get(f"{API}/categories", headers={"Authorization": f"Bearer {key}"}) for _ in range(times)
        ]
        return [answer.status_code for answer in await asyncio.gather(*asked)]


async def test_a_key_that_floods_slows_nobody_else_of_its_office(app: FastAPI, staff: Staff) -> None:
    greedy, calm = [
        (await staff.program(Permission.TICKETS_READ)).headers["Authorization"].removeprefix("Bearer ")
        for _ in range(2)
    ]
    codes = await _codes(app, greedy, REQUESTS_OF_STAFF.burst * 2)
    assert 429 in codes
    assert codes.count(200) >= REQUESTS_OF_STAFF.burst
    assert await _codes(app, calm, 5) == [200] * 5


async def test_who_tries_keys_is_slowed_down(app: FastAPI, staff: Staff) -> None:
    wrong = "fdk_0123456789ab_" + "x" * 43
    codes = await _codes(app, wrong, REFUSALS_OF_ADDRESS.burst + 20)
    assert set(codes) == {401, 429}
    assert codes.count(401) <= REFUSALS_OF_ADDRESS.burst + 5
