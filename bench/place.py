"""A temporary home for a benchmark, with its own PostgreSQL that is as durable as a real one."""

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from frontdesk.db.embedded import EmbeddedPostgres
from frontdesk.db.migrate import upgrade
from frontdesk.settings import Settings

SECRET = "a-key-for-benchmarks-only-0123456789"


@dataclass(frozen=True, slots=True)
class Place:
    root: Path
    postgres: EmbeddedPostgres
    _numbers: Iterator[int] = field(default_factory=count)

    def database(self) -> str:
        """The address of a fresh, migrated database."""
        name = f"bench_{next(self._numbers)}"
        with psycopg.connect(self.postgres.address("postgres"), autocommit=True) as conn:
            conn.execute(f"create database {name}")
        upgrade(self.postgres.address(name))
        return self.postgres.address(name)

    def settings(self, dsn: str | None = None, **more: object) -> Settings:
        """A desk's settings on a database of this place; nothing is read from this machine's files."""
        home = self.root / f"home-{next(self._numbers)}"
        return settings_on(dsn or self.database(), home, **more)


def settings_on(dsn: str, home: Path, **more: object) -> Settings:
    fields: dict[str, object] = {
        "_env_file": None,
        "database_url": dsn,
        "frontdesk_home": home,
        "secret_key": SECRET,
        "working_hours": "24/7",
    }
    return Settings(**(fields | more))  # type: ignore[arg-type]  # checked by the model itself


@contextmanager
def temporary_place() -> Iterator[Place]:
    """The server is stopped and everything removed when the block ends."""
    root = Path(tempfile.mkdtemp(prefix="frontdesk-bench-"))
    postgres = EmbeddedPostgres(root / "server")
    try:
        dsn = postgres.start()
        with psycopg.connect(dsn) as conn:
            data = Path(str(conn.execute("show data_directory").fetchone()[0]))  # type: ignore[index]  # one row
        try:
            yield Place(root, postgres)
        finally:
            postgres.stop()
            remove_data(data)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def remove_data(data: Path) -> None:
    """A stopped server's files, and the folder around them where nothing else is in it."""
    shutil.rmtree(data, ignore_errors=True)
    with suppress(OSError):
        data.parent.rmdir()
