"""Bring a database to the newest schema."""

from pathlib import Path

import psycopg

from frontdesk.errors import SetupError, Unavailable

_VERSIONS = Path(__file__).parent / "migrations" / "versions"
_LOCK = 7_215_001


def newest() -> str:
    """The revision that this code needs (files are named after their revision)."""
    return max(file.stem.partition("_")[0] for file in _VERSIONS.glob("[0-9]*.py"))


def upgrade(dsn: str) -> bool:
    """Apply what is missing, one process at a time; True where something was. Raises `SetupError`, `Unavailable`."""
    try:
        with psycopg.connect(dsn, autocommit=True) as guard:
            guard.execute("select pg_advisory_lock(%s)", (_LOCK,))
            if _current(guard) == newest():
                return False
            _require_vector(guard)
            _apply(dsn)
            return True
    except psycopg.OperationalError as error:
        raise Unavailable(f"the database cannot be reached: {str(error).splitlines()[0]}") from error


def _current(conn: psycopg.Connection[tuple[object, ...]]) -> object:
    if conn.execute("select to_regclass('alembic_version')").fetchone() == (None,):
        return None
    row = conn.execute("select version_num from alembic_version").fetchone()
    return row[0] if row else None


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
