"""Words, stems, concepts and languages, as retrieval sees them."""

import pytest

from frontdesk.knowledge import analysis, kazakh
from frontdesk.knowledge.concepts import concepts
from frontdesk.knowledge.language import detect, guess


def test_thousands_are_one_number_however_they_are_written() -> None:
    assert analysis.words("30 000 ₸, 30,000 and 30\u00a0000") == ["30000", "30000", "and", "30000"]


def test_kazakh_typed_on_a_russian_keyboard_has_the_same_words() -> None:
    assert analysis.words("Жеткізу құны қанша?") == analysis.words("жеткизу куны канша")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "deliveries", "delivery"),
        ("ru", "доставке", "доставки"),
        ("ru", "возвратом", "возврата"),
        ("kk", "тапсырыстарымыздан", "тапсырыс"),
        ("kk", "төлемді", "төлеммен"),
        ("kk", "дүкендерден", "дүкен"),
        ("ru", "smartphones", "smartphone"),
    ],
)
def test_inflections_share_a_stem(language: str, one: str, other: str) -> None:
    [first], [second] = analysis.stems(one, language), analysis.stems(other, language)
    assert first == second


def test_a_kazakh_stem_keeps_three_letters() -> None:
    assert all(len(kazakh.stem(word)) >= 3 for word in ("алады", "бардын", "сатады", "уйлер"))


def test_stop_words_are_left_out_unless_nothing_else_is_there() -> None:
    assert analysis.stems("how do I return it", "en") == ["how", "return"]
    assert analysis.stems("что это", "ru") != []


def test_a_phrase_counts_only_together() -> None:
    assert "price" in concepts("Сколько стоит доставка?", "ru")
    assert "price" not in concepts("Сколько вас?", "ru")


def test_concepts_are_the_same_in_the_three_languages() -> None:
    asked = {"en": "Can I return it?", "ru": "Можно ли вернуть?", "kk": "Қайтаруға бола ма?"}
    assert all("return" in concepts(text, language) for language, text in asked.items())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order?", "en"),
        ("Где мой заказ?", "ru"),
        ("Тапсырысым қайда?", "kk"),
        ("тапсырысымды кашан акеледи", "kk"),
        ("жеткизу канша турады", "kk"),
        ("когда привезут холодильник", "ru"),
        ("iPhone 15 қашан келеді", "kk"),
        ("12345", "ru"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    assert detect(text) == language


def test_a_guess_without_letters_is_not_sure() -> None:
    assert guess("??? 123") == (None, False)
