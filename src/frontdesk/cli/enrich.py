"""`frontdesk enrich`: analyse a file of tickets, in order; a run that was cut off can be resumed."""

import argparse
import os
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import orjson
import psycopg

from frontdesk import settings
from frontdesk.cli.batch import Batch, Line, LineResult, Plan, begin_worker, work_chunk
from frontdesk.cli.ticket_file import ticket_lines
from frontdesk.db.embedded import EmbeddedPostgres
from frontdesk.db.migrate import newest
from frontdesk.errors import SetupError, Unavailable, ValidationFailed
from frontdesk.settings import Settings

CHUNK = 100
_FEW = 500
"""Below this many lines more processes cost more time than they save."""
_HAS_ARTICLES = (
    "select exists (select from document where space = 'main') and version_num = %s from alembic_version"
)


def register(commands: Any) -> None:
    parser = commands.add_parser("enrich", help="analyse a file of tickets (JSON lines, CSV, XLSX)")
    parser.add_argument("input", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument(
        "--provider", default="local", help="local (default), anthropic, openai, ollama, huggingface"
    )
    parser.add_argument(
        "--fast", action="store_true", help="read English by its words alone: quicker, and less right"
    )
    parser.add_argument(
        "--no-replies", dest="replies", action="store_false", help="leave suggested_reply empty: much quicker"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    config = settings.load()
    if args.provider not in ("local", *config.providers):
        raise SetupError(f"provider {args.provider!r} is not configured: {', '.join(config.providers)} are")
    if not args.input.is_file():
        raise ValidationFailed(f"{args.input} is not a file")
    errors = args.output.with_suffix(".errors.jsonl")
    with _articles(config) if args.replies else nullcontext() as dsn:
        plan = Plan(args.provider, args.fast, args.replies, dsn)
        total = sum(1 for _ in ticket_lines(args.input))
        progress = _begin(args.input, args.output, errors, plan)
        with args.output.open("ab") as out, errors.open("ab") as bad:
            _enrich(ticket_lines(args.input), out, bad, progress, total, plan)
    if not progress.wrong:
        errors.unlink()
    progress.mark.unlink()
    wrong = f"; {progress.wrong} bad lines in {errors}" if progress.wrong else ""
    print(f"{total} tickets in {args.output}{wrong}", file=sys.stderr)
    return 0


@contextmanager
def _articles(config: Settings) -> Iterator[str | None]:
    """The database with the desk's articles, None without any; the embedded server runs meanwhile.

    Creates no database.
    """
    home = config.frontdesk_home.expanduser().resolve()
    if config.dsn is not None or not EmbeddedPostgres.was_in(home):
        yield config.dsn if config.dsn and _has_articles(config.dsn) else None
        return
    server = EmbeddedPostgres(home)
    try:
        dsn = server.start()
        yield dsn if _has_articles(dsn) else None
    finally:
        server.stop()


def _has_articles(dsn: str) -> bool:
    """Raises `Unavailable` where the configured database does not answer."""
    try:
        with psycopg.connect(dsn, connect_timeout=10) as conn:
            return conn.execute(_HAS_ARTICLES, (newest(),)).fetchone() == (True,)
    except psycopg.errors.UndefinedTable:
        return False
    except psycopg.OperationalError as error:
        reason = str(error).splitlines()[0]
        raise Unavailable(f"the database cannot be reached: {reason}; --no-replies does without") from error


@dataclass(slots=True)
class _Progress:
    """How far a run is, saved beside its output. A resumed run cuts both files back to the sizes saved here."""

    mark: Path
    source: dict[str, object]
    done: int = 0
    wrong: int = 0
    out_size: int = 0
    bad_size: int = 0

    def save(self) -> None:
        facts = {field: getattr(self, field) for field in ("source", "done", "wrong", "out_size", "bad_size")}
        scratch = self.mark.with_name(self.mark.name + ".part")
        scratch.write_bytes(orjson.dumps(facts))
        scratch.replace(self.mark)


def _begin(source: Path, output: Path, errors: Path, plan: Plan) -> _Progress:
    """Start a new run or resume one that was cut off. Raises `SetupError` where the output is of another run."""
    options = asdict(plan) | {"dsn": plan.dsn is not None}
    facts: dict[str, object] = {"input": source.name, "size": source.stat().st_size, **options}
    progress = _Progress(output.with_name(output.name + ".progress"), facts)
    if progress.mark.exists():
        kept = orjson.loads(progress.mark.read_bytes())
        if kept["source"] != facts:
            raise SetupError(
                f"{output} was begun with another input or other options: go on with those, or choose another output"
            )
        progress = _Progress(progress.mark, **kept)
    elif output.exists() and output.stat().st_size:
        raise SetupError(f"{output} exists already: remove it, or choose another output")
    output.parent.mkdir(parents=True, exist_ok=True)
    for file, size in ((output, progress.out_size), (errors, progress.bad_size)):
        with file.open("ab") as opened:
            if opened.tell() < size:
                raise SetupError(f"{file} is shorter than it was: remove {progress.mark} to begin anew")
            opened.truncate(size)
    progress.save()
    return progress


def _enrich(
    lines: Iterator[tuple[int, bytes]],
    out: IO[bytes],
    bad: IO[bytes],
    progress: _Progress,
    total: int,
    plan: Plan,
) -> None:
    _show(progress.done, total)
    for results in _results(_chunks(lines, progress.done), plan, total - progress.done):
        for result in results:
            (out if result.ok else bad).write(result.text + b"\n")
            progress.wrong += not result.ok
        out.flush()
        bad.flush()
        progress.done += len(results)
        progress.out_size, progress.bad_size = out.tell(), bad.tell()
        progress.save()
        _show(progress.done, total)


def _results(chunks: Iterator[list[Line]], plan: Plan, left: int) -> Iterator[list[LineResult]]:
    """The results of the chunks, in order; a bounded number of chunks is processed at once."""
    processes = os.cpu_count() or 1
    if plan.provider != "local" or left < _FEW or processes == 1:
        with closing(Batch(plan)) as batch:
            yield from map(batch.work, chunks)
        return
    try:
        with ProcessPoolExecutor(processes, initializer=begin_worker, initargs=(plan,)) as pool:
            waiting: deque[Future[list[LineResult]]] = deque()
            for chunk in chunks:
                waiting.append(pool.submit(work_chunk, chunk))
                if len(waiting) >= processes * 3:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool:
        raise Unavailable("a process of this run was ended from outside; start it again to go on") from None


def _chunks(lines: Iterator[tuple[int, bytes]], skip: int) -> Iterator[list[Line]]:
    rest = islice(lines, skip, None)
    while chunk := list(islice(rest, CHUNK)):
        yield [Line(number, text) for number, text in chunk]


def _show(done: int, total: int) -> None:
    if sys.stderr.isatty():
        width = 30
        filled = width * done // max(total, 1)
        end = "\n" if done == total else ""
        print(
            f"\r[{'#' * filled}{'.' * (width - filled)}] {done}/{total}", end=end, file=sys.stderr, flush=True
        )
