"""Where the desk may listen, and what it says where it may not."""

from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import SetupError
from frontdesk.settings import Settings
from frontdesk.web.address import require_safe
from tests.ground import settings_on

OPEN: dict[str, Any] = {"host": "0.0.0.0", "public_url": "https://desk.example", "loopback_operator": False}
PROXY = {"trusted_proxies": ("10.0.0.0/8",)}
TLS = {"tls_certificate": Path("cert.pem"), "tls_key": Path("key.pem")}


def _settings(**more: Any) -> Settings:
    return settings_on("", Path("var"), **more)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_the_own_machine_needs_nothing(host: str) -> None:
    require_safe(_settings(host=host, secret_key=None), has_admin=False)


@pytest.mark.parametrize("way", [PROXY, TLS])
def test_the_world_comes_in_over_tls_to_who_signs_in(way: dict[str, Any]) -> None:
    require_safe(_settings(**OPEN, **way), has_admin=True)


@pytest.mark.parametrize(
    ("changes", "has_admin", "words"),
    [
        ({"secret_key": None, **PROXY}, True, "SECRET_KEY"),
        (PROXY, False, "frontdesk user add"),
        ({}, True, "TRUSTED_PROXIES"),
        ({**PROXY, "public_url": ""}, True, "PUBLIC_URL"),
        ({"tls_certificate": Path("cert.pem")}, True, "TLS_KEY"),
        ({"trusted_proxies": ("everywhere",)}, True, "TRUSTED_PROXIES"),
        ({**PROXY, "loopback_operator": True}, True, "LOOPBACK_OPERATOR"),
    ],
)
def test_what_is_missing_is_named_with_its_fix(changes: dict[str, Any], has_admin: bool, words: str) -> None:
    with pytest.raises(SetupError, match=words):
        require_safe(_settings(**{**OPEN, **changes}), has_admin=has_admin)
