"""`frontdesk kb`: add, import, search and evaluate knowledge."""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk.access.actor import OPERATOR
from frontdesk.cli.kb_check import check
from frontdesk.cli.opened import Handler, opened
from frontdesk.errors import FrontdeskError, RequestError
from frontdesk.knowledge.base import MAIN, Knowledge
from frontdesk.knowledge.days import Days, day_of
from frontdesk.knowledge.document import AddedDocument
from frontdesk.knowledge.evaluate import evaluate, queries_of_lines
from frontdesk.knowledge.extract import LARGEST_FILE
from frontdesk.knowledge.intake import articles_of_lines
from frontdesk.knowledge.passage import Passage
from frontdesk.knowledge.reindex import VectorProgress

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_FILES = {".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx"}
_BATCH = 200
_SHOWN = 20
_EMBED_BATCH = 16
_REINDEX_BATCH = 100


def register(subparsers: "Subparsers") -> None:
    """Add `kb` and its commands; each parsed command carries its handler as `run`."""
    parser = subparsers.add_parser("kb", help="knowledge: add, import, search, evaluate")
    commands = parser.add_subparsers(dest="kb_command", required=True, metavar="COMMAND")
    add = _command(commands, "add", "add files or folders (PDF, DOCX, TXT, MD, HTML)", add_files)
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--review-on", type=_day, metavar="DAY", help="when their owner looks at them again")
    add.add_argument(
        "--expires-on", type=_day, metavar="DAY", help="the last day on which answers come from them"
    )
    load = _command(
        commands, "import", "add articles of a JSON Lines file (doc_id, title, text, lang?)", import_lines
    )
    load.add_argument("file", type=Path, metavar="DOCS.jsonl")
    find = _command(commands, "search", "find passages", search)
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--k", type=int, default=5, help="how many passages (default 5)")
    find.add_argument(
        "--lang", choices=("ru", "kk", "en"), help="language of the question (default: detected)"
    )
    find.add_argument("--json", action="store_true", help="print JSON")
    checking = _command(
        commands, "check", "show doubles, contradictions, and articles that are out of date", check
    )
    checking.add_argument("--json", action="store_true", help="print JSON")
    reindexing = _command(
        commands, "reindex", "make the vectors that EMBEDDING_MODEL lacks, now", reindex, all_spaces=True
    )
    reindexing.add_argument("--anew", action="store_true", help="also those that it has")
    measure = _command(commands, "evaluate", "measure search on questions with known answers", evaluate_file)
    measure.add_argument("file", type=Path, metavar="QUERIES.jsonl")


def _command(
    commands: "Subparsers", name: str, help: str, run: Handler, all_spaces: bool = False
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help, description=help)
    space = (
        (None, "this space alone (default all)")
        if all_spaces
        else (MAIN, "keep a corpus apart (default main)")
    )
    parser.add_argument("--space", default=space[0], metavar="NAME", help=space[1])
    parser.set_defaults(run=opened(run))
    return parser


