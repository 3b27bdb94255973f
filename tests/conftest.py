"""What every test may ask for: a PostgreSQL of its own, cloned from one migrated template."""

import os
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest

from frontdesk.db.embedded import EmbeddedPostgres, forget
from frontdesk.db.migrate import upgrade
from frontdesk.db.pool import Database
from frontdesk.engine.lanes import Lanes
from frontdesk.settings import Settings
from tests.contracts.toy_tool import ToyShop, toy_shop
from tests.engine.working import lanes_on
from tests.ground import settings_on

hypothesis.settings.register_profile("desk", deadline=None)  # no test asserts how long a thing takes
hypothesis.settings.load_profile("desk")

os.environ.setdefault("LOOPBACK_OPERATOR", "true")
"""Also for the processes that tests start: most tests are not about who may; those of access and attacks are."""

TEMPLATE = "desk_template"
_FAST = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off", "-c max_wal_size=2GB")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is installed (CI) a skipped test is a failure; what the run's homes left goes."""
    if "PYTEST_XDIST_WORKER" not in os.environ and (
        factory := getattr(session.config, "_tmp_path_factory", None)
    ):
        forget(factory.getbasetemp())
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("FRONTDESK_NO_SKIP") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[ToyShop]:
    """The shop that the toy tool gives points at."""
    with toy_shop() as opened:
        monkeypatch.setenv("TOY_SHOP", opened.url)
        yield opened


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One server for the whole run, shared by its xdist workers."""
    root = tmp_path_factory.getbasetemp()
    home = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "postgres"
    server = EmbeddedPostgres(home, _FAST)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def template(postgres: EmbeddedPostgres) -> str:
    with psycopg.connect(postgres.address("postgres"), autocommit=True) as conn:
        conn.execute("select pg_advisory_lock(1)")
        template_row = conn.execute("select 1 from pg_database where datname = %s", (TEMPLATE,)).fetchone()
        if template_row is None:
            conn.execute(f"create database {TEMPLATE}")
            upgrade(postgres.address(TEMPLATE))
    return TEMPLATE


@pytest.fixture
def dsn(postgres: EmbeddedPostgres, template: str) -> Iterator[str]:
    """A fresh, migrated database."""
    name = f"desk_{secrets.token_hex(6)}"
    with psycopg.connect(postgres.address("postgres"), autocommit=True) as conn:
        conn.execute("select pg_advisory_lock(1)")  # a template must be alone while it is copied
        conn.execute(f"create database {name} template {template} strategy file_copy")
        conn.execute("select pg_advisory_unlock(1)")
        yield postgres.address(name)
        conn.execute(f"drop database {name} with (force)")


@pytest.fixture
async def db(dsn: str) -> AsyncIterator[Database]:
    database = Database(dsn, size=6)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def lanes(dsn: str) -> AsyncIterator[Lanes]:
    async with lanes_on(dsn) as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def settings(dsn: str, home: Path) -> Settings:
    return settings_on(dsn, home, embedding_model="none")
