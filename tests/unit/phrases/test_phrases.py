import string
from datetime import date

import pytest

from frontdesk.phrases import LANGUAGES, keys, say, say_date, say_duration, say_on, supported_language
from frontdesk.phrases.say import _texts
from frontdesk.store.order import OrderStatus
from frontdesk.terms import EscalationReason

TODAY = date(2026, 4, 1)


def _wants(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", keys())
def test_every_sentence_exists_in_three_languages_and_differs(key: str) -> None:
    texts = _texts()[key]
    assert set(texts) == set(LANGUAGES)
    assert len({text.strip() for text in texts.values()}) == 3


@pytest.mark.parametrize("key", [key for key in keys() if not key.startswith("order.eta")])
def test_the_three_texts_of_a_key_take_the_same_values(key: str) -> None:
    assert len({frozenset(_wants(text)) for text in _texts()[key].values()}) == 1


def test_there_is_a_sentence_for_each_reason_and_each_order_status() -> None:
    for reason in EscalationReason:
        assert say(f"escalation.{reason.value}", "kk")
    for status in OrderStatus:
        assert "54321" in say(f"order.{status.value}", "ru", number="54321")


def test_a_language_the_desk_does_not_speak_gets_the_default_one() -> None:
    assert supported_language("kk-KZ") == "kk"
    assert supported_language("de", "en") == "en"
    assert supported_language(None) == "ru"
    assert say("hello", "fr") == say("hello", "ru")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no.such.key", "ru")


def test_dates_are_said_as_people_say_them() -> None:
    day = date(2026, 3, 14)
    assert say_date(day, "ru", TODAY) == "14 марта"
    assert say_on(day, "en", TODAY) == "on 14 March"
    assert say_on(day, "kk", TODAY) == "14 наурызда"
    assert say_on(date(2026, 4, 2), "kk", TODAY) == "ертең"
    assert say_date(date(2027, 3, 14), "ru", TODAY) == "14 марта 2027 года"
    assert say_date(date(2027, 3, 14), "kk", TODAY) == "2027 жылғы 14 наурыз"


@pytest.mark.parametrize(
    ("minutes", "language", "phrase"),
    [(15, "ru", "15 минут"), (60, "ru", "1 часа"), (120, "ru", "2 часов"), (21, "ru", "21 минуты"),
     (60, "en", "1 hour"), (30, "en", "30 minutes"), (120, "kk", "2 сағат")],
)  # fmt: skip
def test_spans_of_time_stand_after_within(minutes: int, language: str, phrase: str) -> None:
    assert say_duration(minutes, language) == phrase
