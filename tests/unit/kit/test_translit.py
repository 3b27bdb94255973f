import pytest

from frontdesk.kit.translit import in_cyrillic


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("Skolko stoit dostavka?", "ru", "сколко стоит доставка?"),
        ("moi zakaz", "ru", "мои заказ"),
        ("tapsyrysty kalai kaitaramyn", "kk", "тапсырысты калай кайтарамын"),
        ("how much is it", "en", "how much is it"),
        ("Оплата Kaspi QR", "ru", "Оплата Kaspi QR"),
    ],
)
def test_a_text_all_in_latin_letters_is_put_into_cyrillic(typed: str, language: str, meant: str) -> None:
    assert in_cyrillic(typed, language) == meant


def test_words_that_are_known_stay_latin() -> None:
    assert in_cyrillic("est li iPhone v nalichii", "ru", {"iphone"}.__contains__) == "ест ли iphone в наличии"
