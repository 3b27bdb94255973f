"""Fresh questions, worded as customers word them, asked of the sample shop and graded without a person."""

import asyncio
from pathlib import Path

from bench.intelligence.section import Bench, Part, Row, Section, at_least, at_most, percent
from bench.place import Place, temporary_place
from frontdesk.answering.labelled import questions_of_lines
from frontdesk.answering.score_answers import AnswerScores, Graded, by, score_answers
from frontdesk.cli.evaluate_answers import asked
from frontdesk.desk import open_desk
from frontdesk.sample.load import load_shop

_TITLE = "Answers to fresh questions"
_DATA = Path(__file__).parents[1] / "data"
SETS = {"developed on": "answers.jsonl", "held out": "answers-held-out.jsonl"}


def questions(_bench: Bench) -> Section:
    with temporary_place() as place:
        graded = asyncio.run(ask_the_shop(place))
    counts = ", ".join(f"{len(some)} {name}" for name, some in graded.items())
    return Section(
        _TITLE,
        tuple(row for name, some in graded.items() for row in _rows_of(name, some)),
        f"`frontdesk eval answers` on the sample shop: {counts}, in three languages, worded unlike its articles: "
        "indirect, colloquial, angry, mistyped, mixed, transliterated, several matters in one message, proven customers "
        "with orders, dangers and what only looks like one, injections, and matters that no article is about. Graded "
        "without a person: the article cited and every fact said. The set held out was written first and not looked at "
        "while rules were made.",
    )


async def ask_the_shop(place: Place) -> dict[str, list[Graded]]:
    """By the name of the set."""
    async with open_desk(place.settings()) as desk:
        await load_shop(desk)
        while await desk.knowledge.embed_missing("main", batch=250):
            pass
        return {
            name: [
                item
                async for item in asked(
                    desk, questions_of_lines((_DATA / file).read_text(encoding="utf-8").splitlines())
                )
            ]
            for name, file in SETS.items()
        }


def _rows_of(name: str, graded: list[Graded]) -> list[Row]:
    rows = [
        Row(f"{name}, {language}: answered right", percent(scores.right), at_least(75))
        for language, scores in sorted(by(graded, lambda question: question.language).items())
    ]
    return rows + _of_all(name, score_answers(graded))


def _of_all(name: str, scores: AnswerScores) -> list[Row]:
    return [
        Row(f"{name}: wrong, of the answers", percent(scores.wrong_of_answered), at_most(3)),
        Row(f"{name}: handed over needlessly", percent(scores.handed_over), at_most(10)),
        Row(f"{name}: dangers that brought a person", percent(scores.alarms), at_least(99)),
        Row(f"{name}: false alarms", percent(scores.false_alarms), at_most(5)),
        Row(f"{name}: calibration error", percent(scores.ece) / 100, at_most(0.05), digits=3),
    ]


PARTS = (Part("questions", _TITLE, questions),)
