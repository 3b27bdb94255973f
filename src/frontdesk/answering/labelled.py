"""Questions labelled by people: JSON lines that the desk's answers are measured on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from frontdesk.errors import ValidationFailed

Wanted = Literal["answer", "order", "person", "calm", "talk", "refuse"]
"""What should become of a question.

`answer`: from the articles; `order`: how the customer's own order stands; `person`: a person, for danger, fraud, law or
anger; `calm`: only not that; `talk`: a greeting; `refuse`: no answer at all, whether a person is called or asked back.
"""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    text: str
    wanted: Wanted
    language: str | None = None
    kind: str | None = None
    """What is special about it (`typos`, `several` ...), in its author's words."""
    articles: tuple[str, ...] = ()
    """Keys of the articles that an answer should cite; a key within the language's folder is enough."""
    facts: tuple[tuple[str, ...], ...] = ()
    """What an answer must say, each with the spellings that will do."""
    customer: str | None = None
    """E-mail of the proven customer who asks."""


def questions_of_lines(lines: Iterable[str]) -> list[LabelledQuestion]:
    """In order; empty lines are skipped. Raises `ValidationFailed` that names the line and its fault."""
    questions = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except ValueError as error:
                raise ValidationFailed(f"line {number}: {error}") from None
    if not questions:
        raise ValidationFailed("there are no questions in the file")
    return questions


def _question(record: Any) -> LabelledQuestion:
    if not isinstance(record, dict) or not isinstance(record.get("text"), str) or not record["text"].strip():
        raise ValueError("a question is an object with a text")
    if record.get("act") not in get_args(Wanted):
        raise ValueError(f"act is one of {', '.join(get_args(Wanted))}")
    facts = tuple(_spellings(fact) for fact in _list(record, "facts"))
    articles = _list(record, "articles")
    if not all(isinstance(article, str) for article in articles):
        raise ValueError("articles are keys")
    return LabelledQuestion(
        text=record["text"],
        wanted=record["act"],
        language=_text(record, "lang"),
        kind=_text(record, "kind"),
        articles=tuple(articles),
        facts=facts,
        customer=_text(record, "customer"),
    )


def _list(record: dict[str, Any], name: str) -> list[Any]:
    value = record.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"{name} is a list")  # noqa: TRY004  a fault of the line, as all others
    return value


def _spellings(fact: Any) -> tuple[str, ...]:
    spellings = fact if isinstance(fact, list) else [fact]
    if not spellings or not all(isinstance(spelling, str) and spelling.strip() for spelling in spellings):
        raise ValueError("a fact is a text, or a list of spellings that will do")
    return tuple(spellings)


def _text(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is a text")
    return value
