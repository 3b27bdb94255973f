"""The embedded PostgreSQL dies, or is stopped by somebody else, under a process that uses it."""

import asyncio
import signal
from pathlib import Path

import psutil
import psycopg
import pytest

from frontdesk.db.address import database_address
from frontdesk.settings import Settings
from tests.engine.breakable import is_running

pytestmark = pytest.mark.xdist_group("embedded")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
async def test_a_server_that_is_gone_is_started_again_with_what_was_committed(
    tmp_path: Path, how: signal.Signals
) -> None:
    settings = Settings(_env_file=None, frontdesk_home=tmp_path / "home", database_url="", db_host="")
    async with database_address(settings) as dsn:
        with psycopg.connect(dsn) as conn:
            [(folder,)] = conn.execute("show data_directory").fetchall()
            conn.execute("create table kept as select 7 as n")
        pid = int((Path(folder) / "postmaster.pid").read_text().split()[0])
        gone = psutil.Process(pid)
        gone.send_signal(how)  # SIGINT is what `pg_ctl stop` sends
        await asyncio.to_thread(gone.wait, 30)
        assert await _kept(dsn) == (7,)
        started = int((Path(folder) / "postmaster.pid").read_text().split()[0])
        assert started != pid
    assert not is_running(started)


async def _kept(dsn: str) -> object:
    async with asyncio.timeout(60):
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(dsn) as conn:
                    return await (await conn.execute("select n from kept")).fetchone()
            except psycopg.OperationalError:
                await asyncio.sleep(0.1)
