import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.llm.redact import PLACEHOLDER, Redactor, hold_back

PRIVATE = {
    "phone": ["+7 701 123 45 67", "8 (701) 123-45-67", "87011234567", "+44 20 7946 0958"],
    "email": ["a.b+c@mail.example", "аигерим@почта.example"],
    "card": ["4111 1111 1111 1111", "4111-1111-1111-1111", "5500005555555559"],
    "iban": ["KZ86 125K ZT50 0410 0100", "GB82WEST12345698765432"],
}
PIECES = st.one_of(
    st.text(max_size=20),
    st.sampled_from([value for values in PRIVATE.values() for value in values]),
    st.from_regex(PLACEHOLDER, fullmatch=True),
    st.sampled_from(["[", "]", "[phone_", "_1]", "54321", " "]),
)


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in PRIVATE.items() for value in values]
)
def test_hides_private_data_and_names_its_kind(kind: str, value: str) -> None:
    hidden = Redactor().redact(f"Мои данные: {value}, спасибо.")
    assert value not in hidden
    assert hidden == f"Мои данные: [{kind}_1], спасибо."


AS_TYPED = [
    ("card", "4111\u00a01111\u00a01111\u00a01111"),
    ("card", "4111  1111  1111  1111"),
    ("card", "4111‑1111‑1111‑1111"),
    ("card", "4111.1111.1111.1111"),
    ("card", "４１１１１１１１１１１１１１１１"),
    ("card", "4111 1111\n1111 1111"),
    ("phone", "+7\u2009701\u2009123\u200945\u200967"),
    ("phone", "77011234567"),
    ("phone", "7 701 123 45 67"),
    ("phone", "701 123 45 67"),
    ("phone", "8/701/1234567"),
    ("phone", "8.701.123.45.67"),
    ("phone", "+7 701 123 45 67 доб. 12"),
    ("phone", "007 701 123 45 67"),
    ("phone", "998901234567"),
    ("phone", "8 7 0 1 1 2 3 4 5 6 7"),
    ("iban", "KZ86\u00a0125K\u00a0ZT50\u00a00410\u00a00100"),
    ("iban", "kz86-125k-zt50-0410-0100"),
    ("iban", "КZ86125KZT5004100100"),
    ("email", "a.b (собака) mail.example"),
    ("email", "a.b [at] mail [dot] example"),
    ("passport", "N 12345678"),
]


@pytest.mark.parametrize(("kind", "value"), AS_TYPED)
def test_hides_private_data_however_it_is_typed(kind: str, value: str) -> None:
    redactor = Redactor()
    text = f"Вот: {value}, спасибо."
    hidden = redactor.redact(text)
    assert hidden == f"Вот: [{kind}_1], спасибо."
    assert redactor.restore(hidden) == text


def test_a_personal_number_needs_its_check_digit() -> None:
    assert Redactor().redact("ИИН 900101 300 017") == "ИИН [person_number_1]"
    assert Redactor().redact("ИИН 900101 300 010") == "ИИН 900101 300 010"


def test_a_passport_is_hidden_where_it_is_named_one() -> None:
    assert Redactor().redact("паспорт 4509 123456 выдан") == "паспорт [passport_1] выдан"
    assert Redactor().redact("код 4509 123456") == "код 4509 123456"


def test_what_a_tag_divides_or_holds_is_hidden() -> None:
    hidden = Redactor().redact(
        '<b>8&nbsp;701</b>&nbsp;123&nbsp;45&nbsp;67 <a href="mailto:me@mail.example">me</a>'
    )
    assert "701" not in hidden
    assert "me@mail" not in hidden


@pytest.mark.parametrize(
    "text",
    [
        "заказ 7701123456",
        "трек 87011234567",
        "700 000 000 тенге и 7 000 000 000 тенге",
        "артикул 4111111111111112",
        "Where is order 54321?",
        "заказ №100200300",
        "tracking KZ1234567890",
        "24 990 ₸ и 1 500 ₸",
        "2026-11-21, 14:30",
        "1234 5678 9012 3456",  # no card: the check digit is wrong
        "Доставка 3–5 рабочих дней",
    ],
)
def test_leaves_order_numbers_amounts_and_dates_readable(text: str) -> None:
    assert Redactor().redact(text) == text


@given(st.lists(PIECES, max_size=8).map("".join))
def test_what_is_hidden_comes_back_exactly(text: str) -> None:
    redactor = Redactor()
    assert redactor.restore(redactor.redact(text)) == text


@given(st.lists(PIECES, max_size=5).map("".join), st.lists(PIECES, max_size=5).map("".join))
def test_several_texts_share_one_table(first: str, second: str) -> None:
    redactor = Redactor()
    hidden = [redactor.redact(first), redactor.redact(second)]
    assert [redactor.restore(text) for text in hidden] == [first, second]


def test_the_same_value_keeps_its_placeholder() -> None:
    redactor = Redactor()
    assert redactor.redact("a@b.example") == redactor.redact("a@b.example")


def test_a_typed_placeholder_names_no_other_value() -> None:
    redactor = Redactor()
    redactor.redact("my phone is +7 701 123 45 67")
    hidden = redactor.redact("and what is [phone_1]?")
    assert "[phone_1]" not in hidden
    assert "701" not in redactor.restore(hidden)


@given(st.text(alphabet=string.ascii_letters + "[]_ 0123456789", max_size=60))
def test_a_growing_reply_never_shows_half_a_placeholder(text: str) -> None:
    redactor = Redactor()
    name = redactor.redact("+7 701 123 45 67")
    whole = f"{text.replace('[', '(')} call {name} now"
    shown = ""
    for end in range(len(whole) + 1):
        growing = redactor.restore(hold_back(whole[:end]))
        assert growing.startswith(shown)
        assert "[" not in growing
        shown = growing
    assert shown == redactor.restore(whole)


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "1" * 100_000, "a." * 50_000, "+7 " * 30_000, "[card_" * 15_000]
)
def test_a_huge_nonsense_text_costs_no_time(text: str) -> None:
    started = time.perf_counter()
    redactor = Redactor()
    assert redactor.restore(redactor.redact(text)) == text
    assert time.perf_counter() - started < 5
