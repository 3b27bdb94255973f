"""`frontdesk eval answers`: ask the desk labelled questions and grade what it says."""

import argparse
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk import settings
from frontdesk.answering.labelled import LabelledQuestion, questions_of_lines
from frontdesk.answering.score_answers import AnswerScores, Graded, by, calibration, grade, score_answers
from frontdesk.customers import customer as customers
from frontdesk.desk import Desk, open_desk
from frontdesk.errors import ValidationFailed
from frontdesk.terms import ChannelName, ConversationId, Proof, SenderType, TicketId, TicketStatus
from frontdesk.tickets.case import Case, Contact, Turn

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_HELP = "the desk's answers to labelled questions (JSON lines)"
_NOBODY = Contact(None, None, None, None, None, vip=False, ltv=0.0, churn_risk=0.0, proof=Proof.NONE)


def register(commands: "Subparsers") -> None:
    """Add `answers` to the commands of `eval`."""
    parser = commands.add_parser("answers", help=_HELP, description=_HELP)
    parser.add_argument("file", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--misses", action="store_true", help="also print each question that was not answered right"
    )
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace) -> int:
    questions = read_questions(args.file)
    async with open_desk(settings.load()) as desk:
        graded = [item async for item in asked(desk, questions)]
    if args.json:
        print(json.dumps(as_json(graded, args.misses), ensure_ascii=False, indent=2))
    else:
        print(as_text(graded, args.misses))
    return 0


def read_questions(file: Path) -> list[LabelledQuestion]:
    """Raises `ValidationFailed` that names the file and the line that is no labelled question."""
    if not file.is_file():
        raise ValidationFailed(f"{file} is not a file")
    try:
        return questions_of_lines(file.read_text(encoding="utf-8-sig").splitlines())
    except UnicodeDecodeError:
        raise ValidationFailed(f"{file} is not UTF-8 text") from None
    except ValidationFailed as error:
        raise ValidationFailed(f"{file}: {error.message}") from None


async def asked(desk: Desk, questions: Iterable[LabelledQuestion]) -> AsyncIterator[Graded]:
    """Each question once, by a customer of its own; nothing is kept and nobody is told."""
    for question in questions:
        case = _case(question, await _contact(desk, question))
        reading = await desk.journey.understanding.read(case)
        yield grade(question, await desk.journey.decide(case, reading, _NoStream()))


async def _contact(desk: Desk, question: LabelledQuestion) -> Contact:
    if question.customer is None:
        return _NOBODY
    async with desk.db.connection() as conn:
        known = await customers.by_email(conn, question.customer)
    if known is None:
        raise ValidationFailed(f"the desk knows no customer {question.customer}")
    return replace(_NOBODY, customer_id=known.customer_id, email=question.customer, proof=Proof.VERIFIED)


def _case(question: LabelledQuestion, contact: Contact) -> Case:
    turn = Turn(1, SenderType.CUSTOMER, question.text, datetime.now(UTC))
    ids = TicketId("asked"), 1, ConversationId("asked")
    return Case(
        *ids, ChannelName.WEB_CHAT, TicketStatus.NEW, "", contact, (turn,), (turn,), language_hint=None
    )


class _NoStream:
    async def text(self, chunk: str) -> None:
        pass

    async def retract(self) -> None:
        pass


def as_json(graded: Sequence[Graded], misses: bool) -> dict[str, object]:
    record: dict[str, object] = {
        "all": score_answers(graded).as_json(),
        "by_language": _json_by(by(graded, lambda question: question.language)),
        "by_kind": _json_by(by(graded, lambda question: question.kind)),
        "by_act": _json_by(by(graded, lambda question: question.wanted)),
        "calibration": calibration(graded),
    }
    if misses:
        record["misses"] = [
            {
                "text": item.question.text,
                "grade": item.grade,
                "act": item.decision.act,
                "reason": item.decision.reason,
                "confidence": item.decision.confidence,
                "why": item.decision.reasoning,
                "said": item.decision.content,
            }
            for item in _missed(graded)
        ]
    return record


def _json_by(scores: dict[str, AnswerScores]) -> dict[str, object]:
    return {name: score.as_json() for name, score in scores.items()}


def as_text(graded: Sequence[Graded], misses: bool) -> str:
    """Tables by language, kind and wanted act, then the calibration as a plot of stars."""
    parts = [
        _table({"all": score_answers(graded)} | by(graded, lambda question: question.language)),
        _rows(by(graded, lambda question: question.kind)),
        _rows(by(graded, lambda question: question.wanted)),
        "\n".join(map(_bar, calibration(graded))),
    ]
    if misses:
        parts += [
            f"{item.grade}: {item.question.text}\n  {item.decision.act} {item.decision.reason or ''} "
            f"{item.decision.confidence:.2f} {item.decision.reasoning}\n  {' '.join(item.decision.content.split())}"
            for item in _missed(graded)
        ]
    return "\n\n".join(part for part in parts if part)


def _missed(graded: Sequence[Graded]) -> list[Graded]:
    return [item for item in graded if item.grade != "right"]


def _table(columns: dict[str, AnswerScores]) -> str:
    rows = list(next(iter(columns.values())).as_json())
    wide = max(map(len, rows))
    lines = [" " * wide + "".join(f"{name:>9}" for name in columns)]
    for row in rows:
        lines.append(
            f"{row:<{wide}}" + "".join(f"{_figure(getattr(score, row)):>9}" for score in columns.values())
        )
    return "\n".join(line.rstrip() for line in lines)


def _rows(scores: dict[str, AnswerScores]) -> str:
    """One line for each group: how many questions, and each share that there is."""
    wide = max(map(len, scores), default=0)
    return "\n".join(
        f"{name:<{wide}}  "
        + "  ".join(f"{row} {_figure(value)}" for row, value in score.as_json().items() if value is not None)
        for name, score in scores.items()
    )


def _figure(value: float | int | None) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _bar(bin_: dict[str, float]) -> str:
    return (
        f"given {bin_['confidence']:.2f}  right {bin_['right']:.2f}  {'*' * round(40 * bin_['right']):<40}"
        f"  {bin_['answers']} answers"
    )
