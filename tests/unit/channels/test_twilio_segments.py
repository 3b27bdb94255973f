"""How many parts a text message has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.twilio.segments import GSM7, UCS2, encoding, plain, segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("ж" * 134, 2),
        ("ж" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("ж" * 66 + "😀" + "ж" * 66, 3),
        ("a" * 159 + "қ", 3),
    ],
)
def test_parts_are_counted_as_they_are_billed(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_typographic_signs_alone_make_no_text_dearer() -> None:
    assert plain("It\u2019s on its way \u2014 \u201ctoday\u201d\u2026") == 'It\'s on its way - "today"...'
    assert plain("Заказ — «сегодня»") == "Заказ — «сегодня»"


@given(st.text(max_size=400))
def test_a_text_has_the_fewest_parts_that_hold_it(text: str) -> None:
    used = encoding(text)
    assert used in (GSM7, UCS2)
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2 if used is UCS2 else len(text)
    assert segments(text) >= max(1, -(-units // used.alone))
    assert segments(text) <= segments(text + "a")
