import pytest

from frontdesk.understanding.local.language import detect
from frontdesk.understanding.local.letters import LANGUAGES, leaning, shipped
from frontdesk.understanding.local.text import view
from frontdesk.understanding.local.train_letters import data_hash


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
        ("Съобщиха, че пратката е изпратена, но телефонът още не е пристигнал.", "bg"),
        ("Заказым әлі килмәде, кайчан була ул, әйтегез әле миңа зинһар", "tt"),
        # General words, none of them of a shop
        ("жасалды", "kk"),
        ("барлық тауларды", "kk"),
        ("станцияларда", "kk"),
        ("олардан кейин", "kk"),
        ("станциях", "ru"),
        ("мимо старой мельницы", "ru"),
        ("исследователи полагают", "ru"),
        ("rather narrow valleys", "en"),
        ("double charge", "en"),
        # Without Kazakh letters, mixed, in Latin letters
        ("тауарды кайтарып бергим келеди", "kk"),
        ("промокод неге жұмыс істемейді", "kk"),
        ("возврат жасайын деп едим", "kk"),
        ("aqshamdy qashan qaitarasyzdar", "kk"),
        ("zhdu uzhe desyat dnei", "ru"),
        ("verni moi dengi", "ru"),
        ("thank u guys, love it", "en"),
        ("salem", "kk"),
    ],
)
def test_language_is_told_from_few_words(text: str, language: str) -> None:
    assert _language(text) == language


@pytest.mark.parametrize("text", ["", "12345", "😀😀", "?!", "1", "Samsung"])
def test_the_hint_decides_where_the_text_does_not_tell(text: str) -> None:
    assert _language(text, "kk") == "kk"


def test_without_letters_and_hint_the_default_is_taken() -> None:
    assert _language("12345") == "ru"


@pytest.mark.parametrize(("hint", "language"), [(None, "ru"), ("ru", "ru"), ("kk", "kk")])
def test_a_name_that_both_languages_write_alike_is_in_the_expected_one(
    hint: str | None, language: str
) -> None:
    assert _language("Алматы", hint) == language


def test_the_letters_of_a_word_it_has_not_seen_tell_its_language() -> None:
    for word, language in [("snorkelling", "en"), ("бұлдырықтардың", "kk"), ("закорючками", "ru")]:
        values = leaning(word)
        assert max(values) == values[LANGUAGES.index(language)]


def test_the_letter_model_is_made_of_the_data_beside_it() -> None:
    assert shipped().data_hash == data_hash(), "run: python -m frontdesk.understanding.local.train_letters"
