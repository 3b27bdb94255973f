"""Nobody is trusted for where they come from, unless a setting says so."""

import pytest

from frontdesk.settings import Settings


def test_the_own_machine_is_not_trusted_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOOPBACK_OPERATOR")
    assert Settings(_env_file=None).loopback_operator is False
