from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.terms import EntityType
from frontdesk.tickets.reading import Entity
from frontdesk.understanding.local.entities import find_entities
from frontdesk.understanding.local.text import HEAD, TAIL, view

TODAY = date(2026, 4, 1)
_SHORT = {"order_number": "order", "tracking_number": "track"}


def _cases() -> list[tuple[str, str]]:
    """`expected entities | text`, a case a line; `-` expects none."""
    lines = Path(__file__).with_name("entity_cases.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" | ", 1) for line in lines if line and not line.startswith("#"))
    return [(text, expected) for expected, text in pairs]


def _entities(text: str) -> tuple[Entity, ...]:
    entities = find_entities(view(text), TODAY)
    for entity in entities:
        assert text[entity.start : entity.end] == entity.text
    return entities


def _values(text: str, kind: EntityType) -> list[str]:
    return [entity.value for entity in _entities(text) if entity.type is kind]


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_customers_texts_name_exactly_these_things(text: str, expected: str) -> None:
    named = sorted(f"{_SHORT.get(e.type, e.type)}={e.value}{e.currency or ''}" for e in _entities(text))
    assert named == ([] if expected == "-" else sorted(expected.split(";")))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Where is order #54321?", ["54321"]),
        ("заказ № ORD-20418 не пришёл", ["ORD-20418"]),
        ("54321 нөмірлі тапсырысым қайда", ["54321"]),
        ("orders 54321 and 54322 are late", ["54321", "54322"]),
        ("Заказывал 15 марта, номер 88213", ["88213"]),
        ("54321", ["54321"]),
        ("my order is 2 days late", []),
        ("заказ 2024 года", []),
        ("заказ на 45 000 тг от 14.03.2026", []),
        ("ticket T-000123", []),
        ("apartment No 4512", []),
    ],
)
def test_order_numbers_are_taken_as_written_without_the_sign(text: str, numbers: list[str]) -> None:
    assert _values(text, EntityType.ORDER_NUMBER) == numbers


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("списали 45 000 ₸", [("45000", "KZT")]),
        ("45000тг", [("45000", "KZT")]),
        ("200 мың теңге", [("200000", "KZT")]),
        ("5 тыс. тенге и $19.99", [("5000", "KZT"), ("19.99", "USD")]),
        ("KZT 45,000", [("45000", "KZT")]),
        ("19,99 €", [("19.99", "EUR")]),
        ("1.5 млн тенге", [("1500000", "KZT")]),
        ("300 рублей", [("300", "RUB")]),
        ("128 GB, 5 кг", []),
    ],
)
def test_amounts_are_decimals_with_their_currency(text: str, amounts: list[tuple[str, str]]) -> None:
    read = [(e.value, e.currency) for e in _entities(text) if e.type is EntityType.AMOUNT]
    assert read == amounts


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("14 March 2026", ["2026-03-14"]),
        ("on May 3rd", ["2026-05-03"]),
        ("от 14.03.2026 г.", ["2026-03-14"]),
        ("2026 жылғы 14 наурыздағы сатып алу", ["2026-03-14"]),
        ("3 мамырда", ["2026-05-03"]),
        ("5 марта и 2026-02-01", ["2026-03-05", "2026-02-01"]),
        ("31 февраля", []),
        ("сегодня же", []),
        ("may I return 5 marks", []),
    ],
)
def test_dates_are_iso_and_only_named_days_count(text: str, dates: list[str]) -> None:
    assert _values(text, EntityType.DATE) == dates


def test_phones_are_e164_emails_lower_case_tracking_numbers_kept() -> None:
    text = "Звоните 8 (701) 123-45-67, пишите Anna.K@Mail.Example, трек-номер AX000054321KZ"
    assert [(e.type, e.value) for e in _entities(text)] == [
        (EntityType.PHONE, "+77011234567"),
        (EntityType.EMAIL, "anna.k@mail.example"),
        (EntityType.TRACKING_NUMBER, "AX000054321KZ"),
    ]


def test_card_numbers_are_not_phones() -> None:
    assert _values("card 4111 1111 1111 1111", EntityType.PHONE) == []


def test_products_need_a_brand() -> None:
    assert _values("Мой холодильник Samsung RB34 шумит", EntityType.PRODUCT) == ["Samsung RB34"]
    assert _values("the headphones are good", EntityType.PRODUCT) == []


def test_spans_hold_in_html_and_at_the_end_of_a_long_text() -> None:
    assert _values("<p>order <b>#54321</b></p>", EntityType.ORDER_NUMBER) == ["54321"]
    text = "x " * (HEAD + TAIL) + " order 54321"
    assert _values(text, EntityType.ORDER_NUMBER) == ["54321"]


_PIECES = st.sampled_from(
    [
        "заказ ",
        "#",
        "№ ",
        "54321",
        " - ",
        "/",
        ".",
        "03",
        "2026",
        "$",
        " тг",
        "млн ",
        "трек ",
        "@",
        "<a@b.example>",
        "١٢٣",
    ]
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_any_mix_of_signs_and_numbers_gives_entities_that_do_not_overlap(text: str) -> None:
    entities = _entities(text)
    assert all(first.end <= second.start for first, second in pairwise(entities))


def test_a_model_goes_on_after_a_line_that_its_width_has_ended() -> None:
    wrapped = "Мы вчера купили у вас новый Lenovo\nLegion 5 и он не включается, что\nнам делать?"
    assert _values(wrapped, EntityType.PRODUCT) == ["Lenovo Legion 5"]
    assert _values("LG OLED55\nGalaxy S23\n", EntityType.PRODUCT) == ["LG OLED55", "Galaxy S23"]
    assert _values("хочу холодильник LG\nSamsung не предлагать, пожалуйста, никогда", EntityType.PRODUCT) == [
        "LG",
        "Samsung",
    ]
