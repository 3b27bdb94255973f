"""`frontdesk eval`: measure the desk's intelligence on examples that people labelled."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk import settings
from frontdesk.cli import evaluate_answers, evaluate_proof
from frontdesk.errors import SetupError, ValidationFailed
from frontdesk.intelligence import reader_for
from frontdesk.tickets.reading import Reading
from frontdesk.understanding.labelled import LabelledTicket, tickets_of_lines
from frontdesk.understanding.reader import Reader
from frontdesk.understanding.score_tickets import Scores, TicketScores, score_tickets

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_TICKETS = "the analysis against labelled tickets (JSON lines)"
_AT_ONCE = 20
"""Tickets that a remote model reads at the same time."""


def register(subparsers: "Subparsers") -> None:
    """Add `eval` and its commands."""
    parser = subparsers.add_parser("eval", help="measure the intelligence on labelled examples")
    commands = parser.add_subparsers(dest="eval_command", required=True, metavar="COMMAND")
    tickets = commands.add_parser("tickets", help=_TICKETS, description=_TICKETS)
    tickets.add_argument("file", type=Path, metavar="FILE.jsonl")
    tickets.add_argument("--json", action="store_true", help="print JSON")
    tickets.add_argument(
        "--provider", default="local", help="local (default), anthropic, openai, ollama, huggingface"
    )
    tickets.set_defaults(run=eval_tickets)
    evaluate_answers.register(commands)
    evaluate_proof.register(commands)


async def eval_tickets(args: argparse.Namespace) -> int:
    config = settings.load()
    if args.provider not in ("local", *config.providers):
        raise SetupError(f"provider {args.provider!r} is not configured: {', '.join(config.providers)} are")
    tickets = read_tickets(args.file)
    scores = score_tickets(tickets, await _readings(tickets, reader_for(config, args.provider)))
    print(json.dumps(scores.as_json(), ensure_ascii=False, indent=2) if args.json else table(scores))
    return 0


def read_tickets(file: Path) -> list[LabelledTicket]:
    """Raises `ValidationFailed` that names the file and the line that is no labelled ticket."""
    if not file.is_file():
        raise ValidationFailed(f"{file} is not a file")
    try:
        with file.open(encoding="utf-8-sig") as lines:
            return tickets_of_lines(lines)
    except UnicodeDecodeError:
        raise ValidationFailed(f"{file} is not UTF-8 text") from None
    except ValidationFailed as error:
        raise ValidationFailed(f"{file}: {error.message}") from None


async def _readings(tickets: Sequence[LabelledTicket], reader: Reader) -> list[Reading]:
    readings: list[Reading] = []
    for start in range(0, len(tickets), _AT_ONCE):
        some = tickets[start : start + _AT_ONCE]
        readings += await asyncio.gather(
            *(reader.read(ticket.text, subject=ticket.subject) for ticket in some)
        )
    return readings


def table(scores: TicketScores) -> str:
    """Figures of all tickets, of each language, and of each kind where there are several."""
    tables = [_table({"all": scores.all} | scores.by_language)]
    if len(scores.by_kind) > 1:
        tables.append(_table(scores.by_kind))
    return "\n\n".join(tables)


def _table(columns: dict[str, Scores]) -> str:
    by_column = {name: _figures(scores) for name, scores in columns.items()}
    rows = list(dict.fromkeys(row for figures in by_column.values() for row in figures))
    wide, column = max(map(len, rows)), max(9, *map(len, columns)) + 1
    lines = [" " * wide + "".join(f"{name:>{column}}" for name in columns)]
    for row in rows:
        cells = (figures.get(row, "") for figures in by_column.values())
        lines.append(f"{row:<{wide}}" + "".join(f"{cell:>{column}}" for cell in cells))
    return "\n".join(line.rstrip() for line in lines)


def _figures(scores: Scores) -> dict[str, str]:
    """By the name of the row; without figures that could not be measured."""
    figures: dict[str, float | None] = dict(scores.accuracy)
    if scores.escalate is not None:
        escalate = scores.escalate.as_json()
        figures |= {f"escalate {name}": escalate[name] for name in ("precision", "recall", "f1")}
    if scores.entities is not None:
        types = {f"  {kind}": hits.as_json()["f1"] for kind, hits in scores.entity_types.items()}
        figures |= {"entities f1": scores.entities.as_json()["f1"]} | types
    figures["category ECE"] = scores.category_ece
    shown = {name: f"{value:.3f}" for name, value in figures.items() if value is not None}
    return {"tickets": str(scores.tickets)} | shown
