"""Text and Markdown as people and their editors write them."""

import pytest

from frontdesk.knowledge.extract import extract

RUSSIAN = "Товар можно вернуть за четырнадцать дней. Деньги придут на карту."
KAZAKH = "Жарамаған тауарды он төрт күн ішінде қайтаруға болады. Ақша картаға үш жұмыс күнінде түседі."


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "mac-cyrillic", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("written", [RUSSIAN, RUSSIAN.upper(), RUSSIAN.replace(". ", ".\r\n")])
def test_russian_is_read_in_small_and_capital_letters(encoding: str, written: str) -> None:
    assert extract("a.txt", written.encode(encoding)).text == written.replace("\r", "")


@pytest.mark.parametrize("encoding", ["kz1048", "ptcp154", "utf-16-le", "utf-8"])
def test_kazakh_is_read_in_its_code_pages(encoding: str) -> None:
    assert extract("a.txt", KAZAKH.encode(encoding)).text == KAZAKH


def test_a_few_letters_among_many_figures_are_evidence_enough() -> None:
    text = "SKU-1; 1000.00 KZT\n" * 500 + "Доставка бесплатна от 20000 тенге"
    assert "Доставка бесплатна" in extract("a.txt", text.encode("cp1251")).text


def test_damaged_utf8_stays_utf8_with_a_warning() -> None:
    extracted = extract("a.txt", RUSSIAN.encode() + b"\xff")
    assert RUSSIAN in extracted.text
    assert extracted.warnings


def test_a_guessed_encoding_is_told() -> None:
    [warning] = extract("a.txt", KAZAKH.encode("kz1048")).warnings
    assert "KZ-1048" in warning


def test_zero_width_characters_are_left_out_and_emoji_stay() -> None:
    assert (
        extract("a.txt", "три\u200bд\u2060цать\ufeff дней 👨\u200d👩".encode()).text
        == "тридцать дней 👨\u200d👩"
    )


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_wrapped_lines_become_sentences(name: str) -> None:
    wrapped = "Возврат возможен только\nпри наличии акта и в течение\n14 дней со дня покупки.\nВывоз стоит\n2 500 тенге."
    assert extract(name, wrapped.encode()).text == (
        "Возврат возможен только при наличии акта и в течение 14 дней со дня покупки.\nВывоз стоит 2 500 тенге."
    )


@pytest.mark.parametrize(
    "written",
    [
        "Алматы — 1 день\nАстана — 2 дня\nАктау — 5 дней",
        "- Алматы\n- Астана\n\n1. Первое\n2. Второе",
        "Цены:\n1 500 тенге — Алматы\n2 000 тенге — Астана",
        "```\nif a:\n    then b\n```",
    ],
)
def test_lines_that_are_a_list_stay_lines(written: str) -> None:
    assert extract("a.md", written.encode()).text == written
    assert extract("a.txt", written.encode()).text == written


def test_a_hard_break_stays_and_an_item_goes_on() -> None:
    text = extract("a.md", "улица Абая\\\nдом пять\n\n- первый пункт\n  и его конец\n- второй".encode()).text
    assert "Абая\\\nдом" in text
    assert "- первый пункт и его конец\n- второй" in text


def test_text_between_two_rules_is_text() -> None:
    text = extract("a.md", "---\n\nОфис закрыт.\n\n---\n\nДоставка работает.".encode()).text
    assert text.split() == ["Офис", "закрыт.", "Доставка", "работает."]


def test_front_matter_is_yaml() -> None:
    extracted = extract(
        "a.md",
        '---\ntitle: >\n  Возврат\n  без чека\nquestions: ["Как, если нет чека?", Где?]\ncategory: returns # list\n'
        "date: 2026-01-01\n---\nТекст.".encode(),
    )
    assert (extracted.title, extracted.category) == ("Возврат без чека", "returns")
    assert extracted.questions == ("Как, если нет чека?", "Где?")


def test_front_matter_that_yaml_refuses_is_read_by_lines() -> None:
    extracted = extract(
        "a.md", "---\ntitle: Возврат: без чека\nquestions:\n  - Как: так?\n---\nТекст.".encode()
    )
    assert extracted.title == "Возврат: без чека"
    assert extracted.questions == ("Как: так?",)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Чайник&nbsp;&mdash; 9&nbsp;900&nbsp;&#8376;", "Чайник — 9 900 ₸"),
        ("стоит ~~12 000~~ 9 900", "стоит  9 900"),
        ("> Цитата первая\n> и её конец", "Цитата первая и её конец"),
        ("от 5 000<sup>1</sup> тенге", "от 5 000 тенге"),
        ("AT&T &unknown; &#99999999;", "AT&T &unknown; &#99999999;"),
        ("14 дней[^1].\n\n[^1]: Кроме белья.", "14 дней (Кроме белья)."),
    ],
)
def test_entities_struck_words_and_notes_of_markdown(written: str, text: str) -> None:
    assert extract("a.md", written.encode()).text.strip() == text


def test_each_row_of_a_table_names_its_columns() -> None:
    table = "| Город | Курьер | Пункт |\n|---|:-:|---|\n| Алматы | 1 день | 1 день |\n| Актау | | 5 дней |"
    assert extract("a.md", f"Сроки:\n\n{table}\n\nКонец.".encode()).text == (
        "Сроки:\n\nГород: Алматы; Курьер: 1 день; Пункт: 1 день\nГород: Актау; Курьер: —; Пункт: 5 дней\n\nКонец."
    )


@pytest.mark.parametrize(
    "text", ["PKO cards are accepted.", "MZ is our shop.", "ID3 tags", "GIF87 is a format"]
)
def test_a_text_that_begins_like_a_file_of_another_kind_is_a_text(text: str) -> None:
    assert extract("a.txt", text.encode()).text == text
