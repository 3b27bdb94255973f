"""Text as PostgreSQL, JSON and people can take it; times as the contracts write them."""

from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kit.text import clean, clip, number_of
from frontdesk.kit.times import stamp, stamp_or_none

ANY = st.text(st.characters(), max_size=200) | st.text(
    st.characters(categories=["Cs", "Cc", "Lo"]), max_size=50
)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("half \ud800 sign", "half \ufffd sign"),
        ("\ud83d\ude00", "😀"),
        ("Әлем 👋🏽 مرحبا", "Әлем 👋🏽 مرحبا"),
        ("\x1b[31mred\x7f", "[31mred"),
        ("", ""),
    ],
)
def test_what_cannot_be_kept_is_left_out_and_nothing_else(given_text: str, kept: str) -> None:
    assert clean(given_text) == kept


@given(ANY)
def test_what_was_cleaned_can_be_kept_and_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert orjson.loads(orjson.dumps(cleaned)) == cleaned


def test_clipping_ends_between_words() -> None:
    assert clip("one two three", 100) == "one two three"
    assert clip("one  two\n three", 13) == "one two three"
    assert clip("one two, three", 10) == "one two…"
    assert clip("abcdefghij", 5) == "abcd…"


@given(st.text(max_size=100), st.integers(1, 40))
def test_clipping_never_gives_more_than_was_asked(text: str, limit: int) -> None:
    assert len(clip(text, limit)) <= limit


def test_times_are_utc_with_a_z() -> None:
    almaty = timezone(timedelta(hours=5))
    assert stamp(datetime(2026, 1, 1, 3, 0, 0, 123456, almaty)) == "2025-12-31T22:00:00.123Z"
    assert stamp(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000Z"
    assert stamp_or_none(None) is None


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("007", 7), ("", None), ("٣", None), ("-1", None), ("1" * 10, None)]
)
def test_a_number_is_ascii_digits_and_not_too_long(text: str, number: int | None) -> None:
    assert number_of(text) == number
