import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.answering.local.parts import asked_how, asks_how_first, is_vague, parts_of, topic_meant

TITLES = ["Оплата наличными", "Способы оплаты"]


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        (
            "How long is delivery and can I pay in instalments?",
            "en",
            ["How long is delivery", "can I pay in instalments?"],
        ),
        (
            "Сколько идёт доставка в Астану, есть ли рассрочка и как оплатить наличными?",
            "ru",
            ["Сколько идёт доставка в Астану", "есть ли рассрочка", "как оплатить наличными?"],
        ),
        (
            "Жеткізу қанша тұрады және бөліп төлеуге бола ма?",
            "kk",
            ["Жеткізу қанша тұрады", "бөліп төлеуге бола ма?"],
        ),
        (
            "Здравствуйте! Как получить чек? И ещё: можно ли накопить бонусы?",
            "ru",
            ["Здравствуйте Как получить чек?", "И ещё: можно ли накопить бонусы?"],
        ),
    ],
)
def test_several_questions_are_told_apart(text: str, language: str, parts: list[str]) -> None:
    assert parts_of(text, language) == parts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Товар пришёл разбитый, что делать?", "ru"),
        ("Сколько стоит доставка в Алматы и Астану?", "ru"),
        ("Меня не было дома, курьер уехал. Что теперь?", "ru"),
        ("Можно ли вернуть товар, если он не подошёл?", "ru"),
        ("I ordered a kettle and a phone, where are they?", "en"),
        ("Қорап жыртық келді, не істеймін?", "kk"),
    ],
)
def test_one_question_with_what_belongs_to_it_stays_whole(text: str, language: str) -> None:
    assert parts_of(text, language) == [text]


@given(st.text(max_size=200), st.sampled_from(["ru", "kk", "en"]))
def test_any_text_has_one_to_four_parts(text: str, language: str) -> None:
    assert 1 <= len(parts_of(text, language)) <= 4


@pytest.mark.parametrize(
    ("reply", "meant"),
    [
        ("второе", TITLES[1]),
        ("1", TITLES[0]),
        ("наличными хочу", TITLES[0]),
        ("the second one", TITLES[1]),
        ("да", None),
        ("оплата", None),
        ("наличными, но у меня ещё вопрос про доставку холодильника на пятый этаж", None),
    ],
)
def test_a_short_reply_chooses_one_of_the_topics_that_were_offered(reply: str, meant: str | None) -> None:
    assert topic_meant(reply, TITLES, "ru") == meant


def test_what_is_asked_about_ways_and_rules_is_told_from_how_things_stand() -> None:
    assert asked_how("Где мой заказ и как его отменить?") == "как его отменить?"
    assert asked_how("Where is my order?") == ""
    assert asked_how("Где заказ? Сколько можно ждать!") == ""
    assert asks_how_first("Can I change the address? Where is it now?")
    assert not asks_how_first("Where is it now? Can I change the address?")


@pytest.mark.parametrize("text", ["I need help", "есть вопрос", "Сұрағым бар"])
def test_a_message_that_only_announces_a_question_is_vague(text: str) -> None:
    assert any(is_vague(text, language) for language in ("ru", "kk", "en"))
    assert not is_vague(f"{text} про доставку", "ru")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("filling", [" ", "\n", "\t ", ", ", "and ", ". "])
def test_a_text_of_nothing_but_borders_is_split_at_once(filling: str) -> None:
    """Its square would be minutes, in which the desk answers nobody."""
    text = f"Where is my order?{filling * (100_000 // len(filling))}And can I pay in cash?"
    assert len(parts_of(text, "en")) <= 4