def _day(text: str) -> date:
    day = day_of(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write 2026-12-31")
    return day


async def add_files(args: argparse.Namespace, knowledge: Knowledge) -> int:
    """Each file by itself: one that cannot be read is named and does not stop the others; exit code 1 then."""
    summary = _Summary()
    for file, key in _files(args.paths):
        if file.suffix.lower() not in _FILES and not _is_given(file, args.paths):
            summary.others.append(key)
            continue
        try:
            data = await asyncio.to_thread(_content, file)
            language = _folder_language(file)
            added = await knowledge.add_file(
                file.name, data, doc_key=key, source=key, space=args.space, language=language,
                days=Days(args.review_on, args.expires_on), by=OPERATOR,
            )  # fmt: skip
        except (RequestError, OSError) as error:
            summary.note_failed(file, error)
        else:
            summary.note_added(added)
    await _embed(knowledge, args.space)
    summary.print()
    return 1 if summary.failures else 0


def _content(file: Path) -> bytes:
    """Of a file that is too large, as much as shows that it is."""
    with file.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


@dataclass
class _Summary:
    """Tells what became of each file when it is done, and of all at the end."""

    changed: int = 0
    unchanged: int = 0
    warnings: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Files of a folder that are of other kinds."""

    def note_added(self, added: AddedDocument) -> None:
        state = f"{added.chunks} chunks, {added.language}" if added.changed else "unchanged"
        print(f"{added.doc_key}: {added.title} ({state})")
        for warning in added.warnings:
            print(f"  warning: {warning}")
        self.changed += added.changed
        self.unchanged += not added.changed
        self.warnings += [f"{added.doc_key}: {warning}" for warning in added.warnings]

    def note_failed(self, file: Path, error: RequestError | OSError) -> None:
        reason = error.message if isinstance(error, RequestError) else error.strerror or str(error)
        print(f"{file}: {reason}", file=sys.stderr)
        self.failures.append(f"{file}: {reason}")

    def print(self) -> None:
        """Nothing for a single file, of which all has been told."""
        if self.changed + self.unchanged + len(self.failures) + len(self.others) < 2:
            return
        print(f"{self.changed} new or changed, {self.unchanged} unchanged, {len(self.failures)} not added")
        for line in self.warnings:
            print(f"  warning: {line}")
        if self.others:
            shown = ", ".join(self.others[:_SHOWN]) + (", ..." if len(self.others) > _SHOWN else "")
            print(f"  left out, of other kinds: {shown}")
        for line in self.failures:
            print(f"  not added: {line}", file=sys.stderr)


def _files(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with its key: its path within a given folder, or its name."""
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                inner = file.relative_to(path)
                if file.is_file() and not any(part.startswith(".") for part in inner.parts):
                    yield file, inner.as_posix()
        else:
            yield path, path.name


def _is_given(file: Path, paths: list[Path]) -> bool:
    """By its own name, as opposed to that of a folder above it."""
    return file in paths


def _folder_language(file: Path) -> str | None:
    return file.parent.name if file.parent.name in ("ru", "kk", "en") else None


async def import_lines(args: argparse.Namespace, knowledge: Knowledge) -> int:
    with args.file.open(encoding="utf-8-sig", errors="replace") as lines:
        articles = await asyncio.to_thread(lambda: list(articles_of_lines(lines)))
    changed = 0
    for at in range(0, len(articles), _BATCH):
        added = await knowledge.add_articles(articles[at : at + _BATCH], args.space, OPERATOR)
        changed += sum(document.changed for document in added)
    await _embed(knowledge, args.space)
    print(f"{len(articles)} articles, {changed} new or changed, in space {args.space!r}")
    return 0


async def _embed(knowledge: Knowledge, space: str) -> None:
    """Articles are stored already: a model that cannot be reached is a warning, not an error."""
    try:
        while await knowledge.embed_missing(space, _EMBED_BATCH):
            pass
    except FrontdeskError as error:
        print(f"warning: vectors are made later, search goes by words: {error.message}", file=sys.stderr)


async def reindex(args: argparse.Namespace, knowledge: Knowledge) -> int:
    """Make all missing vectors, of one space or of all; an interrupted run keeps what it made."""
    if knowledge.model is None:
        print("EMBEDDING_MODEL is `none`: search goes by words, there are no vectors to make")
        return 0
    print(f"model: {knowledge.model}")
    if args.anew:
        print(f"{await knowledge.delete_vectors(args.space)} vectors deleted")
    for row in await _progress(knowledge, args.space):
        print(f"{row.space} {row.language}: {row.chunks - row.missing} of {row.chunks} chunks have vectors")
    made = 0
    for space in sorted({row.space for row in await _progress(knowledge, args.space) if row.missing}):
        made += await _make(knowledge, space)
    if args.space is None:
        # Builds the index of a large space and deletes the vectors of unused models.
        await knowledge.reindex(seconds=0)
    print(f"done: {made} chunks")
    return 0


async def _make(knowledge: Knowledge, space: str) -> int:
    total = sum(row.missing for row in await _progress(knowledge, space))
    made = 0
    while done := await knowledge.embed_missing(space, _REINDEX_BATCH):
        made += done
        print(f"{space}: {made} of {max(total, made)}", flush=True)
    return made


async def _progress(knowledge: Knowledge, space: str | None) -> list[VectorProgress]:
    return [row for row in await knowledge.progress() if space in (None, row.space)]


async def search(args: argparse.Namespace, knowledge: Knowledge) -> int:
    passages = await knowledge.search(args.text, language=args.lang, limit=args.k, space=args.space)
    if args.json:
        results = [as_json(passage) for passage in passages]
        print(json.dumps({"results": results}, ensure_ascii=False, indent=2))
        return 0
    for passage in passages:
        heading = f" › {passage.heading}" if passage.heading else ""
        print(f"{passage.score:.2f}  [{passage.language}] {passage.title}{heading}  ({passage.doc_key})")
        print(f"      {passage.quote}")
    if not passages:
        print("nothing found")
    return 0


def as_json(passage: Passage) -> dict[str, object]:
    """The contract's Source with `text` and the parts of the score."""
    return {
        "doc_id": passage.doc_key,
        "title": passage.title,
        "heading": passage.heading,
        "quote": passage.quote,
        "score": passage.score,
        "url": passage.url,
        "text": passage.text,
        "document_id": passage.document_id,
        "language": passage.language,
        "category": passage.category,
        "lexical_score": passage.lexical_score,
        "vector_score": passage.vector_score,
        "coverage": passage.coverage,
    }


async def evaluate_file(args: argparse.Namespace, knowledge: Knowledge) -> int:
    with args.file.open(encoding="utf-8-sig", errors="replace") as lines:
        queries = queries_of_lines(lines)
    measured = await evaluate(knowledge, queries, args.space)
    print(json.dumps(measured.as_json(), indent=2))
    return 0
