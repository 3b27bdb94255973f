"""The embedded PostgreSQL dies, is stopped by somebody else, or cannot start, under a process that uses it."""

import asyncio
import os
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from bench.place import free_port
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from frontdesk.db.address import database_address
from frontdesk.db.embedded_home import find_place
from frontdesk.desk import open_desk
from frontdesk.settings import Settings
from tests.engine.breakable import is_running
from tests.engine.senders import Senders
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader
from tests.journeys.talk import look, quiet
from tests.web.talking import served

pytestmark = pytest.mark.xdist_group("embedded")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    home = tmp_path_factory.mktemp("supervised")
    yield Settings(
        _env_file=None, frontdesk_home=home, database_url="", db_host="", embedding_model="none",
        lane_lease=3.0, port=free_port(),
    )  # fmt: skip
    if os.geteuid() == 0:  # then the data lies outside of what pytest clears
        shutil.rmtree(find_place(home.resolve()).data.parent, ignore_errors=True)


def postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().split()[0])


def _living(pid: int) -> list[psutil.Process]:
    return [psutil.Process(pid)] if psutil.pid_exists(pid) else []


def data_of(dsn: str) -> Path:
    with psycopg.connect(dsn) as conn:
        [(folder,)] = conn.execute("show data_directory").fetchall()
        conn.execute("create table if not exists kept as select 7 as n")
    return Path(folder)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
async def test_a_server_that_is_gone_is_started_again_with_what_was_committed(
    settings: Settings, how: signal.Signals
) -> None:
    async with database_address(settings) as dsn:
        data = data_of(dsn)
        pid = postmaster(data)
        gone = psutil.Process(pid)
        gone.send_signal(how)  # SIGINT is what `pg_ctl stop` sends
        await asyncio.to_thread(gone.wait, 30)
        assert await _kept(dsn) == (7,)
        started = postmaster(data)
        assert started != pid
    # pg_ctl waits for the pid file to go, which is a moment earlier
    await asyncio.to_thread(psutil.wait_procs, _living(started), 30)
    assert not is_running(started)


async def test_a_pid_file_that_names_another_program_hides_no_dead_server(settings: Settings) -> None:
    async with database_address(settings) as dsn:
        data = data_of(dsn)
        file = data / "postmaster.pid"
        words, gone = file.read_text(), psutil.Process(postmaster(data))
        gone.kill()
        file.write_text(words.replace(str(gone.pid), str(os.getpid()), 1))
        await asyncio.to_thread(gone.wait, 30)
        assert await _kept(dsn) == (7,)


async def test_a_server_that_does_not_start_is_tried_until_it_does(settings: Settings) -> None:
    with capture_logs() as logs:
        async with database_address(settings) as dsn:
            data = data_of(dsn)
            gone = psutil.Process(postmaster(data))
            with _cannot_start(data):
                gone.kill()
                await _logged(logs, "embedded_database_does_not_start", 2)
                assert REGISTRY.get_sample_value("support_embedded_database_up") == 0
            await _logged(logs, "embedded_database_restarted", 1)
            assert await _kept(dsn) == (7,)
            assert REGISTRY.get_sample_value("support_embedded_database_up") == 1
    waits = [entry["again_in"] for entry in logs if entry["event"] == "embedded_database_does_not_start"]
    assert waits[:2] == [0.5, 1.0]


@contextmanager
def _cannot_start(data: Path) -> Iterator[None]:
    file = data / "global" / "pg_control"
    aside = file.with_name("pg_control.aside")
    file.rename(aside)
    yield
    aside.rename(file)


def can_mount(folder: Path) -> bool:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    tried = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False)
    return tried.returncode == 0 and subprocess.run(["umount", folder], check=False).returncode == 0


@pytest.mark.timeout(180)
async def test_a_full_disk_that_is_freed_is_outlived(tmp_path: Path) -> None:
    if not can_mount(tmp_path):
        return  # the same without a disk of its own: the test above
    settings = Settings(_env_file=None, frontdesk_home=tmp_path / "home", database_url="", db_host="")
    base = find_place(settings.frontdesk_home.resolve()).data.parent
    with _small_disk(base):
        async with database_address(settings) as dsn:
            data, filler = data_of(dsn), base / "filler"
            await asyncio.to_thread(_fill, filler)
            await asyncio.to_thread(_write_until_refused, dsn)
            await asyncio.to_thread(_kill, postmaster(data), "postmaster")
            await asyncio.sleep(2)  # it may start, or not, as what it needs to write fits or does not
            filler.unlink()
            assert await _kept(dsn) == (7,)
            async with await psycopg.AsyncConnection.connect(dsn) as conn:
                await conn.execute("create table again as select 1")


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128m,mode=755", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def _fill(file: Path) -> None:
    with file.open("wb") as full:
        try:
            while True:
                full.write(b"\0" * 2**16)
                full.flush()
        except OSError:
            return


def _write_until_refused(dsn: str) -> None:
    """A full disk is an error to who writes; where the log itself does not fit it ends the server."""
    try:
        for n in range(1000):
            with psycopg.connect(dsn) as conn:
                conn.execute(
                    f"create table grown{n} as select repeat('x', 1000) from generate_series(1, 2000)"
                )
                conn.execute("select pg_switch_wal()")
    except psycopg.OperationalError:
        return
    raise AssertionError("the disk was never full")


@pytest.mark.timeout(180)
async def test_kills_under_traffic_lose_and_double_nothing(settings: Settings) -> None:
    async with (
        open_desk(settings, answerer=ScriptedAnswerer(seconds=0.2), reader=ScriptedReader()) as desk,
        served(desk) as client,
    ):
        data = data_of(desk.db.dsn)
        senders = Senders(desk, client)
        sending = [asyncio.create_task(senders.chat_on(f"c{n}")) for n in range(3)]
        sending += [asyncio.create_task(senders.fill_in_forms(f"f{n}")) for n in range(3)]
        for victim in ("postmaster", "backend", "postmaster"):
            await asyncio.sleep(1)
            await asyncio.to_thread(_kill, postmaster(data), victim)
            await _kept(desk.db.dsn)
        await asyncio.sleep(1)
        senders.stop()
        await asyncio.gather(*sending)
        await quiet(desk, seconds=60)
        seen = await look(desk)
    asked = Counter(message.content for message in seen.messages if message.sender_type == "customer")
    assert {"202 accepted", "503 unavailable", "said again"} >= set(senders.answers)
    assert senders.answers["503 unavailable"] > 0
    assert set(senders.accepted) <= set(asked) <= {*senders.accepted, *senders.refused}
    assert set(asked.values()) == {1}
    assert Counter(message.content for message in seen.by_ai) == Counter(
        f"RE: {text.upper()}" for text in asked
    )


def _kill(pid: int, victim: str) -> None:
    """-9: of the postmaster, or of one of those that serve the desk (the server then restarts all of them)."""
    server = psutil.Process(pid)
    if victim == "postmaster":
        server.kill()
        server.wait(30)
        return
    serving = [child for child in server.children() if "frontdesk" in " ".join(child.cmdline())]
    serving[0].kill()
    serving[0].wait(30)


async def _kept(dsn: str) -> object:
    async with asyncio.timeout(60):
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(dsn) as conn:
                    return await (await conn.execute("select n from kept")).fetchone()
            except psycopg.OperationalError:
                await asyncio.sleep(0.1)


async def _logged(logs: Sequence[Mapping[str, Any]], event: str, times: int) -> None:
    async with asyncio.timeout(60):
        while [entry["event"] for entry in logs].count(event) < times:  # noqa: ASYNC110  # a list tells nobody
            await asyncio.sleep(0.05)
