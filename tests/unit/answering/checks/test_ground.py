import time
from datetime import date

import pytest

from frontdesk.answering.checks.ground import Basis, unsupported

POLICY = (
    "Доставка в Шымкент занимает 3–5 рабочих дней и стоит 1 500 ₸, от 25 000 тенге она бесплатная. "
    "Мы работаем с 9:00 до 21:00. Вернуть товар можно за 14 дней. "
    "Телефон +7 727 123 45 67, help@shop.example."
)
ORDER = "order number: 54321\nplaced: 2026-11-14\nexpected delivery: 2026-11-23\ntotal: 89990.00 KZT"
SAID = "Где заказ 54321? Я купил 2 чайника, мне обещали скидку 50% и доставку за 1 день. "
SAID += "Пишите на me@mail.example"
TODAY = date(2026, 11, 21)


def missing(reply: str, *, asks: bool = False) -> tuple[str, ...]:
    return unsupported(reply, Basis.of((POLICY, ORDER), SAID), today=TODAY, asks=asks)


@pytest.mark.parametrize(
    "reply",
    [
        "Доставка в Шымкент — 3-5 рабочих дней, 1500 тг.",
        "Delivery takes three to five business days and costs 1,500 KZT.",
        "Жеткізу 3–5 жұмыс күні, құны 1 500 ₸, 25 000 ₸ бастап тегін.",
        "Заказ 54321 приедет 23 ноября.",
        "Тапсырыс 23 қараша күні келеді.",
        "It is expected on November 23, 2026.",
        "It is expected on the 23rd of November.",
        "Ожидается 23.11.2026, то есть 23.11.",
        "Послезавтра, 23 ноября.",
        "Вернуть можно за четырнадцать дней.",
        "Мы работаем с 09:00 до 21:00.",
        "Сумма заказа 89 990 ₸.",
        "Позвоните: 8 727 123-45-67 или напишите на help@shop.example.",
        "Вы купили 2 чайника.",
        "1. Откройте сайт.\n2. Выберите товар.",
        "Feel free to ask.",
        "Написано: «доставка в Шымкент занимает 3–5 рабочих дней».",
        "Мы ответим на me@mail.example.",
    ],
)
def test_accepts_what_the_sources_say_in_other_words(reply: str) -> None:
    assert missing(reply) == ()


@pytest.mark.parametrize(
    ("reply", "fact"),
    [
        ("Доставка занимает 2 дня.", "2 дн"),
        ("Delivery takes two days.", "two"),
        ("Доставка стоит 1 200 ₸.", "1 200 ₸"),
        ("Your discount is 50%.", "50%"),
        ("Доставка за 1 день.", "1 ден"),
        ("Заказ приедет 24 ноября.", "24 ноября"),
        ("It arrives on 2026-11-25.", "2026-11-25"),
        ("Тапсырыс 25 қараша күні келеді.", "25 қараша"),
        ("It comes tomorrow.", "tomorrow"),
        ("Заказ привезут завтра.", "завтра"),
        ("Мы работаем до 23:00.", "23:00"),
        ("Позвоните: +7 701 000 11 22.", "tel 7010001122"),
        ("See https://elsewhere.example/refund", "elsewhere.example/refund"),
        ("На товар есть гарантия.", "guarantee"),
        ("Мы вернём деньги.", "refund"),
        ("Қоймада бар.", "in stock"),
        ("Как сказано: «вернём всё в двойном размере сразу».", "«вернём всё в двойном размере сразу»"),
        ("Сумма заказа 89 991 ₸.", "89 991 ₸"),
    ],
)
def test_names_what_no_source_says(reply: str, fact: str) -> None:
    assert fact in missing(reply)


TERMS = (
    "Самовывоз хранится 5 дней. Гарантия на чайники 36 месяцев. Возврат принимаем 21 день. Скидка 7 %. "
    "Рассрочка на 4, 8 или 10 месяцев. Посылки до 15 кг, 12 500 ₸ за место. Ремонт за 20 рабочих дней. "
    "Открыто с 11:00 до 20:30. Подробнее: https://rules.shop.example/pickup."
)


@pytest.mark.parametrize(
    "reply",
    [
        "Возврат 15 дней.",
        "Гарантия 10 лет.",
        "Гарантия 8 месяцев.",
        "Рассрочка на 36 месяцев.",
        "We offer instalments for 36 months.",
        "Скидка 15 %.",
        "Скидка 20 %.",
        "Стоит 5 ₸.",
        "Самовывоз 12 500 дней.",
        "Открыто с 10 до 20.",
        "Подробнее на other.example.",
    ],
)
def test_a_number_of_something_else_bears_nothing(reply: str) -> None:
    assert unsupported(reply, Basis.of((TERMS,)), today=TODAY)


@pytest.mark.parametrize(
    "reply",
    [
        "Вернуть можно за 21 день.",
        "Чайник на гарантии 36 месяцев.",
        "The warranty is 36 months.",
        "Рассрочка на 4 месяца.",
        "Бөліп төлеу 8 айға.",
        "Открыто с 11 до 20.30.",
        "Открыто с 11.00.",
        "Шаг 3. Оплатите.",
        "Step 2: choose a shop.",
        "Смотрите rules.shop.example.",
        "Место стоит 12\u2009500 тенге, не тяжелее 15 кг.",
        "Ремонт занимает 20 дней.",
    ],
)
def test_the_same_number_of_the_same_thing_is_borne(reply: str) -> None:
    assert unsupported(reply, Basis.of((TERMS,)), today=TODAY) == ()


def test_a_question_back_claims_nothing_but_may_not_invent_figures() -> None:
    assert missing("Do you want a refund or an exchange?", asks=True) == ()
    assert missing("Do you want a refund of 5 000 ₸?", asks=True) == ("5 000 ₸",)


def test_the_customers_own_promise_is_no_source() -> None:
    assert "50%" in missing("Да, ваша скидка 50%.")


def test_a_claim_without_any_source_is_named() -> None:
    assert unsupported("It is free of charge.", Basis.of(())) == ("free of charge",)


@pytest.mark.parametrize(
    "text",
    ["x" * 50_000, "1" * 50_000, "1 " * 25_000, "a." * 25_000, "1 000 " * 8_000, '"' * 50_000, "$1" * 25_000],
)
def test_huge_nonsense_costs_no_time(text: str) -> None:
    started = time.perf_counter()
    unsupported("It is 5 days.", Basis.of((text,), text))
    assert time.perf_counter() - started < 5
