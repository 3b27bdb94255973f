"""What it costs to know who asks: two pages, asked by whom nobody checks, by a key, and by a limited person."""

import time
from collections.abc import Mapping

import httpx2

from bench.desk import chat_message, quiet, working
from bench.place import Place
from bench.report import Figure, Report, median
from bench.scripted import InstantReader, ScriptedAnswerer
from frontdesk.access import api_keys, people
from frontdesk.access.actor import OPERATOR, Permission
from frontdesk.access.people import PersonFields
from frontdesk.access.roles import Role
from frontdesk.access.sign_in import Origin
from frontdesk.desk import Desk, open_desk
from frontdesk.web.app import create_app
from frontdesk.web.credentials import ACCESS_COOKIE

NOBODY = "nobody is checked"


async def run(place: Place, scale: float = 1.0) -> Report:
    rounds, tickets = max(3, round(200 * scale)), max(3, round(300 * scale))
    async with open_desk(
        place.settings(loopback_operator=True), answerer=ScriptedAnswerer(), reader=InstantReader()
    ) as desk:
        await _fill(desk, tickets)
        callers = await _callers(desk)
        figures: list[Figure] = []
        for page, path in (("inbox page", "/api/v1/tickets"), ("ticket page", "/api/v1/tickets/T-000001")):
            took = await _took(desk, callers, path, rounds)
            figures.append(Figure(f"{page}, {NOBODY}", took[NOBODY], "ms"))
            figures += [
                Figure(f"{page}, {who}, of that", milliseconds / took[NOBODY], "x")
                for who, milliseconds in took.items()
                if who != NOBODY
            ]
    return Report("access", tuple(figures), f"{tickets} tickets, {rounds} requests of each, in turns")


async def _fill(desk: Desk, tickets: int) -> None:
    async with working(desk):
        for n in range(tickets):
            await desk.journey.accept(chat_message(f"visitor-{n}", n))
        await quiet(desk)


async def _took(
    desk: Desk, callers: Mapping[str, dict[str, str]], path: str, rounds: int
) -> dict[str, float]:
    """Milliseconds of a request, by caller: the median."""
    transport = httpx2.ASGITransport(create_app(desk))
    took: dict[str, list[float]] = {who: [] for who in callers}
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        for _ in range(rounds):
            for who, headers in callers.items():
                begun = time.perf_counter()
                answer = await client.get(path, headers=headers)
                took[who].append((time.perf_counter() - begun) * 1000)
                assert answer.status_code == 200, answer.text
    return {who: median(times) for who, times in took.items()}


async def _callers(desk: Desk) -> dict[str, dict[str, str]]:
    """The headers of each."""
    categories = ("returns", "delivery", "payment", "order", "other", "product")
    async with desk.db.transaction() as conn:
        _, key = await api_keys.create(conn, OPERATOR, "bench", [Permission.TICKETS_READ])
        fields = PersonFields("dana@desk.example", "Dana", Role.MANAGER, categories)
        person = await people.create(conn, OPERATOR, fields)
        signed_in = await desk.access.signing_in.begin(conn, person, Origin("127.0.0.1", "bench"))
        await conn.execute("update ticket set category = 'delivery'")
    return {
        NOBODY: {},
        "an API key": {"Authorization": f"Bearer {key}"},
        "a person limited to categories": {"Cookie": f"{ACCESS_COOKIE}={signed_in.access_token}"},
    }
