from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.errors import SetupError, Unauthorized
from frontdesk.kit.signing import sign, verify

SECRET = b"the desk's own secret"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
payloads = st.dictionaries(st.text(max_size=8), st.none() | st.integers() | st.text(max_size=20), max_size=4)


@given(payloads, st.text(max_size=12))
def test_what_was_signed_comes_back(payload: dict[str, object], purpose: str) -> None:
    assert verify(SECRET, purpose, sign(SECRET, purpose, payload)) == payload


def test_a_token_stands_in_a_url_as_it_is() -> None:
    token = sign(SECRET, "resolve", {"ticket": "T-1?&=/+ ә"}, NOW)
    assert all(char.isascii() and (char.isalnum() or char in "-_.") for char in token)


@given(payloads, st.data())
def test_a_token_with_any_bit_flipped_is_refused(payload: dict[str, object], data: st.DataObject) -> None:
    token = sign(SECRET, "resolve", payload).encode()
    bit = data.draw(st.integers(0, len(token) * 8 - 1))
    spoilt = bytearray(token)
    spoilt[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unauthorized):
        verify(SECRET, "resolve", spoilt.decode("latin-1"))


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(Unauthorized):
        verify(SECRET, "resolve", text)


def test_a_token_cut_anywhere_or_lengthened_is_refused() -> None:
    token = sign(SECRET, "resolve", {"ticket": "1"})
    for wrong in [token[:at] for at in range(len(token))] + [token + "A", token + "=", token + ".x"]:
        with pytest.raises(Unauthorized):
            verify(SECRET, "resolve", wrong)


def test_a_token_is_good_for_one_purpose_and_one_secret() -> None:
    token = sign(SECRET, "resolve", {"ticket": "1"})
    with pytest.raises(Unauthorized):
        verify(SECRET, "handback", token)
    with pytest.raises(Unauthorized):
        verify(b"another secret", "resolve", token)


def test_a_token_ends_when_it_said() -> None:
    almaty = timezone(timedelta(hours=5))
    token = sign(SECRET, "resolve", {"a": 1}, NOW.astimezone(almaty))
    assert verify(SECRET, "resolve", token, NOW - timedelta(microseconds=1)) == {"a": 1}
    with pytest.raises(Unauthorized, match="expired"):
        verify(SECRET, "resolve", token, NOW)


def test_nothing_is_signed_without_a_secret() -> None:
    with pytest.raises(SetupError):
        sign(b"", "resolve", {})
