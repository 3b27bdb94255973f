"""Bring a database to the newest schema, or see whether it has it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import structlog

from frontdesk.db.migrations import restored_log
from frontdesk.errors import SetupError, Unavailable

_VERSIONS = Path(__file__).parent / "migrations" / "versions"
_NAMED = re.compile(r'^(revision|down_revision) = ("\w+"|None)', re.MULTILINE)
_LOCK = 7_215_001
_log = structlog.get_logger("frontdesk.migrate")


@cache
def revisions() -> tuple[str, ...]:
    """Every revision of the schema that this version knows, in their order."""
    following = {}
    for file in _VERSIONS.glob("[0-9]*.py"):
        named = dict(_NAMED.findall(file.read_text()))
        following[named["down_revision"]] = named["revision"]
    chain: list[str] = []
    while (revision := following.get(f'"{chain[-1]}"' if chain else "None")) is not None:
        chain.append(revision.strip('"'))
    return tuple(chain)


def newest() -> str:
    """The revision that this version needs."""
    return revisions()[-1]


def is_behind(schema: str | None) -> bool:
    """Whether a database of this revision lacks what this version needs. One that is not known here is newer."""
    return schema is None or schema in revisions()[:-1]


def upgrade(dsn: str) -> bool:
    """Apply what is missing, one process at a time; True where something was.

    A schema that is newer than this version is left as it is. Raises `SetupError`, `Unavailable`.
    """
    with _connection(dsn) as guard:
        guard.execute("select pg_advisory_lock(%s)", (_LOCK,))
        if not is_behind(schema_of(guard)):
            return False
        _require_vector(guard)
        _apply(dsn)
        return True


def adopt_restored_log(dsn: str) -> bool:
    """After a dump was restored: let the followers of the tickets' log go on; whether there was need."""
    with _connection(dsn) as conn:
        return restored_log.adopt(conn)


def require_newest(dsn: str) -> None:
    """Raises `SetupError` where the schema is older than this version needs, `Unavailable`.

    A newer one is served: while versions run side by side the newer one has migrated first.
    """
    with _connection(dsn) as conn:
        schema = schema_of(conn)
    if is_behind(schema):
        state = "has no tables yet" if schema is None else f"has schema {schema}"
        raise SetupError(
            f"the database {state}, this version needs {newest()}: run `frontdesk migrate` first, or start with --migrate"
        )
    if schema != newest():
        _log.warning("schema_is_newer", schema=schema, known=newest())


@contextmanager
def _connection(dsn: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    try:
        with psycopg.connect(dsn, autocommit=True) as conn:
            yield conn
    except psycopg.OperationalError as error:
        raise Unavailable(f"the database cannot be reached: {str(error).splitlines()[0]}") from error


def schema_of(conn: psycopg.Connection[tuple[object, ...]]) -> str | None:
    """The revision of a database's schema; None where it has no tables yet."""
    if conn.execute("select to_regclass('alembic_version')").fetchone() == (None,):
        return None
    row = conn.execute("select version_num from alembic_version").fetchone()
    return str(row[0]) if row else None


def _require_vector(conn: psycopg.Connection[tuple[object, ...]]) -> None:
    if conn.execute("select 1 from pg_available_extensions where name = 'vector'").fetchone() is None:
        raise SetupError(
            "this PostgreSQL has no pgvector: install the extension (0.7 or newer), then start again"
        )


def _apply(dsn: str) -> None:
    from alembic import command  # with SQLAlchemy half a second and 30 MB: only who migrates pays for it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_VERSIONS.parent))
    address = "postgresql+psycopg://" + dsn.partition("://")[2]
    config.set_main_option("sqlalchemy.url", address.replace("%", "%%"))
    command.upgrade(config, "head")
