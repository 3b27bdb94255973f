"""What articles say differently of one subject, and what is no difference."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.knowledge.chunks import chunk
from frontdesk.knowledge.compare import MOST_FINDINGS, Compared, differences
from frontdesk.knowledge.days import day_of
from frontdesk.knowledge.findings import FindingKind


def _article(name: str, title: str, text: str, language: str = "ru") -> Compared:
    return Compared(name, title, language, chunk(text, title))


def _kinds(*articles: tuple[str, str], language: str = "ru") -> list[FindingKind]:
    made = [_article(str(at), title, text, language) for at, (title, text) in enumerate(articles)]
    return [results.kind for results in differences(made)]


@pytest.mark.parametrize(
    ("language", "first", "second", "kind"),
    [
        (
            "ru",
            ("Обмен", "Обменять обувь можно в течение 14 дней со дня покупки."),
            ("Частые вопросы", "Обувь можно обменять за 20 дней."),
            FindingKind.NUMBERS,
        ),
        (
            "ru",
            ("Склад", "Склад на окраине открыт с 10:00 до 19:00."),
            ("Контакты", "Склад на окраине открыт с 09:00 до 18:00."),
            FindingKind.NUMBERS,
        ),
        (
            "ru",
            ("Каникулы", "Курьеры отдыхают до 8 января."),
            ("О доставке", "Курьеры отдыхают до 5 января."),
            FindingKind.DATES,
        ),
        (
            "ru",
            ("Правила", "Парфюмерию обменять нельзя."),
            ("Ответы", "Парфюмерию обменять можно."),
            FindingKind.CONDITIONS,
        ),
        (
            "ru",
            ("Подъём", "Подъём на этаж бесплатный."),
            ("Тарифы", "Подъём на этаж стоит 900 тенге."),
            FindingKind.CONDITIONS,
        ),
        (
            "kk",
            ("Айырбастау", "Аяқ киімді 14 күн ішінде айырбастауға болады."),
            ("Ереже", "Аяқ киімді 10 күн ішінде айырбастауға болады."),
            FindingKind.NUMBERS,
        ),
        (
            "en",
            ("Exchanges", "Shoes can be exchanged within 14 days."),
            ("Exchange policy", "Shoes can be exchanged within a week, 7 days at most."),
            FindingKind.NUMBERS,
        ),
        (
            "ru",
            (
                "Тарифы",
                "Город: Тараз; Вес: до 5 кг; Цена: 900 тг\nГород: Тараз; Вес: до 9 кг; Цена: 1 300 тг",
            ),
            (
                "Прайс",
                "Город: Тараз; Вес: до 5 кг; Цена: 950 тг\nОстальное по запросу, звоните на склад в будни.",
            ),
            FindingKind.NUMBERS,
        ),
    ],
)
def test_what_contradicts_is_found(
    language: str, first: tuple[str, str], second: tuple[str, str], kind: FindingKind
) -> None:
    assert set(_kinds(first, second, language=language)) - {FindingKind.NEAR_EQUAL} == {kind}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Доставка в Тараз", "Курьер едет 2 дня."), ("Доставка в Орал", "Курьер едет 5 дней.")),
        (("Утюг", "Он стоит 9 000 тенге, вес 2 кг."), ("Фен", "Он стоит 7 000 тенге, вес 1 кг.")),
        (("Гарантия", "Гарантия на утюги 12 месяцев."), ("Сроки", "Гарантия на холодильники 24 месяца.")),
        (("Обмен", "Обменять обувь можно за 14 дней."), ("Ответы", "Обувь можно обменять в течение четырнадцати дней.")),
        (("Счёт", "Оплатить заказ можно картой не позднее 3 дней."), ("Ещё", "Оплатить заказ картой можно за 3 дня.")),
    ],
)  # fmt: skip
def test_what_is_of_two_things_or_agrees_is_none(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert _kinds(first, second) == []


def test_doubles_are_told_once_and_near_ones_apart() -> None:
    text = "Мы моем окна в домах и квартирах по будням с утра до вечера, цену назовём после осмотра."
    assert _kinds(
        ("Окна", text), ("Окна", text.replace("окна", "ок\u00adна")), ("Окна", text + " Звоните.")
    ) == [
        FindingKind.EQUAL,
        FindingKind.NEAR_EQUAL,
    ]


def test_languages_of_one_article_are_compared_by_their_figures() -> None:
    articles = [
        _article("fee", "Плата", "Аренда зала стоит 5 000 тенге в час."),
        _article("fee", "Төлем", "Залды жалға алу сағатына 6 000 теңге.", "kk"),
        _article("fee", "Fee", "Renting the hall costs 5,000 tenge an hour.", "en"),
    ]
    results = [(each.first, each.second, each.detail) for each in differences(articles)]
    assert results == [(0, 1, "KZT: 5000 / KZT: 6000"), (1, 2, "KZT: 6000 / KZT: 5000")]


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=200)), max_size=6))
def test_any_articles_can_be_compared(articles: list[tuple[str, str]]) -> None:
    assert len(_kinds(*articles)) <= MOST_FINDINGS


def test_many_alike_articles_are_compared_in_bounded_work() -> None:
    many = [(f"Лампа {at}", f"Лампа светит {at} часов и стоит {at}00 тенге.") for at in range(300)]
    assert len(_kinds(*many)) <= MOST_FINDINGS


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-12-31", "2026-12-31"), (" 31.12.2026 ", "2026-12-31"), ("2026-02-30", None), ("soon", None)],
)
def test_a_day_is_read_as_people_write_it(text: str, day: str | None) -> None:
    assert day_of(text) == (date.fromisoformat(day) if day else None)
