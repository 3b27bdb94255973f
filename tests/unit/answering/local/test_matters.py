"""Several matters in one message: each is answered, and what has no answer is named."""

import pytest

from frontdesk.answering.deps import Deps
from frontdesk.kit.words import sentences
from frontdesk.tickets.decision import Act
from tests.unit.answering.local.desk import Library, Shop, answer, case_of


@pytest.mark.parametrize(
    ("text", "answered", "left"),
    [
        ("Сколько дней доставка в Шымкент? Почём у вас верблюды?", "2–3 дня", "верблюды"),
        ("How many days is delivery to Shymkent? Where can I ride camels?", "2–3 days", "camels"),
        ("Шымкентке жеткізу неше күн? Түйенің жүні жұмсақ па?", "2–3 күн", "Түйенің"),
    ],
)
async def test_a_matter_without_an_answer_is_named(text: str, answered: str, left: str) -> None:
    decision, _ = await answer(case_of(text, customer=None), Deps(Library(), Shop()))
    assert decision.act is Act.ASK
    assert answered in decision.content
    assert left in decision.content


async def test_what_a_comma_parts_may_be_one_matter() -> None:
    decision, _ = await answer(case_of("Забыл, что хотел: верблюдов или слонов", customer=None))
    assert "«" not in decision.content.partition("»")[0] or decision.act is not Act.ANSWER


def test_a_question_mark_within_quotation_marks_ends_no_sentence() -> None:
    text = "Press “Forgot your password?” on the screen and open the link. It is valid for an hour."
    assert sentences(text) == [text.partition(" It")[0], "It is valid for an hour."]
    russian = "Нажмите «Забыли пароль?» и откройте ссылку."
    assert sentences(russian) == [russian]
    assert sentences("«Как дела?» Он молчит.") == ["«Как дела?»", "Он молчит."]
