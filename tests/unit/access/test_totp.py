"""Codes of authenticator apps against the vectors of RFC 6238, appendix B (SHA-1, their last six digits)."""

import base64

import pytest

from frontdesk.access.totp import Totp, step_of
from frontdesk.errors import SetupError

SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


@pytest.mark.parametrize("now", VECTORS)
def test_the_vectors_of_the_standard(now: int) -> None:
    assert step_of(SECRET, VECTORS[now], now) == now // 30


def test_a_clock_may_be_a_step_early_or_late_and_no_more() -> None:
    code = VECTORS[1234567890]
    assert (
        step_of(SECRET, code, 1234567890 + 30) == step_of(SECRET, code, 1234567890 - 30) == 1234567890 // 30
    )
    assert step_of(SECRET, code, 1234567890 + 60) is step_of(SECRET, code, 1234567890 - 60) is None


@pytest.mark.parametrize("code", ["", "28708", "2870820", "287083", "٢٨٧٠٨٢", "28708a"])
def test_what_is_no_code(code: str) -> None:
    assert step_of(SECRET, code, 59) is None


def test_spaces_within_a_code_are_how_apps_show_it() -> None:
    assert step_of(SECRET, "287 082", 59) == 1


def test_a_sealed_secret_opens_by_the_same_key_alone() -> None:
    sealed = Totp(b"k" * 32).sealed(SECRET)
    assert SECRET.encode() not in sealed
    assert Totp(b"k" * 32).opened(sealed) == SECRET
    with pytest.raises(SetupError):
        Totp(b"x" * 32).opened(sealed)
