"""`frontdesk enrich`: the analysis of a file of tickets, in order, resumable, nothing lost."""

import argparse
import os
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import IO, Any

import orjson

from frontdesk import settings
from frontdesk.cli.batch import Line, Worked, work_chunk
from frontdesk.errors import SetupError, ValidationFailed

CHUNK = 100
_FEW = 500
"""Below this many lines a second process costs more than it gives."""


def register(commands: Any) -> None:
    parser = commands.add_parser("enrich", help="analyse a file of tickets (JSON lines)")
    parser.add_argument("input", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument(
        "--provider", default="local", help="local (default), anthropic, openai, ollama, huggingface"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    config = settings.load()
    if args.provider not in ("local", *config.providers):
        raise SetupError(f"provider {args.provider!r} is not configured: {', '.join(config.providers)} are")
    if not args.input.is_file():
        raise ValidationFailed(f"{args.input} is not a file")
    errors = args.output.with_name(args.output.name + ".errors.jsonl")
    _check_owner(args.input, args.output)
    done = _whole_lines(args.output) + _whole_lines(errors)
    total = _count(args.input)
    with args.input.open("rb") as lines, args.output.open("ab") as out, errors.open("ab") as bad:
        wrong = _enrich(lines, out, bad, done, total, args.provider)
    if not errors.stat().st_size:
        errors.unlink()
    _mark(args.output).unlink(missing_ok=True)
    print(
        f"{total} tickets in {args.output}" + (f"; {wrong} bad lines in {errors}" if wrong else ""),
        file=sys.stderr,
    )
    return 0


def _enrich(lines: IO[bytes], out: IO[bytes], bad: IO[bytes], done: int, total: int, provider: str) -> int:
    wrong = 0
    for worked in _worked(_chunks(lines, done), provider, total - done):
        for one in worked:
            (out if one.ok else bad).write(one.text + b"\n")
            wrong += not one.ok
        out.flush()
        bad.flush()
        done += len(worked)
        _progress(done, total)
    return wrong


def _worked(chunks: Iterator[list[Line]], provider: str, left: int) -> Iterator[list[Worked]]:
    """The chunks' results in their order; a bounded number is under way at once."""
    if provider != "local" or left < _FEW:
        for chunk in chunks:
            yield work_chunk(chunk, provider)
        return
    processes = os.cpu_count() or 1
    with ProcessPoolExecutor(processes) as pool:
        waiting: deque[Future[list[Worked]]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(work_chunk, chunk, provider))
            if len(waiting) >= processes * 3:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _chunks(lines: IO[bytes], skip: int) -> Iterator[list[Line]]:
    numbered = ((number, text) for number, text in enumerate(lines, 1) if text.strip())
    rest = islice(numbered, skip, None)
    while chunk := list(islice(rest, CHUNK)):
        yield [Line(number, text) for number, text in chunk]


def _count(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(1 for text in lines if text.strip())


def _whole_lines(path: Path) -> int:
    """How many complete lines stand in the file; a last one that was cut off by a crash is removed."""
    if not path.exists():
        return 0
    count = end = 0
    with path.open("rb+") as file:
        for text in file:
            if text.endswith(b"\n"):
                count += 1
                end += len(text)
        file.truncate(end)
    return count


def _mark(output: Path) -> Path:
    return output.with_name(output.name + ".progress")


def _check_owner(source: Path, output: Path) -> None:
    """An output that was begun may only be continued with the same input. Raises `SetupError`."""
    fact = orjson.dumps({"input": source.name, "size": source.stat().st_size})
    mark = _mark(output)
    if mark.exists() and mark.read_bytes() != fact:
        raise SetupError(f"{output} was begun with another input: remove it, or choose another output")
    if output.exists() and not mark.exists() and output.stat().st_size:
        raise SetupError(f"{output} exists already: remove it, or choose another output")
    output.parent.mkdir(parents=True, exist_ok=True)
    mark.write_bytes(fact)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        width = 30
        filled = width * done // max(total, 1)
        end = "\n" if done == total else ""
        print(
            f"\r[{'#' * filled}{'.' * (width - filled)}] {done}/{total}", end=end, file=sys.stderr, flush=True
        )
