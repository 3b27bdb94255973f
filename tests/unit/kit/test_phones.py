from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kit.phones import e164, find_phones


@pytest.mark.parametrize(
    "typed",
    [
        "8 705 111 22 33", "+7\u00a0705\u2011111\u201122\u201133", "\u202a+77051112233\u202c", "8/705/1112233",
        "8 (705) 111-22-33 вн. 4", "7051112233", "+７ 705 111 22 33",
    ],
)  # fmt: skip
def test_a_phone_has_one_form_in_any_notation(typed: str) -> None:
    assert e164(typed) == "+77051112233"


@pytest.mark.parametrize(
    "typed", ["", "101", "тел. 8 705 111 22 33", "8 705 111 22 33 и 34", "заказ 87051112233"]
)
def test_what_is_more_or_less_than_a_phone_has_none(typed: str) -> None:
    assert e164(typed) is None


@given(
    st.lists(
        st.sampled_from(["+", "8", "7 ", "701", "(", ")", "-", "/", " ", "\n", "доб. 1", "заказ ", "00"]),
        max_size=40,
    )
)
def test_phones_of_any_text_stand_in_it_and_do_not_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    phones = list(find_phones(text))
    assert all(first.end <= second.start for first, second in pairwise(phones))
    assert all(phone.number[1:].isdigit() and text[phone.start : phone.end].strip() for phone in phones)


@pytest.mark.parametrize("piece", ["8(", "1 ", "+7 701 ", "8 701 000 00 01 "])
def test_a_huge_nonsense_text_costs_little(piece: str) -> None:
    assert sum(1 for _ in find_phones(piece * (8_000 // len(piece)))) < 8_000
