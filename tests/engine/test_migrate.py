"""Migrations: by one process at a time, and refused in words where they are missing."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from frontdesk.db import migrate
from frontdesk.db.embedded import EmbeddedPostgres
from frontdesk.db.migrate import newest, require_newest, revisions, upgrade
from frontdesk.errors import SetupError


@pytest.fixture
def empty(postgres: EmbeddedPostgres) -> Iterator[str]:
    """A database without tables."""
    name = f"empty_{secrets.token_hex(6)}"
    with psycopg.connect(postgres.address("postgres"), autocommit=True) as conn:
        conn.execute(f"create database {name}")
        yield postgres.address(name)
        conn.execute(f"drop database {name} with (force)")


def set_schema(dsn: str, revision: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("update alembic_version set version_num = %s", (revision,))


def test_the_revisions_are_one_chain_that_leaves_no_file_out() -> None:
    files = Path(migrate.__file__).parent.glob("migrations/versions/[0-9]*.py")
    assert sorted(revisions()) == sorted(file.stem.partition("_")[0] for file in files)


def test_two_processes_that_migrate_at_once_do_it_once(empty: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        migrated = list(pool.map(upgrade, [empty] * 4))
    assert sorted(migrated) == [False, False, False, True]
    require_newest(empty)


def test_an_empty_database_is_refused_with_the_command_to_run(empty: str) -> None:
    with pytest.raises(SetupError, match=rf"no tables yet.*{newest()}.*`frontdesk migrate`"):
        require_newest(empty)


def test_an_older_schema_is_refused_with_the_command_to_run(dsn: str) -> None:
    set_schema(dsn, "0001")
    with pytest.raises(SetupError, match=r"has schema 0001.*`frontdesk migrate`"):
        require_newest(dsn)


def test_a_newer_schema_is_served_and_left_alone(dsn: str) -> None:
    set_schema(dsn, "9999")
    require_newest(dsn)
    assert not upgrade(dsn)
