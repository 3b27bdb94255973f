"""A disk that fills up: new work is refused before the database dies, reading goes on, and full is never a 500."""

import errno
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from prometheus_client import REGISTRY

from frontdesk.cli.doctor import examine
from frontdesk.desk import Desk
from frontdesk.engine import disk
from frontdesk.engine.disk import Disk
from frontdesk.errors import Unavailable
from frontdesk.settings import Settings
from frontdesk.web.errors import install
from tests.journeys.talk import said
from tests.web.conftest import API, BASE, Submit

MEGABYTE = 2**20
QUESTION = {"subject": "S", "body": "Where is it?", "channel": "web_form"}


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The free megabytes of every disk."""
    state = SimpleNamespace(megabytes=10_000)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda folder: SimpleNamespace(free=state.megabytes * MEGABYTE, total=0, used=0)
    )
    monkeypatch.setattr(disk, "LOOK_SECONDS", 0.0)
    return state


def _refused(answer: httpx2.Response) -> None:
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable"), answer.text
    assert int(answer.headers["retry-after"]) > 1


async def test_below_the_mark_new_work_is_refused_and_reading_goes_on(
    client: httpx2.AsyncClient, desk: Desk, submit: Submit, free: SimpleNamespace
) -> None:
    ticket = f"{API}/tickets/{(await submit())['ticket_id']}"
    free.megabytes = 255
    _refused(await client.post(f"{API}/tickets", json=QUESTION))
    _refused(await client.post(f"{API}/sessions", json={}))
    _refused(await client.post(f"{API}/kb/upload", files={"file": ("a.txt", b"Two days.")}))
    _refused(await client.patch(ticket, json={"priority": "high"}))
    with pytest.raises(Unavailable):  # the way of sockets and of channels that are asked
        await desk.journey.accept(said("ann", "Hello"))
    for path in (ticket, f"{ticket}/messages", f"{API}/tickets"):
        assert (await client.get(path)).status_code == 200
    ready = await client.get("/ready")
    assert (ready.status_code, ready.json()["checks"]["disk"]) == (200, "low")
    assert (await client.get("/metrics")).status_code == 200
    assert REGISTRY.get_sample_value("support_disk_low") == 1

    free.megabytes = 257
    assert (await client.post(f"{API}/tickets", json=QUESTION)).status_code == 202
    assert (await client.get("/ready")).json()["checks"]["disk"] == "ok"


def test_nothing_is_refused_where_no_mark_is_set_or_no_disk_can_be_asked(free: SimpleNamespace) -> None:
    free.megabytes = 0
    Disk({"home": Path("/")}, 0).require_room()
    Disk({}, 256).require_room()
    with pytest.raises(Unavailable):
        Disk({"home": Path("/")}, 256).require_room()


async def test_doctor_says_that_the_disk_is_low(settings: Settings, free: SimpleNamespace) -> None:
    free.megabytes = 100
    findings = {finding.name: finding async for finding in examine(settings)}
    assert findings["home"].state == "error"
    assert "DISK_LOW_MB" in findings["home"].text


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
async def test_a_file_that_has_no_room_is_unavailable(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*given: Any) -> None:
        raise OSError(number, "full")

    monkeypatch.setattr("frontdesk.engine.blobs.write_whole", full)
    with pytest.raises(Unavailable):
        await desk.blobs.put(b"x")


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 503), (errno.EDQUOT, 503), (errno.EIO, 500)])
async def test_a_full_disk_is_503_wherever_it_is_met(number: int, status: int) -> None:
    app = FastAPI(telemetry={"tracing": False})
    install(app)

    @app.post("/files")
    async def keep() -> None:
        raise OSError(number, "the disk")

    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url=BASE) as client:
        assert (await client.post("/files")).status_code == status


async def test_a_body_that_has_no_room_on_the_disk_is_503(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: Any, **options: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("starlette.formparsers.SpooledTemporaryFile", full)
    _refused(await client.post(f"{API}/kb/upload", files={"file": ("a.txt", b"Two days.")}))
