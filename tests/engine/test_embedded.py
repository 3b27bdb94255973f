"""The embedded PostgreSQL: shared by processes, stopped by the last, started whatever was left behind."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest

from frontdesk.db.embedded import EmbeddedPostgres, forget
from frontdesk.errors import SetupError
from tests.engine.breakable import BreakablePostgres, is_running, postgres_under

pytestmark = pytest.mark.xdist_group("embedded")

NOBODY = 65534
ROOT = Path(__file__).parents[2]


@dataclass
class Holder:
    """A process of its own that uses the server of a home."""

    process: "subprocess.Popen[str]"

    @classmethod
    def begin(cls, home: Path, *words: str) -> "Holder":
        command = [sys.executable, "-m", "tests.engine.holder", str(home), *words]
        pipe = subprocess.PIPE
        return cls(subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True))

    def started(self) -> tuple[str, Path]:
        """When the server it found was started, and where the data lie."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        at, data = line.rstrip("\n").split("\t")
        return at, Path(data)

    def end(self) -> None:
        _, errors = self.process.communicate(timeout=60)
        assert (self.process.returncode, errors) == (0, "")

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BreakablePostgres]:
    with postgres_under(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture
def stopped(cluster: BreakablePostgres) -> BreakablePostgres:
    cluster.stop()
    return cluster


@pytest.fixture
def server(stopped: BreakablePostgres) -> BreakablePostgres:
    stopped.mend()
    return stopped


def test_processes_that_start_at_once_share_one_server_and_the_last_one_stops_it(
    stopped: BreakablePostgres,
) -> None:
    holders = [Holder.begin(stopped.home) for _ in range(2)]
    first, second = (holder.started() for holder in holders)
    assert first == second
    pid = stopped.pid
    holders[0].end()
    assert is_running(pid)
    holders[1].end()
    assert not is_running(pid)


def test_a_killed_holder_keeps_no_hold(server: BreakablePostgres) -> None:
    killed = Holder.begin(server.home)
    killed.started()
    pid = server.pid
    killed.kill()
    assert is_running(pid)
    server.stop()
    assert not is_running(pid)


def test_a_server_whose_only_holder_was_killed_is_joined_and_stopped_by_the_next(
    stopped: BreakablePostgres,
) -> None:
    killed = Holder.begin(stopped.home)
    killed.started()
    killed.kill()
    pid = stopped.pid
    assert is_running(pid)
    stopped.mend()
    assert stopped.pid == pid
    stopped.stop()
    assert not is_running(pid)


@pytest.mark.parametrize("how", [signal.SIGQUIT, signal.SIGKILL])
def test_what_was_committed_outlives_a_crash(server: BreakablePostgres, how: signal.Signals) -> None:
    with psycopg.connect(server.dsn) as conn:
        conn.execute("drop table if exists kept")
        conn.execute("create table kept as select 7 as n")
    process = psutil.Process(server.pid)
    children = process.children()
    process.send_signal(how)
    psutil.wait_procs([process, *children], timeout=30)
    server.mend()
    with psycopg.connect(server.dsn) as conn:
        assert conn.execute("select n from kept").fetchone() == (7,)


def test_a_pid_file_whose_number_is_another_programs_is_cleared(stopped: BreakablePostgres) -> None:
    for pid in (os.getpid(), 1):
        (stopped.data / "postmaster.pid").write_text(f"{pid}\n{stopped.data}\n1\n5432\n/tmp\n\n0 0\nready\n")
        stopped.mend()
        assert stopped.pid != pid
        stopped.stop()


def test_a_pid_file_whose_number_is_another_postgresqls_is_cleared(
    stopped: BreakablePostgres, postgres: EmbeddedPostgres
) -> None:
    with psycopg.connect(postgres.address("postgres")) as conn:
        row = conn.execute("select current_setting('data_directory')").fetchone()
    other = postmaster(Path(str(row[0] if row else "")))
    (stopped.data / "postmaster.pid").write_text(f"{other}\n{stopped.data}\n1\n5432\n/tmp\n\n0 0\nready\n")
    stopped.mend()
    assert stopped.pid != other
    assert is_running(other)


@pytest.mark.parametrize("left", ["", "\n", "no number\n"])
def test_a_pid_file_that_a_crash_left_damaged_is_cleared(stopped: BreakablePostgres, left: str) -> None:
    (stopped.data / "postmaster.pid").write_text(left)
    stopped.mend()
    assert is_running(stopped.pid)


def test_data_of_another_major_version_is_refused_by_name_and_untouched(
    stopped: BreakablePostgres,
) -> None:
    mark = stopped.data / "PG_VERSION"
    mark.write_text("17\n")
    with pytest.raises(SetupError, match=r"PostgreSQL 17, the programs are 18"):
        EmbeddedPostgres(stopped.home).start()
    assert mark.read_text() == "17\n"
    mark.write_text("18\n")
    stopped.mend()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's server is what all other tests run on then")
def test_an_ordinary_users_server_lies_in_their_own_home() -> None:
    home = Path("/tmp") / f"frontdesk-of-nobody-{os.getpid()}"
    home.mkdir(mode=0o700)
    os.chown(home, NOBODY, NOBODY)
    try:
        holder = Holder.begin(home, str(NOBODY))
        _, data = holder.started()
        assert data == home / "postgres"
        assert psutil.Process(postmaster(data)).uids().real == NOBODY
        holder.end()
    finally:
        shutil.rmtree(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user for its server")
def test_roots_server_runs_as_another_user_and_opens_nobodys_folders(server: BreakablePostgres) -> None:
    assert psutil.Process(server.pid).uids().real != 0
    assert server.data.stat().st_mode & 0o077 == 0
    assert server.home not in server.data.parents


def test_the_address_of_a_server_that_was_not_started_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupError):
        EmbeddedPostgres(tmp_path).address("postgres")
    EmbeddedPostgres(tmp_path).stop()


def test_a_forgotten_home_leaves_no_database_behind(tmp_path: Path) -> None:
    home = tmp_path / "gone"
    server = EmbeddedPostgres(home)
    with psycopg.connect(server.start(), autocommit=True) as conn:
        conn.execute("create table kept (n int)")
        [(folder,)] = conn.execute("show data_directory").fetchall()
    server.stop()
    forget(home)
    assert not Path(folder).exists()
    with psycopg.connect(server.start()) as conn:
        assert conn.execute("select to_regclass('kept')").fetchone() == (None,)
    server.stop()
