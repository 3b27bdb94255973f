"""Which sentences are offered while somebody writes."""

from frontdesk.macros.phrases import Phrase, PhraseSource, SaidBefore, phrases


def said(conversation: str, content: str, name: str | None = None) -> SaidBefore:
    return SaidBefore(conversation, content, name)


def texts(*replies: SaidBefore) -> list[str]:
    return [phrase.text for phrase in phrases([], replies, [])]


def test_what_was_said_to_several_customers_is_offered_most_said_first() -> None:
    assert texts(
        said("a", "Спасибо за терпение. Мы вернули деньги на карту."),
        said("b", "Мы вернули деньги на карту."),
        said("c", "Мы вернули деньги на карту. Хорошего вам дня!"),
        said("d", "Хорошего вам дня!"),
    ) == ["Мы вернули деньги на карту.", "Хорошего вам дня!"]


def test_words_of_one_customer_are_nobody_elses() -> None:
    twice = "Ваш адрес мы уже поменяли."
    assert texts(said("a", twice), said("a", twice)) == []
    for private in (
        "Заказ 54321 уже у курьера.",
        "Пишите на dana@mail.example всегда.",
        "Добрый день, Марина!",
    ):
        assert texts(said("a", private, "Марина Соколенко"), said("b", private, "Марина Ким")) == [], private


def test_the_desks_own_texts_come_first_and_each_sentence_once() -> None:
    offered = phrases(
        ["Доставка занимает три дня. Ответит {{operator.name}} сегодня."],
        [said("a", "доставка занимает три дня."), said("b", "доставка занимает три дня.")],
        ["Доставка занимает три дня. Курьер звонит за час до приезда.", "Да."],
    )
    assert offered == [
        Phrase("Доставка занимает три дня.", PhraseSource.MACRO),
        Phrase("Курьер звонит за час до приезда.", PhraseSource.ARTICLE),
    ]
