"""A word or two after an answer is acknowledged or asked about; the answer is not told again."""

import pytest

from frontdesk.escalation.policy import EscalationRules, after_answer, before_answer
from frontdesk.phrases import say
from frontdesk.terms import EscalationReason
from frontdesk.tickets.decision import Act
from tests.unit.answering.local.desk import READER, answer, case_of

QUESTIONS = {
    "ru": "Сколько дней идёт доставка в Алматы?",
    "kk": "Алматыға жеткізу қанша күн алады?",
    "en": "How long does delivery to Almaty take?",
}
TOLD = {
    "ru": "Доставка в Алматы занимает 1 день.",
    "kk": "Алматыға жеткізу 1 күн алады.",
    "en": "Delivery to Almaty takes 1 day.",
}
RULES = EscalationRules()


@pytest.mark.parametrize(
    ("language", "reply"),
    [
        ("ru", "Окей"),
        ("ru", "ясно"),
        ("ru", "хорошооо"),
        ("ru", "ну ладно, понял"),
        ("ru", "👌🏻"),
        ("ru", "+"),
        ("kk", "жарайды"),
        ("kk", "түсінікті"),
        ("en", "Okay!"),
        ("en", "makes sense"),
    ],
)
async def test_agreement_is_acknowledged(language: str, reply: str) -> None:
    case = case_of(QUESTIONS[language], (TOLD[language], "answer"), reply)
    decision, _ = await answer(case)
    reading = READER.analyse(reply)
    assert before_answer(reading, case, RULES) is None
    assert after_answer(decision, case, RULES, reading) is None
    assert decision.act is Act.ANSWER
    assert TOLD[language] not in decision.content
    assert len(decision.content) < 80


@pytest.mark.parametrize(
    ("language", "reply"),
    [
        ("ru", "это не помогло"),
        ("ru", "не то"),
        ("ru", "👎"),
        ("ru", "неа"),
        ("ru", "повторите"),
        ("kk", "көмектеспеді"),
        ("kk", "жоқ"),
        ("en", "that didn’t help"),
        ("en", "nope"),
    ],
)
async def test_what_did_not_help_is_asked_about(language: str, reply: str) -> None:
    decision, _ = await answer(case_of(QUESTIONS[language], (TOLD[language], "answer"), reply))
    assert decision.act is Act.ASK
    assert TOLD[language] not in decision.content


async def test_a_second_answer_that_did_not_help_brings_a_person() -> None:
    asked = (say("reply.not_helped", "ru"), "ask")
    case = case_of(QUESTIONS["ru"], (TOLD["ru"], "answer"), "не помогло", asked, "всё равно не помогло")
    decision, _ = await answer(case)
    assert (decision.act, decision.reason) == (Act.ESCALATE, EscalationReason.REPEATED_FAILURE)


@pytest.mark.parametrize("text", ["да", "ок", "нет", "👍", "иә", "yes"])
async def test_a_lone_word_at_the_beginning_is_asked_what_it_is_about(text: str) -> None:
    case = case_of(text)
    decision, _ = await answer(case)
    assert decision.act is Act.ASK
    assert before_answer(READER.analyse(text), case, RULES) is None
    assert decision.content in {say("reply.about", language) for language in ("ru", "kk", "en")}


@pytest.mark.parametrize("text", ["0", "12", "#7", "100"])
async def test_a_lone_number_is_asked_what_it_is(text: str) -> None:
    decision, _ = await answer(case_of(text))
    assert decision.content in {say("reply.number", language) for language in ("ru", "kk", "en")}


async def test_the_number_of_a_topic_that_was_offered_is_a_choice() -> None:
    offered = say("ask.which_topic", "ru", first="Сроки доставки", second="Возврат товара")
    decision, _ = await answer(case_of("доставка или возврат", (offered, "ask"), "2"))
    assert "14 дней" in decision.content


async def test_a_signature_changes_no_answer() -> None:
    plain, _ = await answer(case_of(QUESTIONS["ru"]))
    signed, _ = await answer(case_of(QUESTIONS["ru"] + "\n\n-- \nС уважением, Имя Фамилия\n+7 701 000 00 01"))
    assert signed.content == plain.content
    assert signed.act is Act.ANSWER


@pytest.mark.parametrize(
    "text", ["ок, а в Шымкент?", "понятно, но где мой заказ", "не помогло, телефон взорвался", "да, 54321"]
)
def test_what_says_more_is_no_short_reply(text: str) -> None:
    assert READER.analyse(text).short_reply is None
