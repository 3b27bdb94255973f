"""`frontdesk model`: train, measure, list, promote and roll back the desk's own classifiers."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from frontdesk import settings
from frontdesk.access.actor import OPERATOR
from frontdesk.db.pool import Database
from frontdesk.desk import Desk, open_desk
from frontdesk.errors import NotFound, ValidationFailed
from frontdesk.llm.embedding.minilm import installed_minilm
from frontdesk.terms import Category, Intent
from frontdesk.understanding.learning import versions
from frontdesk.understanding.learning.classifier import Classifier, classifier_inputs
from frontdesk.understanding.learning.corrections import FIELDS
from frontdesk.understanding.learning.examples import Example, read_examples
from frontdesk.understanding.learning.measure import ClassifierMetrics, measure
from frontdesk.understanding.learning.retrain import shipped_classifier
from frontdesk.understanding.learning.versions import Version

if TYPE_CHECKING:
    from frontdesk.understanding.learning.train import Trained

Handler = Callable[[argparse.Namespace, Desk], Awaitable[int]]
_FIXED = {"category": frozenset(map(str, Category)), "intent": frozenset(map(str, Intent))}
"""The tasks that are fields of the reading, with the labels that the desk accepts."""


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "model", help="classifiers of your own: train, evaluate, promote, roll back"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    training = _command(commands, "train", "train a classifier on labelled examples", train_task)
    _examples(training)
    training.add_argument(
        "--no-promote", action="store_true", help="keep it as a candidate, however good it is"
    )
    evaluation = _command(commands, "evaluate", "measure a classifier on labelled examples", evaluate_task)
    _examples(evaluation)
    evaluation.add_argument("--version", type=int, metavar="N", help="default: the one trained last")
    evaluation.add_argument("--json", action="store_true", help="print JSON")
    prediction = _command(commands, "predict", "what a classifier says of a text, and why", predict)
    prediction.add_argument("text")
    prediction.add_argument("--version", type=int, metavar="N", help="default: the one in use")
    listing = _command(commands, "list", "the versions of every task", list_versions, needs_task=False)
    listing.add_argument("--json", action="store_true", help="print JSON")
    promotion = _command(commands, "promote", "put a version in use", promote)
    promotion.add_argument("--version", type=int, metavar="N", help="default: the one trained last")
    _command(commands, "rollback", "put the version in use again that was before", rollback)
    _command(commands, "retrain", "learn from people's corrections now", retrain)


def _command(
    commands: Any, name: str, help: str, run: Handler, *, needs_task: bool = True
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    parser.add_argument(
        "--task",
        required=needs_task,
        metavar="NAME",
        type=_task_name,
        help="category and intent are the desk's own; any other name is a task of yours",
    )
    parser.set_defaults(run=_opened(run))
    return parser


def _examples(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--examples", required=True, type=Path, metavar="FILE", help="JSON lines, CSV or XLSX"
    )
    parser.add_argument(
        "--text", default="text", metavar="FIELD", help="the field of the text (default text)"
    )
    parser.add_argument(
        "--label", default="label", metavar="FIELD", help="the field of the label (default label)"
    )


def _task_name(name: str) -> str:
    if not name.replace("_", "").replace("-", "").isalnum() or len(name) > 60:
        raise argparse.ArgumentTypeError("letters, digits, - and _, at most 60")
    return name


def _opened(handler: Handler) -> Callable[[argparse.Namespace], Awaitable[int]]:
    async def run(args: argparse.Namespace) -> int:
        async with open_desk(settings.load()) as desk:
            return await handler(args, desk)

    return run


async def train_task(args: argparse.Namespace, desk: Desk) -> int:
    """Promoted at once if it is the first, or on its held-out examples not worse than the version in use."""
    from frontdesk.understanding.learning.train import train  # loads scipy: only for training

    examples = await asyncio.to_thread(read_examples, args.examples, args.text, args.label)
    _check_labels(args.task, examples)
    trained = await asyncio.to_thread(train, examples, installed_minilm())
    kept = await _keep(args, desk.db, trained, len(examples))
    metrics = " ".join(f"{name} {value}" for name, value in kept.measured.items() if name != "examples")
    print(
        f"{args.task} version {kept.number}: {kept.examples} examples, {len(kept.labels)} labels; held out: {metrics}"
    )
    print(
        "in use" if kept.state == "promoted" else f"a candidate: `frontdesk model promote --task {args.task}`"
    )
    return 0


def _check_labels(task: str, examples: list[Example]) -> None:
    unknown = sorted({example.label for example in examples} - _FIXED[task]) if task in _FIXED else []
    if unknown:
        raise ValidationFailed(
            f"the desk has no {task} {', '.join(map(repr, unknown[:5]))}; it knows"
            f" {', '.join(sorted(_FIXED[task]))}: choose another task name for labels of your own"
        )


async def _keep(args: argparse.Namespace, db: Database, trained: "Trained", examples: int) -> Version:
    async with db.transaction() as conn:
        added = await versions.add(
            conn,
            args.task,
            trained.classifier.to_bytes(),
            made_from="examples",
            examples=examples,
            labels=list(trained.classifier.labels),
            measured=trained.held_out.as_json(),
        )
        used = (await versions.promoted(conn)).get(args.task)
        before = None if used is None else (await versions.get(conn, args.task, used)).measured
        better = before is None or added.measured["accuracy"] >= before.get("accuracy", 0.0)
        if better and not args.no_promote:
            added = await versions.promote(conn, args.task, added.number, OPERATOR)
    return added


async def evaluate_task(args: argparse.Namespace, desk: Desk) -> int:
    examples = await asyncio.to_thread(read_examples, args.examples, args.text, args.label)
    classifier, number = await _load(desk.db, args.task, args.version or await _newest(desk.db, args.task))
    measured = await asyncio.to_thread(_measured, classifier, examples)
    result = {"task": args.task, "version": number} | measured.as_json()
    print(orjson.dumps(result, option=orjson.OPT_INDENT_2).decode() if args.json else _lines(result))
    return 0


def _measured(classifier: Classifier, examples: list[Example]) -> ClassifierMetrics:
    texts = classifier_inputs([example.text for example in examples], installed_minilm())
    return measure(classifier.predict(texts), [example.label for example in examples])


async def predict(args: argparse.Namespace, desk: Desk) -> int:
    async with desk.db.connection() as conn:
        used = (await versions.promoted(conn)).get(args.task)
    classifier, number = await _load(desk.db, args.task, args.version or used)
    [features] = await asyncio.to_thread(classifier_inputs, [args.text], installed_minilm())
    [prediction] = classifier.predict([features])
    result = {
        "label": prediction.label,
        "confidence": round(prediction.confidence, 3),
        "in_scope": round(prediction.in_scope, 3),
        "because": ", ".join(classifier.explain(args.text, features, prediction.best)) or "-",
        "version": number,
    }
    print(_lines(result))
    return 0


async def list_versions(args: argparse.Namespace, desk: Desk) -> int:
    async with desk.db.connection() as conn:
        all_versions = await versions.listed(conn, args.task)
    if args.json:
        records = [_record(version) for version in all_versions]
        print(orjson.dumps(records, option=orjson.OPT_INDENT_2).decode())
        return 0
    for version in all_versions:
        print(_row(version))
    promoted = {version.task for version in all_versions if version.state == "promoted"}
    shipped = [field for field in FIELDS if field not in promoted]
    for field in shipped if args.task is None else [field for field in shipped if field == args.task]:
        print(f"* {field:20}    -  shipped with the package")
    return 0


def _row(version: Version) -> str:
    mark = "*" if version.state == "promoted" else " "
    made = f"{version.created_at:%Y-%m-%d %H:%M} from {version.examples} {version.made_from}"
    accuracy = version.measured.get("accuracy")
    return f"{mark} {version.task:20} {version.number:>4}  {version.state:9} accuracy {accuracy}  {made}"


def _record(version: Version) -> dict[str, Any]:
    return {name: getattr(version, name) for name in version.__dataclass_fields__}


async def promote(args: argparse.Namespace, desk: Desk) -> int:
    number = args.version or await _newest(desk.db, args.task)
    if number is None:
        raise NotFound(f"task {args.task!r} has no versions")
    async with desk.db.transaction() as conn:
        promoted = await versions.promote(conn, args.task, number, OPERATOR)
    print(f"{promoted.task} version {promoted.number} is in use")
    return 0


async def rollback(args: argparse.Namespace, desk: Desk) -> int:
    async with desk.db.transaction() as conn:
        earlier = await versions.rollback(conn, args.task, OPERATOR, shipped=args.task in FIELDS)
    print(
        f"{args.task}: "
        + (f"version {earlier.number} is in use" if earlier else "what ships with the package is in use")
    )
    return 0


async def retrain(args: argparse.Namespace, desk: Desk) -> int:
    if args.task not in FIELDS:
        raise ValidationFailed(
            f"people correct {' and '.join(FIELDS)}: there is nothing to learn of {args.task!r}"
        )
    version = await desk.learning.learn(args.task)
    metrics = ", ".join(f"{name} {value}" for name, value in version.measured.items())
    print(f"{version.task} version {version.number}: {version.state}; {metrics}")
    return 0


async def _newest(db: Database, task: str) -> int | None:
    async with db.connection() as conn:
        newest_first = await versions.listed(conn, task)
    return newest_first[0].number if newest_first else None


async def _load(db: Database, task: str, number: int | None) -> tuple[Classifier, int]:
    """The classifier and its number, 0 for the shipped one. Raises `NotFound`."""
    if number is None and task in FIELDS:
        return shipped_classifier("intent" if task == "intent" else "category"), 0
    if number is None:
        raise NotFound(
            f"task {task!r} has no classifier: `frontdesk model train --task {task} --examples FILE`"
        )
    async with db.connection() as conn:
        data = await versions.weights(conn, task, number)
    return Classifier.from_bytes(data), number


def _lines(result: dict[str, Any]) -> str:
    width = max(map(len, result))
    return "\n".join(f"{name:{width}}  {value}" for name, value in result.items())
