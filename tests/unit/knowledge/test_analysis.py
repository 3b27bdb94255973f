"""Words, stems, concepts and languages, as retrieval sees them."""

from importlib.resources import files

import pytest

from frontdesk.knowledge import analysis, kazakh
from frontdesk.knowledge.concepts import concepts, shop_words
from frontdesk.knowledge.language import detect, guess
from frontdesk.knowledge.stopwords import STOP_WORDS


def test_thousands_are_one_number_however_they_are_written() -> None:
    assert analysis.words("30 000 ₸, 30,000 and 30\u00a0000") == ["30000", "30000", "and", "30000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Galaxy A55 128", ["galaxy", "a55", "128"]),
        ("Redmi 12 256 или 512", ["redmi", "12", "256", "или", "512"]),
        ("память 8 256 ГБ", ["память", "8", "256", "гб"]),
        ("12 256 тенге", ["12256", "тенге"]),
        ("от 10 000 до 1 200 000", ["от", "10000", "до", "1200000"]),
        ("128,256,512 GB", ["128", "256", "512", "gb"]),
    ],
)
def test_only_the_parts_of_one_number_are_joined(text: str, expected: list[str]) -> None:
    assert analysis.words(text) == expected


@pytest.mark.parametrize("word", ["қызметі", "қызметi", "қыз\u00adметі", "ҚЫЗМЕТІ", "қы\u200bзметі"])
def test_look_alikes_and_hidden_characters_do_not_make_another_word(word: str) -> None:
    assert analysis.words(f"{word} керек") == ["кызмети", "керек"]


def test_kazakh_typed_on_a_russian_keyboard_has_the_same_words() -> None:
    assert analysis.words("Жеткізу құны қанша?") == analysis.words("жеткизу куны канша")


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("en", "deliveries", "delivery"),
        ("ru", "доставке", "доставки"),
        ("ru", "возвратом", "возврата"),
        ("ru", "подарок", "подарков"),
        ("ru", "кошелёк", "кошельки"),
        ("ru", "рубашек", "рубашка"),
        ("ru", "ковёр", "ковры"),
        ("kk", "тапсырыстарымыздан", "тапсырыс"),
        ("kk", "төлемді", "төлеммен"),
        ("kk", "дүкендерден", "дүкен"),
        ("kk", "кітабымызды", "кітап"),
        ("kk", "тілегіңіз", "тілек"),
        ("kk", "қабағы", "қабақ"),
        ("ru", "smartphones", "smartphone"),
    ],
)
def test_inflections_share_a_stem(language: str, word: str, other: str) -> None:
    assert analysis.stems(word, language) == analysis.stems(other, language)


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
    ("language", "text", "concept"),
    [
        ("en", "Can I spread the cost over a few months?", "instalment"),
        ("en", "the thing never showed up", "late"),
        ("ru", "кассир потребовал всю сумму, а мне бы частями", "instalment"),
        ("ru", "перестаньте слать мне письма", "subscribe"),
        ("ru", "привезли не то, что я брал", "wrong_item"),
        ("kk", "ақшам қашан түседі", "refund"),
        ("kk", "алғым келмей қалды", "cancel"),
        ("kk", "тоңазытқыштың есігі майысып келді", "damaged"),
    ],
)
def test_a_concept_is_heard_in_everyday_words(language: str, text: str, concept: str) -> None:
    assert concept in concepts(text, language)


def test_every_concept_of_the_list_is_spoken_of_in_the_three_languages() -> None:
    lines = files("frontdesk.knowledge").joinpath("concepts.txt").read_text(encoding="utf-8").splitlines()
    held = [line for line in lines if line and not line.startswith("#")]
    names, spoken = held[::4], [line[:5] for line in held if line.startswith(" ")]
    assert len(names) == len(set(names)) > 90
    assert not any(name.startswith(" ") for name in names)
    assert spoken == ["  en:", "  ru:", "  kk:"] * len(names)


@pytest.mark.parametrize("language", sorted(STOP_WORDS))
def test_words_without_a_subject_speak_of_few_concepts(language: str) -> None:
    heard = {word for word in STOP_WORDS[language] if concepts(word, language)}
    assert len(heard) <= 3


def test_words_of_the_shop_are_told_from_the_others() -> None:
    assert shop_words("Когда вернут деньги за Чингисхана?", "ru") == {"когда", "вернут", "деньги"}
    assert shop_words("Сколько вас?", "ru") == set()


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
