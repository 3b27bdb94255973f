import pytest

from frontdesk.understanding.local.language import detect
from frontdesk.understanding.local.text import view


def _language(text: str, hint: str | None = None) -> str:
    read = view(text)
    return detect(read.clean, read.words, hint, "ru")[0]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Где мой заказ?", "ru"),
        ("чек нужен", "ru"),
        ("Купил в Өскемен телефон, не могу включить его, помогите", "ru"),
        ("Тапсырысым қайда?", "kk"),
        ("тапсырысым кайда", "kk"),
        ("заказым кашан келеди", "kk"),
        ("рахмет", "kk"),
        ("tapsyrysym qaida", "kk"),
        ("gde moi zakaz", "ru"),
        ("Where is my order?", "en"),
        ("refund", "en"),
        ("ok thanks", "en"),
        ("Wo ist meine Bestellung? Ich warte seit einer Woche.", "de"),
        ("Siparişim nerede, bir haftadır bekliyorum", "tr"),
        ("Добрий день, де моє замовлення? Чекаю вже тиждень.", "uk"),
        ("我的订单在哪里", "zh"),
    ],
)
def test_language_is_told_from_few_words(text: str, language: str) -> None:
    assert _language(text) == language


@pytest.mark.parametrize("text", ["", "12345", "😀😀", "?!", "1", "Samsung"])
def test_the_hint_decides_where_the_text_does_not_tell(text: str) -> None:
    assert _language(text, "kk") == "kk"


def test_without_letters_and_hint_the_default_is_taken() -> None:
    assert _language("12345") == "ru"
