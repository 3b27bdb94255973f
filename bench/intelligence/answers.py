"""How well the local answerer's confidence is calibrated, on the questions of `bench.answers`."""

import asyncio

from bench.answers import Row as AnswerFigures
from bench.answers import measure_answers
from bench.intelligence.section import Bench, Part, Row, Section, at_most, percent
from bench.place import temporary_place

_TITLE = "Answers and their confidence"


def answers(bench: Bench) -> Section:
    with temporary_place() as place:
        asked = asyncio.run(measure_answers(place))
    total = max(figures.questions for figures in asked)  # the last row is of all languages
    return Section(
        _TITLE,
        tuple(row for figures in asked for row in _rows(figures)),
        "The questions of the sample shop's articles, taken from them, asked of the whole local answerer, each once "
        f"while its article is there and once while it is not, {total:,} in all (`python -m bench answers`). Right: "
        "answered from the right article; the rest is asked back or left to a person. Calibration error: 15 bins, "
        f"of answers and suggestions to a person. {_at_08(asked)} "
        "The confidence was fitted to these questions, by folds.",
    )


def _rows(figures: AnswerFigures) -> tuple[Row, ...]:
    return (
        Row(
            f"{figures.language}: calibration error of the confidence",
            figures.ece,
            at_most(0.05) if figures.language == "all" else None,
            digits=3,
        ),
        Row(f"{figures.language}: answered right, article there", percent(figures.right)),
        Row(f"{figures.language}: answered wrong, article there", percent(figures.wrong)),
        Row(f"{figures.language}: answered all the same, article away", percent(figures.answered_without)),
    )


def _at_08(asked: list[AnswerFigures]) -> str:
    shares = [
        f"{figures.language} {figures.right_at_08:.2f}"
        for figures in asked
        if figures.right_at_08 is not None
    ]
    return f"Of answers given at 0.75 to 0.85 the share that is right: {', '.join(shares)}." if shares else ""


PARTS = (Part("answers", _TITLE, answers),)
