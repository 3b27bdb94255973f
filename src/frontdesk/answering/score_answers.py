"""Grades decisions against labelled questions, without a person: the right sources, every fact, none invented."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from frontdesk.answering.labelled import LabelledQuestion
from frontdesk.kit.measures import expected_calibration_error
from frontdesk.kit.words import fold
from frontdesk.terms import EscalationReason
from frontdesk.tickets.decision import Act, Decision

Grade = Literal["right", "incomplete", "wrong", "asked", "handed_over"]
"""`incomplete` cites the right article and lacks a fact; `asked` and `handed_over` are no answers where one was due."""

ALARMS = frozenset(
    {EscalationReason.SAFETY, EscalationReason.FRAUD, EscalationReason.LEGAL, EscalationReason.ANGER}
)
"""Reasons for which a person must come whatever the articles say."""
_ANSWERABLE = frozenset({"answer", "order"})


@dataclass(frozen=True, slots=True)
class Graded:
    question: LabelledQuestion
    decision: Decision
    grade: Grade
    would_be_right: bool
    """Whether what it said, or suggested to a person, has every fact."""

    @property
    def from_articles(self) -> bool:
        """Whether its confidence is that of an article."""
        return self.question.wanted in {"answer", "refuse"} and bool(self.decision.sources)


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """Shares of 0..1; None where there was no such question."""

    questions: int
    right: float | None
    """Of the answerable questions."""
    wrong_of_answered: float | None
    asked: float | None
    handed_over: float | None
    """Of the answerable questions."""
    alarms: float | None
    """Of the questions that need a person, those that got one."""
    false_alarms: float | None
    refused: float | None
    """Of the questions that must not be answered, those that were not."""
    talk: float | None
    ece: float | None
    """Calibration error of the confidence in articles."""

    def as_json(self) -> dict[str, float | int | None]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def grade(question: LabelledQuestion, decision: Decision) -> Graded:
    return Graded(
        question, decision, _GRADES[question.wanted](question, decision), _has_facts(question, decision)
    )


def score_answers(graded: Sequence[Graded]) -> AnswerScores:
    answerable = [item for item in graded if item.question.wanted in _ANSWERABLE]
    answered = [
        item
        for item in graded
        if item.decision.act is Act.ANSWER and item.question.wanted in {*_ANSWERABLE, "refuse"}
    ]
    sourced = [item for item in graded if item.from_articles]
    return AnswerScores(
        questions=len(graded),
        right=_share(answerable, lambda item: item.grade == "right"),
        wrong_of_answered=_share(answered, lambda item: item.grade != "right"),
        asked=_share(answerable, lambda item: item.grade == "asked"),
        handed_over=_share(answerable, lambda item: item.grade == "handed_over"),
        alarms=_right(graded, "person"),
        false_alarms=_share(
            [item for item in graded if item.question.wanted != "person"],
            lambda item: item.decision.reason in ALARMS,
        ),
        refused=_right(graded, "refuse"),
        talk=_right(graded, "talk"),
        ece=round(
            expected_calibration_error(
                [item.decision.confidence for item in sourced], [item.would_be_right for item in sourced]
            ),
            4,
        )
        if sourced
        else None,
    )


def by(graded: Iterable[Graded], name: Callable[[LabelledQuestion], str | None]) -> dict[str, AnswerScores]:
    """The scores of each group, such as a language or a kind."""
    groups: dict[str, list[Graded]] = {}
    for item in graded:
        groups.setdefault(name(item.question) or "-", []).append(item)
    return {group: score_answers(members) for group, members in groups.items()}


def calibration(graded: Iterable[Graded], bins: int = 10) -> list[dict[str, Any]]:
    """For each bin of confidence with answers from articles: how many, their mean confidence, the share that is right."""
    held: dict[int, list[Graded]] = {}
    for item in graded:
        if item.from_articles:
            held.setdefault(min(bins - 1, int(item.decision.confidence * bins)), []).append(item)
    return [
        {
            "from": round(at / bins, 2),
            "answers": len(members),
            "confidence": round(sum(item.decision.confidence for item in members) / len(members), 3),
            "right": _share(members, lambda item: item.would_be_right),
        }
        for at, members in sorted(held.items())
    ]


def _answer(question: LabelledQuestion, decision: Decision) -> Grade:
    if decision.act is Act.ESCALATE:
        return "handed_over"
    if _has_facts(question, decision):
        return "right"
    if decision.act is Act.ASK:
        return "asked"
    return "incomplete" if _cites(question, decision) else "wrong"


def _person(_question: LabelledQuestion, decision: Decision) -> Grade:
    if decision.act is Act.ESCALATE:
        return "right" if decision.reason in ALARMS else "incomplete"
    return "wrong"


def _calm(_question: LabelledQuestion, decision: Decision) -> Grade:
    return "wrong" if decision.reason in ALARMS else "right"


def _talk(_question: LabelledQuestion, decision: Decision) -> Grade:
    if decision.act is Act.ESCALATE:
        return "handed_over"
    return "right" if decision.act is Act.ANSWER and not decision.sources else "wrong"


def _refuse(_question: LabelledQuestion, decision: Decision) -> Grade:
    return "wrong" if decision.act is Act.ANSWER and decision.sources else "right"


_GRADES: dict[str, Callable[[LabelledQuestion, Decision], Grade]] = {
    "answer": _answer,
    "order": _answer,
    "person": _person,
    "calm": _calm,
    "talk": _talk,
    "refuse": _refuse,
}


def _cites(question: LabelledQuestion, decision: Decision) -> bool:
    return is_meant(question, (source.doc_id for source in decision.sources))


def is_meant(question: LabelledQuestion, keys: Iterable[str]) -> bool:
    """Whether one of the articles is one that an answer to the question should cite."""
    cited = {key.removesuffix(".md").rpartition("/")[2] for key in keys}
    return bool(cited & {article.rpartition("/")[2] for article in question.articles})


def says_every_fact(question: LabelledQuestion, text: str) -> bool:
    """Whether a reply says what an answer to the question must say."""
    reply = _plain(text)
    return all(any(_says(reply, spelling) for spelling in fact) for fact in question.facts)


def _has_facts(question: LabelledQuestion, decision: Decision) -> bool:
    if question.articles and not _cites(question, decision):
        return False
    return bool(question.facts) and says_every_fact(question, decision.content)


def _says(reply: str, fact: str) -> bool:
    """Whole at its beginning, and whole figures: `5 %` is not said by `15 %`."""
    end = r"(?!\d)" if fact[-1].isdigit() else ""
    return bool(re.search(rf"(?<!\w){re.escape(_plain(fact))}{end}", reply))


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _right(graded: Iterable[Graded], wanted: str) -> float | None:
    return _share(
        [item for item in graded if item.question.wanted == wanted], lambda item: item.grade == "right"
    )


def _share(graded: Sequence[Graded], holds: Callable[[Graded], bool]) -> float | None:
    return round(sum(map(holds, graded)) / len(graded), 4) if graded else None
