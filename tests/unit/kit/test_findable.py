import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kit.findable import asked_words, findable, phrase


def test_a_spelling_does_not_matter() -> None:
    meant = findable("Ёлка және төлем, iPhone 15")
    assert meant == "елка жане толем iphone 15"
    assert findable(unicodedata.normalize("NFD", "Ёлка және төлем, iPhone 15")) == meant
    assert findable("Ёл\u00adка жә\u200bне төлeм, ｉＰｈｏｎｅ 15") == meant
    assert phrase("Ёл\u00adка,  және") == "елка жане"


def test_a_phone_is_one_word_in_any_notation() -> None:
    assert findable("позвоните 8 (701) 000-00-01").split()[-1] == "77010000001"
    for spelled in ("87010000001", "8 701 000 00 01", "+7 701 000-00-01", "+7701\u2011000\u201100\u201101"):
        assert asked_words(spelled) == ["77010000001"]


def test_words_of_a_query_are_asked_for_once() -> None:
    assert asked_words("чайник Чайник, 8 701 000 00 01 протекает") == ["чайник", "77010000001", "протекает"]
    assert asked_words("%_ \\ \u200b") == []


@given(st.text(max_size=300))
def test_any_text_has_words_that_a_query_can_hold(text: str) -> None:
    for word in asked_words(text):
        assert word.isalnum()
    assert findable(findable(text)) or not findable(text)
