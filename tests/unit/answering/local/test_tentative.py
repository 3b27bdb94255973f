"""Between an answer and a person: an answer with "did this help?", and titles to choose from."""

from dataclasses import replace

import pytest

from frontdesk.answering.deps import Deps
from frontdesk.answering.local.parts import parts_of, topic_meant, topics_offered
from frontdesk.answering.local.sentences import answer_sentences
from frontdesk.channels.style import ReplyStyle
from frontdesk.knowledge.passage import Passage
from frontdesk.terms import DocumentId, EscalationReason
from frontdesk.tickets.decision import Act
from tests.unit.answering.local.desk import Library, Shop, answer, case_of


class _Unsure(Library):
    """Finds what the library finds, with scores of one's choice for the first and for the others."""

    def __init__(self, best: float) -> None:
        super().__init__()
        self._best = best

    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = "main"
    ) -> list[Passage]:
        passages = await super().search(query, language=language, limit=limit)
        return [
            replace(passage, score=self._best if place == 0 else min(0.01, self._best), category=None)
            for place, passage in enumerate(passages)
        ]


_QUESTION = {
    "en": "How many days is delivery to Shymkent?",
    "ru": "Сколько дней доставка в Шымкент?",
    "kk": "Шымкентке жеткізу неше күн?",
}
_HELPED = {"en": "Did this help?", "ru": "Это помогло?", "kk": "Осы көмектесті ме?"}


@pytest.mark.parametrize("language", _QUESTION)
async def test_a_doubtful_answer_is_given_with_the_question_whether_it_helped(language: str) -> None:
    decision, _ = await answer(case_of(_QUESTION[language], customer=None), Deps(_Unsure(0.4), Shop()))
    assert decision.act is Act.ASK
    assert "2–3" in decision.content
    assert _HELPED[language] in decision.content
    assert decision.choices
    assert tuple(topics_offered(decision.content)) == decision.choices
    assert decision.sources[0].doc_id == f"{language}/delivery-times"


@pytest.mark.parametrize("language", _QUESTION)
async def test_titles_are_offered_where_no_article_is_surely_about_it(language: str) -> None:
    decision, _ = await answer(case_of(_QUESTION[language], customer=None), Deps(_Unsure(0.02), Shop()))
    assert decision.act is Act.ASK
    assert "2–3" not in decision.content
    assert len(decision.choices) >= 2
    assert tuple(topics_offered(decision.content)) == decision.choices


async def test_after_one_question_back_a_doubt_is_a_persons() -> None:
    case = case_of("How is it?", ("Did this help?", "ask"), _QUESTION["en"], customer=None)
    decision, _ = await answer(case, Deps(_Unsure(0.4), Shop()))
    assert (decision.act, decision.reason) == (Act.ESCALATE, EscalationReason.LOW_CONFIDENCE)


async def test_a_yes_to_whether_it_helped_is_acknowledged() -> None:
    case = case_of(_QUESTION["en"], ("It takes 2 days.\n\nDid this help?", "ask"), "yes", customer=None)
    decision, _ = await answer(case)
    assert decision.act is Act.ANSWER
    assert "anything else" in decision.content


def test_one_of_three_titles_is_chosen_by_its_words_or_whole() -> None:
    titles = ["Returning goods", "Delivery times", "Returning gifts"]
    assert topic_meant("delivery please", titles, "en") == "Delivery times"
    assert topic_meant("returning gifts", titles, "en") == "Returning gifts"
    assert topic_meant("returning", titles, "en") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("My kettle leaks. Also the lamp does not shine.", "en"),
        ("Чайник протекает. Ещё лампа не светит.", "ru"),
        ("Шайнектен су ағады. Тағы шамым жанбайды.", "kk"),
    ],
)
def test_a_further_matter_is_a_part_of_its_own_though_nothing_is_asked(text: str, language: str) -> None:
    assert len(parts_of(text, language)) == 2


def test_the_row_of_a_list_is_read_by_its_head() -> None:
    rows = "- Taraz: north market, 7.\n- Semey: river bank, 12.\n- Oral: old bridge, 3."
    passage = Passage(
        document_id=DocumentId("d"), doc_key="d", title="Where we are", heading="Places", text=rows, quote="",
        language="en", score=0.9, lead="We have places in Taraz, Semey and Oral. All of them open at nine.",
    )  # fmt: skip
    quoted = answer_sentences(passage, "where is your place in Semey", ReplyStyle(90, None, "friendly"))
    assert "river bank, 12" in quoted[0].text
