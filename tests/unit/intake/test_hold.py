"""How long a message waits for the rest of what somebody is saying in pieces."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.intake.hold import hold

LONGEST = timedelta(seconds=1.2)
NONE = timedelta(0)


@pytest.mark.parametrize(
    "whole",
    ["How long is delivery?", "Где мой заказ?", "Тапсырысым қашан келеді?", "word " * 25, "我 的 订单？"],
)
def test_a_whole_question_or_a_long_text_does_not_wait(whole: str) -> None:
    assert hold(whole, LONGEST) == NONE


@pytest.mark.parametrize(
    "scrap", ["Hello", "Здравствуйте", "my order 54321", "Сәлем", "и ещё", "why?", "", "  "]
)
def test_a_scrap_waits_longest(scrap: str) -> None:
    assert hold(scrap, LONGEST) == LONGEST


def test_a_finished_statement_waits_less_than_one_that_goes_on() -> None:
    finished, open_ended = "I have not got my order yet.", "I have not got my order yet and"
    assert NONE < hold(finished, LONGEST) < hold(open_ended, LONGEST) < LONGEST


@given(st.text(max_size=300))
def test_nobody_waits_longer_than_the_channel_allows(text: str) -> None:
    assert NONE <= hold(text, LONGEST) <= LONGEST
    assert hold(text, NONE) == NONE
