"""What a desk of the tests stands on: a database and a home of its own, and nothing of this machine."""

from pathlib import Path

from frontdesk.settings import Settings

KEY = "a-key-for-tests-only-0123456789"


def settings_on(dsn: str, home: Path, **more: object) -> Settings:
    fields: dict[str, object] = {
        "_env_file": None,  # no file of this machine
        "database_url": dsn,
        "frontdesk_home": home,
        "secret_key": KEY,
        "db_pool_size": 8,
        "loopback_operator": True,  # most tests are not about who may; those of access/ are
    }
    return Settings(**(fields | more))  # type: ignore[arg-type]  # checked by the model itself
