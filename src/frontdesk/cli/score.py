"""`frontdesk score`: the smart inbox's score for given values, with its components."""

import argparse
import json
import math
import sys
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from frontdesk.errors import BadRequest
from frontdesk.settings import load
from frontdesk.terms import Difficulty, Priority, Term
from frontdesk.tickets.scoring import Breakdown, Inputs, Weights, breakdown

T = TypeVar("T", bound=Term)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("score", help="the smart inbox's score of a ticket, with its components")
    parser.add_argument("--churn", default="0", metavar="0..1", help="risk that the customer leaves")
    parser.add_argument("--ltv", default="0", metavar="N", help="lifetime value in the desk's currency unit")
    parser.add_argument("--priority", default="normal", help="low, normal, high or urgent")
    parser.add_argument("--hours", metavar="N", help="hours the customer has waited (default: nobody waits)")
    parser.add_argument("--difficulty", default="normal", help="easy, normal or complex")
    parser.add_argument("--sentiment", default="0.5", metavar="0..1", help="of the latest message")
    parser.add_argument("--topic-alert", action="store_true", help="a watched phrase stands in the ticket")
    parser.add_argument("--json", action="store_true", help="print the score-breakdown object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the breakdown; exit code 2 with one line for an invalid value."""
    now = datetime.now(UTC)
    try:
        inputs = _inputs(args, now)
    except BadRequest as error:
        print(f"frontdesk score: {error.message}", file=sys.stderr)
        return 2
    score = breakdown(inputs, Weights.of(load()), now)
    print(json.dumps(score.record(), ensure_ascii=False) if args.json else _table(score))
    return 0


def _inputs(args: argparse.Namespace, now: datetime) -> Inputs:
    waiting_since = None
    if args.hours is not None:
        waiting_since = now - timedelta(hours=_number("--hours", args.hours, at_most=1_000_000))
    return Inputs(
        created_at=waiting_since or now,
        priority=_term("--priority", args.priority, Priority),
        difficulty=_term("--difficulty", args.difficulty, Difficulty),
        churn_risk=_number("--churn", args.churn, at_most=1),
        ltv=_number("--ltv", args.ltv),
        waiting_since=waiting_since,
        sentiment_score=_number("--sentiment", args.sentiment, at_most=1),
        topic_alert=args.topic_alert,
    )


def _number(option: str, text: str, at_most: float = math.inf) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or not 0 <= number <= at_most:
        span = "0 or more" if at_most == math.inf else f"0 to {at_most:g}"
        raise BadRequest(f"{option} is a number of {span}, not {text!r}")
    return number


def _term(option: str, text: str, kind: type[T]) -> T:
    try:
        return kind(text)
    except ValueError:
        raise BadRequest(f"{option} is one of {', '.join(kind)}, not {text!r}") from None


def _table(score: Breakdown) -> str:
    parts = score.record()["components"]
    lines = [f"{name.replace('_', ' '):<16}{points:>+8.2f}" for name, points in parts.items() if points]
    return "\n".join([*lines, f"{'total':<16}{score.total:>8.2f}"])
