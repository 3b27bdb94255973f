import json

import pytest

from frontdesk.answering.labelled import LabelledQuestion, questions_of_lines
from frontdesk.answering.score_answers import by, calibration, grade, score_answers
from frontdesk.errors import ValidationFailed
from frontdesk.terms import EscalationReason
from frontdesk.tickets.decision import Act, Decision, Provenance, Source

_BY = Provenance("local", "local-1", "local-1")


def _decision(
    content: str = "", act: Act = Act.ANSWER, doc: str | None = None, confidence: float = 0.9,
    reason: EscalationReason | None = None,
) -> Decision:  # fmt: skip
    sources = (Source(doc, "Title", "", content, 1.0),) if doc else ()
    return Decision(act, content, confidence, "", _BY, sources, reason)


def _question(**fields: object) -> LabelledQuestion:
    return questions_of_lines([json.dumps({"text": "how long?", "act": "answer"} | fields)])[0]


_HOW_LONG = _question(articles=["repairs"], facts=["5 days", ["free", "no charge"]])


@pytest.mark.parametrize(
    ("reply", "doc", "expected"),
    [
        ("A repair takes 5 days and is free.", "en/repairs.md", "right"),
        ("A repair takes 5 days at no charge.", "en/repairs", "right"),
        ("A repair takes 15 days and is free.", "en/repairs", "incomplete"),
        ("A repair takes 5 days and is free.", "en/prices", "wrong"),
    ],
)
def test_an_answer_is_right_that_cites_the_article_and_says_every_fact_whole(
    reply: str, doc: str, expected: str
) -> None:
    assert grade(_HOW_LONG, _decision(reply, doc=doc)).grade == expected


def test_what_is_only_suggested_to_a_person_is_handed_over_and_still_compared() -> None:
    suggested = grade(_HOW_LONG, _decision("5 days, free", Act.ESCALATE, "en/repairs", 0.4))
    assert (suggested.grade, suggested.would_be_right) == ("handed_over", True)


def test_danger_needs_an_alarm_and_not_just_any_person() -> None:
    danger = _question(act="person")
    loud = _decision(act=Act.ESCALATE, reason=EscalationReason.SAFETY)
    unsure = _decision(act=Act.ESCALATE, reason=EscalationReason.LOW_CONFIDENCE)
    assert [grade(danger, item).grade for item in (loud, unsure, _decision("Unplug it."))] == [
        "right", "incomplete", "wrong",
    ]  # fmt: skip


def test_a_look_alike_may_be_left_to_a_person_but_not_by_an_alarm() -> None:
    calm = _question(act="calm")
    assert grade(calm, _decision(act=Act.ESCALATE, reason=EscalationReason.LOW_CONFIDENCE)).grade == "right"
    assert grade(calm, _decision(act=Act.ESCALATE, reason=EscalationReason.FRAUD)).grade == "wrong"


def test_what_no_article_is_about_is_not_answered_from_one() -> None:
    away = _question(act="refuse")
    assert grade(away, _decision("We sell kettles.", doc="en/kettles")).grade == "wrong"
    assert grade(away, _decision("Which of these?", Act.ASK, "en/kettles")).grade == "right"


def test_shares_are_of_the_questions_that_they_speak_of() -> None:
    graded = [
        grade(_HOW_LONG, _decision("5 days, free", doc="en/repairs", confidence=0.8)),
        grade(_HOW_LONG, _decision("Perhaps.", doc="en/prices", confidence=0.6)),
        grade(_HOW_LONG, _decision(act=Act.ESCALATE)),
        grade(_question(act="person"), _decision(act=Act.ESCALATE, reason=EscalationReason.LEGAL)),
    ]
    scores = score_answers(graded)
    assert (scores.right, scores.wrong_of_answered, scores.handed_over) == (0.3333, 0.5, 0.3333)
    assert (scores.alarms, scores.false_alarms, scores.talk) == (1.0, 0.0, None)
    assert [item["answers"] for item in calibration(graded)] == [1, 1]
    assert set(by(graded, lambda question: question.wanted)) == {"answer", "person"}


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "x"}',
        '{"text": "", "act": "talk"}',
        "[]",
        '{"text": "x", "act": "talk", "facts": [3]}',
        "no",
    ],
)
def test_a_line_that_is_no_labelled_question_is_named(line: str) -> None:
    with pytest.raises(ValidationFailed, match="line 2"):
        questions_of_lines(['{"text": "hello", "act": "talk"}', line])
