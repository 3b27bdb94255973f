"""Figures of any text."""

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kit import figures

_PIECES = st.sampled_from(
    ["12", " 500", " тг", "–", "03.", "02.", "2026", " мая", "$", " дней", "с 10", " до ", "22:00", "%", "1,5", " млн",
     "https://a.example/1", "+7 701 000 00 01", "\n1) ", "шаг 2", "три ", "недели", "٣", "²"]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=4), max_size=25).map("".join))
def test_any_text_has_figures_that_are_shown_in_it(text: str) -> None:
    read = figures.read(text)
    assert all(number.values and number.shown for number in read.numbers)
    assert all(1 <= day.day <= 31 and 1 <= day.month <= 12 for day in read.days)
    assert figures.read(text) == read
