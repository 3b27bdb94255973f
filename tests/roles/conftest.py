"""Settings of a desk whose processes have roles."""

from pathlib import Path

import pytest

from frontdesk.settings import Settings


@pytest.fixture
def settings(dsn: str, home: Path) -> Settings:
    return Settings(
        _env_file=None,  # no file of this machine
        database_url=dsn,
        frontdesk_home=home,
        secret_key="a-key-for-tests-only-0123456789",
        db_pool_size=8,
        embedding_model="none",
    )
