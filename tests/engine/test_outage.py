"""PostgreSQL goes away under a desk at work and comes back: nothing lost, nothing twice, nobody restarted.

`FRONTDESK_OUTAGE=60` makes the outage as long as the specification's; CI runs a small one.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from bench.place import free_port

from frontdesk.channels.inbound import InboundMessage
from frontdesk.db.migrate import upgrade
from frontdesk.db.pool import Database, fetch_value
from frontdesk.desk import open_desk
from frontdesk.engine.lanes import Lanes
from frontdesk.engine.signals import Signals
from frontdesk.errors import Unavailable
from frontdesk.intake.accept import Intake
from tests.engine.breakable import BreakablePostgres, postgres_under
from tests.engine.senders import Senders
from tests.ground import KEY, settings_on
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader
from tests.journeys.talk import look, quiet, rows, said
from tests.web.talking import served

pytestmark = pytest.mark.xdist_group("outage")

OUTAGE = float(os.environ.get("FRONTDESK_OUTAGE", "6"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BreakablePostgres]:
    with postgres_under(tmp_path_factory.mktemp("outage")) as running:
        yield running


@pytest.mark.timeout(120 + int(OUTAGE) * 3)
async def test_an_outage_loses_and_doubles_nothing_and_heals_by_itself(
    server: BreakablePostgres, tmp_path: Path
) -> None:
    settings = settings_on(
        server.dsn, tmp_path / "home", embedding_model="none", lane_lease=3.0, port=free_port()
    )
    async with (
        open_desk(settings, answerer=ScriptedAnswerer(seconds=0.3), reader=ScriptedReader()) as desk,
        served(desk) as client,
    ):
        senders = Senders(desk, client)
        sending = [asyncio.create_task(senders.chat_on(f"c{n}")) for n in range(3)]
        sending += [asyncio.create_task(senders.fill_in_forms(f"f{n}")) for n in range(2)]
        await asyncio.sleep(1.5)
        await asyncio.to_thread(server.break_down)
        await asyncio.sleep(OUTAGE)
        await asyncio.to_thread(server.mend)
        await asyncio.sleep(1.5)
        senders.stop()
        await asyncio.gather(*sending)
        await quiet(desk, seconds=60)
        seen = await look(desk)
        sends = await rows(desk, "select state, attempts from outbox")
    print(f"outage of {OUTAGE:g} s: {dict(senders.answers)}")
    assert {"202 accepted", "503 unavailable"} >= {key for key in senders.answers if key != "said again"}
    assert senders.answers["said again"] > 0
    assert senders.answers["503 unavailable"] > 0
    asked = Counter(m.content for m in seen.messages if m.sender_type == "customer")
    assert set(senders.accepted) <= set(asked) <= {*senders.accepted, *senders.refused}
    assert set(asked.values()) == {1}
    assert Counter(m.content for m in seen.by_ai) == Counter(f"RE: {text.upper()}" for text in asked)
    assert {send["state"] for send in sends} == {"sent"}


async def test_who_is_refused_during_an_outage_has_said_nothing_and_may_repeat_it(
    server: BreakablePostgres,
) -> None:
    signals = Signals()
    db = Database(server.dsn, size=2, wait=0.5, on_signal=signals.send)
    upgrade(server.dsn)
    await db.open()
    intake = Intake(db, Lanes(db, signals))
    message = said("bob", "Where is my order?")
    await asyncio.to_thread(server.break_down)
    for _ in range(3):
        with pytest.raises(Unavailable):
            await intake.accept(message)
    await asyncio.to_thread(server.mend)
    async with asyncio.timeout(30):
        while not await _accepted(intake, message):
            pass
    assert (await intake.accept(message)).duplicate
    async with db.connection() as conn:
        kept = await fetch_value(conn, "select count(*) from event_key where external_id = 'bob:1'")
    await db.close()
    assert kept == 1


async def _accepted(intake: Intake, message: InboundMessage) -> bool:
    try:
        return not (await intake.accept(message)).duplicate
    except Unavailable:
        return False


async def test_a_served_desk_outlives_its_database(server: BreakablePostgres, tmp_path: Path) -> None:
    port = free_port()
    process = _serve(server.dsn, tmp_path, port)
    try:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            await _ready(client, 200)
            await asyncio.to_thread(server.break_down)
            await _ready(client, 503)
            assert (await client.get("/health")).status_code == 200
            await asyncio.to_thread(server.mend)
            await _ready(client, 200)
            given = {"subject": "", "body": "How long does delivery take?", "channel": "web_form"}
            accepted = await client.post("/api/v1/tickets", json=given)
            assert accepted.status_code == 202, accepted.text
            await _attended(client, accepted.json()["ticket_id"])
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.to_thread(process.communicate, timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors


def _serve(dsn: str, home: Path, port: int) -> "subprocess.Popen[str]":
    env = os.environ | {
        "DATABASE_URL": dsn,
        "FRONTDESK_HOME": str(home),
        "SECRET_KEY": KEY,
        "EMBEDDING_MODEL": "none",
        "PORT": str(port),
    }
    words = [sys.executable, "-m", "frontdesk", "serve", "--migrate"]
    return subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


async def _ready(client: httpx2.AsyncClient, status: int) -> None:
    """Wait until `/ready` answers so."""
    async with asyncio.timeout(60):
        while True:
            try:
                if (await client.get("/ready")).status_code == status:
                    return
            except httpx2.TransportError:
                pass  # it does not listen yet
            await asyncio.sleep(0.1)


async def _attended(client: httpx2.AsyncClient, ticket_id: str) -> None:
    async with asyncio.timeout(60):
        while True:
            answer = await client.get(f"/api/v1/tickets/{ticket_id}")
            if answer.status_code == 200 and answer.json()["status"] in ("waiting", "escalated"):
                return
            await asyncio.sleep(0.1)
