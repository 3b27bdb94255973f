"""The `frontdesk` command as a shell runs it: a process of its own, on a home that the module shares."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from frontdesk.db.embedded import EmbeddedPostgres

_FAST = ("-c fsync=off", "-c synchronous_commit=off")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    def assert_failed(self, code: int, *words: str) -> None:
        """One clear line that says what is wrong, nothing else."""
        assert self.code == code, self.err
        assert "Traceback" not in self.err
        lines = self.err.strip().splitlines()
        assert len(lines) == 1 or code == 2
        assert all(word in lines[-1] for word in words), self.err


@dataclass(frozen=True)
class Shell:
    home: Path
    env: dict[str, str]

    def run(self, *words: str, **extra: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "frontdesk", *words],
            env=self.env | extra,
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """The embedded database is held open meanwhile, so that not every command starts it anew."""
    home = tmp_path_factory.mktemp("home")
    server = EmbeddedPostgres(home, _FAST)
    with psycopg.connect(server.start()) as conn:
        row = conn.execute("select current_setting('data_directory')").fetchone()
    plain = {
        name: os.environ[name]
        for name in ("PATH", "PYTHONPATH", "HOME", "LANG", "TMPDIR")
        if name in os.environ
    }
    yield Shell(
        home,
        plain
        | {
            "FRONTDESK_HOME": str(home),
            "EMBEDDING_MODEL": "none",
            "PYTHONUTF8": "1",
            "LOOPBACK_OPERATOR": "true",
        },
    )
    server.stop()
    if os.geteuid() == 0 and row:  # then the data lies outside of the home, which pytest clears
        shutil.rmtree(Path(str(row[0])).parent, ignore_errors=True)
