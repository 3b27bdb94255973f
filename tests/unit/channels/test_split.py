from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.split import split_text, utf8_bytes, utf16_units

MEASURES: list[Callable[[str], int]] = [len, utf16_units, utf8_bytes]


@given(st.text(max_size=300), st.integers(8, 60), st.sampled_from(MEASURES))
def test_every_part_fits_and_nothing_but_white_space_is_lost(
    text: str, limit: int, measure: Callable[[str], int]
) -> None:
    parts = split_text(text, limit, measure)
    assert parts
    assert all(measure(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("short", 10, ["short"]),
        ("", 10, [""]),
        ("One line here.\n\nAnother one.", 24, ["One line here.", "Another one."]),
        ("It is here. It is there.", 15, ["It is here.", "It is there."]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        (
            "See [our own shop](https://a.example) now",
            35,
            ["See", "[our own shop](https://a.example)", "now"],
        ),
        ("It says:https://a.example/b", 24, ["It says:", "https://a.example/b"]),
        ("https://a.example/very/long", 10, ["https://a.", "example/ve", "ry/long"]),
        ("ab👩‍👩‍👧‍👦", 7, ["ab", "👩‍👩‍👧‍👦"]),
        ("abc🇰🇿🇰🇿", 6, ["abc🇰🇿", "🇰🇿"]),
        ("abcde\u0301fg", 5, ["abcd", "e\u0301fg"]),
    ],
)
def test_cuts_where_it_hurts_least(text: str, limit: int, parts: list[str]) -> None:
    assert split_text(text, limit) == parts
