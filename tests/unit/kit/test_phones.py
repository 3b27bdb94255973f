import pytest

from frontdesk.kit.phones import e164


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
