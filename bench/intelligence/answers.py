"""How honest the local answerer's confidence is: whole questions, as `bench.answers` asks them."""

import asyncio

from bench.answers import Row as Asked
from bench.answers import measure_answers
from bench.intelligence.section import Bench, Part, Row, Section, at_most, percent
from bench.place import temporary_place

_TITLE = "Answers and their confidence"


def answers(bench: Bench) -> Section:
    with temporary_place() as place:
        asked = asyncio.run(measure_answers(place))
    total = max(one.questions for one in asked)  # the last row is of all languages
    return Section(
        _TITLE,
        tuple(row for one in asked for row in _rows(one)),
        "The questions of the sample shop's articles, taken from them, asked of the whole local answerer, each once "
        f"while its article is there and once while it is not, {total:,} in all (`python -m bench answers`). Right: "
        "answered from the right article; the rest is asked back or left to a person. Calibration error: 15 bins, "
        f"of answers and suggestions to a person. {_at_08(asked)} "
        "The confidence was fitted to these questions, by folds.",
    )


def _rows(one: Asked) -> tuple[Row, ...]:
    return (
        Row(
            f"{one.language}: calibration error of the confidence",
            one.ece,
            at_most(0.05) if one.language == "all" else None,
            digits=3,
        ),
        Row(f"{one.language}: answered right, article there", percent(one.right)),
        Row(f"{one.language}: answered wrong, article there", percent(one.wrong)),
        Row(f"{one.language}: answered all the same, article away", percent(one.answered_without)),
    )


def _at_08(asked: list[Asked]) -> str:
    told = [f"{one.language} {one.right_at_08:.2f}" for one in asked if one.right_at_08 is not None]
    return f"Of answers given at 0.75 to 0.85 the share that is right: {', '.join(told)}." if told else ""


PARTS = (Part("answers", _TITLE, answers),)
