"""Only words, ids, digests and numbers are kept with their values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.audit.act import Change, Small, is_word
from frontdesk.terms import Priority


def test_words_and_numbers_are_kept() -> None:
    change = Change("priority", Priority.NORMAL, Priority.HIGH)
    assert change.record() == {"field": "priority", "before": "normal", "after": "high"}
    assert Change("n", 1, True).record() == {"field": "n", "before": 1, "after": True}


@pytest.mark.parametrize(
    "value", ["Dana Seitova", "dana@mail.example", "+7 701 000 00 00", "Дана", "", "x" * 101, "a\nb"]
)
def test_what_somebody_may_have_typed_is_only_named(value: Small) -> None:
    assert Change("assignee", None, value).record() == {"field": "assignee"}
    assert Change("assignee", value, "x").record() == {"field": "assignee"}


@given(st.text())
def test_no_word_has_a_space_an_at_sign_or_a_letter_beyond_ascii(text: str) -> None:
    assert not is_word(text) or (text.isascii() and not set(text) & set(" @\n\t"))
