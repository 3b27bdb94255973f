"""Texts typed on the other keyboard layout are read as they were meant, and no others are touched."""

import pytest

from frontdesk.kit.plain import plain
from frontdesk.understanding.local.corpus import utterances
from frontdesk.understanding.local.reader import LocalReader

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("rjulf ghbtltn pfrfp", "когда приедет заказ"),
        ("Z [jxe dthyenm ltymub", "Я хочу вернуть деньги"),
        ("'nj hf,jnftn&", "это работает?"),
        ("cgfcb,j!", "спасибо!"),
        ("rfr dthyenm njdfh? cgfcb,j", "как вернуть товар? спасибо"),
        ("nfgcshscsv rfqlf", "тапсырысым кайда"),
        ("цруку шы ьн щквук", "where is my order"),
        ("rjulf ghbtltn pfrfp 54321", "когда приедет заказ 54321"),
    ],
)
def test_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert plain(typed).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "HDMI cable?", "MSI RTX GTX", "XLSX CSV PDF", "qwerty", "https", "JBL", "Kcell tcl bq", "ty", "QR NFC SSD",
        "tapsyrysym qashan keledi", "gde moi zakaz", "Wo ist mein Paket? Ich warte schon lange", "Siparişim nerede",
        "gdzie jest moja paczka", "rjulf ghbtltn мой заказ", "rjulf@ghbtltn.example", "https://rjulf.example/ghbtltn",
        "Zażółć gęślą jaźń", "где мой заказ", "ұялы телефон", "Дзякуй вялікі", "де моє замовлення", "",
    ],
)  # fmt: skip
def test_what_makes_words_or_none_either_way_stays(text: str) -> None:
    assert plain(text).text == text


def test_a_long_text_stays() -> None:
    assert plain("rjulf ghbtltn pfrfp " * 20).text.startswith("rjulf")


def test_places_lead_to_the_original() -> None:
    typed = "rjulf  ghbtltn pfrfp"
    meant = plain(typed)
    at = meant.text.index("заказ")
    assert typed[slice(*meant.span(at, at + 5))] == "pfrfp"


def test_every_russian_line_is_read_and_no_english_one_is_touched() -> None:
    """A stop at a word's end may be its last letter: there a line in twenty is read with a stop."""
    russian = [
        utterance.text.lower()
        for utterance in utterances()
        if utterance.language == "ru" and len(utterance.text) > 8
    ]
    pure = [text for text in russian if all(letter in _CYRILLIC or letter == " " for letter in text)][:400]
    read = [
        plain(text.translate(str.maketrans(_CYRILLIC, _LATIN))).text.replace("ё", "е")
        == text.replace("ё", "е")
        for text in pure
    ]
    assert len(read) == 400
    assert sum(read) >= 0.93 * len(read)
    english = [utterance.text for utterance in utterances() if utterance.language == "en"]
    assert not any("о" in plain(text).text for text in english if text.isascii())


def test_the_reader_understands_it() -> None:
    reading = LocalReader().analyse("rfr c,hjcbnm gfhjkm")
    assert (reading.language, str(reading.category)) == ("ru", "account")
