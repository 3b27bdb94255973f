"""`frontdesk doctor`: is everything there that the desk needs, and does it answer."""

import argparse
import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import psycopg

from frontdesk import settings
from frontdesk.db.embedded import EmbeddedPostgres
from frontdesk.db.embedded_home import data_of
from frontdesk.db.migrate import is_behind, newest, schema_of
from frontdesk.errors import FrontdeskError, SetupError
from frontdesk.knowledge.reindex import TOTAL_PROGRESS
from frontdesk.llm.embedding import Embedder, open_embedder
from frontdesk.llm.rerank import open_reranker
from frontdesk.llm.retired import retired_model
from frontdesk.settings import Settings

_GIGABYTE = 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    state: str
    """`ok`, `warning` or `error`."""
    text: str


def register(commands: Any) -> None:
    parser = commands.add_parser("doctor", help="check this installation")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace) -> int:
    findings = [finding async for finding in examine(settings.load())]
    if args.json:
        rows = [{"name": f.name, "state": f.state, "text": f.text} for f in findings]
        print(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    else:
        marks = {"ok": "✓", "warning": "!", "error": "✗"}
        for finding in findings:
            print(f"{marks[finding.state]} {finding.name}: {finding.text}")
    return 1 if any(finding.state == "error" for finding in findings) else 0


async def examine(config: Settings) -> AsyncIterator[Finding]:
    """Each check once; none stops the others."""
    yield _home(config.frontdesk_home, config.disk_low_mb)
    embedder, findings = _embedder(config)
    for finding in [*await asyncio.to_thread(_database, config, embedder), *findings]:
        yield finding
    yield _faces()
    yield _models(config)
    yield await _mail(config)
    yield _port(config)


def _home(home: Path, low_megabytes: int) -> Finding:
    folder = next(folder for folder in (home.resolve(), *home.resolve().parents) if folder.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return Finding("home", "error", f"{home}: not writable; set FRONTDESK_HOME to a folder of yours")
    data = data_of(home.resolve())
    free = min(shutil.disk_usage(place).free for place in (folder, data) if place.exists())
    if free < low_megabytes * 2**20:
        text = f"{home.resolve()}, {free // 2**20} MB free: below DISK_LOW_MB, so new work is refused"
        return Finding("home", "error", text)
    state = "warning" if free < 2 * _GIGABYTE else "ok"
    return Finding("home", state, f"{home.resolve()}, {free / _GIGABYTE:.1f} GB free")


def _database(config: Settings, embedder: Embedder | None) -> list[Finding]:
    dsn = config.dsn or EmbeddedPostgres.running_in(config.frontdesk_home)
    if dsn is None:
        return [Finding("database", "ok", "embedded, not running now: `demo` and `serve` start it")]
    try:
        with psycopg.connect(dsn, connect_timeout=5) as conn:
            findings = _examine_database(conn, "served" if config.dsn else "embedded")
            return [*findings, _progress(conn, embedder)] if embedder else findings
    except (psycopg.OperationalError, FrontdeskError) as error:
        return [Finding("database", "error", str(error).splitlines()[0])]


def _examine_database(conn: psycopg.Connection[Any], kind: str) -> list[Finding]:
    version = int(conn.info.server_version / 10000)
    findings = [
        Finding("database", "ok" if version >= 16 else "error", f"{kind} PostgreSQL {version} (16 or newer)")
    ]
    row = conn.execute("select default_version from pg_available_extensions where name = 'vector'").fetchone()
    text = f"pgvector {row[0]}" if row else "pgvector is not there: install the extension"
    findings.append(Finding("pgvector", "ok" if row else "error", text))
    folds = conn.execute("select lower('ПРИВЕТ Ә') = 'привет ә'").fetchone() == (True,)
    text = (
        "Cyrillic capitals are folded"
        if folds
        else "the locale does not fold Cyrillic: create it with C.UTF-8"
    )
    findings.append(Finding("locale", "ok" if folds else "error", text))
    return [*findings, _schema(conn)]


def _schema(conn: psycopg.Connection[Any]) -> Finding:
    schema = schema_of(conn)
    if is_behind(schema):
        text = "no tables yet" if schema is None else f"{schema}, this version needs {newest()}"
        return Finding("schema", "warning", text + ": run `frontdesk migrate` before `frontdesk serve`")
    return Finding("schema", "ok", str(schema))


def _embedder(config: Settings) -> tuple[Embedder | None, list[Finding]]:
    """What EMBEDDING_MODEL and RERANKER name, and what is wrong with them."""
    try:
        open_reranker(config.reranker, config)
        embedder = open_embedder(config.embedding_model, config)
    except SetupError as error:
        return None, [Finding("vectors", "error", error.message)]
    if embedder is not None:
        return embedder, []
    if config.embedding_model.strip().lower() in ("none", "off"):
        return None, [Finding("vectors", "ok", "EMBEDDING_MODEL is `none`: search goes by words alone")]
    text = "the MiniLM weights are not installed: English search goes by words alone"
    return None, [Finding("vectors", "warning", text)]


def _progress(conn: psycopg.Connection[Any], embedder: Embedder) -> Finding:
    """How far the model is with what the knowledge base holds; a database not yet migrated holds nothing."""
    spoken = sorted(embedder.languages, key=("ru", "kk", "en").index)
    model = f"{embedder.name} ({', '.join(spoken)})"
    if conn.execute("select to_regclass('embedding')").fetchone() == (None,):
        return Finding("vectors", "ok", f"{model}; nothing to embed yet")
    row = conn.execute(TOTAL_PROGRESS, (embedder.name, spoken)).fetchone()
    chunks, missing = (int(row[0]), int(row[1])) if row else (0, 0)
    text = f"{model}; {chunks - missing} of {chunks} chunks embedded"
    if missing:
        return Finding(
            "vectors", "warning", text + "; a running desk does the rest, or `frontdesk kb reindex`"
        )
    return Finding("vectors", "ok", text)


def _faces() -> Finding:
    static = Path(__file__).parent.parent / "web" / "static"
    missing = [face for face in ("console", "widget", "shop") if not (static / face / "index.html").exists()]
    if missing:
        return Finding("faces", "warning", f"not built: {', '.join(missing)}; run `make setup`")
    return Finding("faces", "ok", "console, widget and shop are built")


def _models(config: Settings) -> Finding:
    chain = " -> ".join(config.providers)
    note = (
        ""
        if len(config.providers) > 1
        else " (set ANTHROPIC_API_KEY, OPENAI_API_KEY or USE_OLLAMA for an LLM)"
    )
    if "anthropic" in config.providers and (warning := retired_model(config)):
        return Finding("answers", "warning", f"{chain}; {warning}")
    return Finding("answers", "ok", chain + note)


async def _mail(config: Settings) -> Finding:
    if not config.smtp_host:
        return Finding(
            "mail", "warning", "no SMTP_HOST: escalation e-mails stay in the home folder and the console"
        )
    try:
        async with asyncio.timeout(5):
            _, writer = await asyncio.open_connection(config.smtp_host, config.smtp_port)
            writer.close()
    except (OSError, TimeoutError):
        return Finding("mail", "error", f"{config.smtp_host}:{config.smtp_port} does not answer")
    return Finding(
        "mail", "ok", f"{config.smtp_host}:{config.smtp_port} answers; manager: {config.manager_email}"
    )


def _port(config: Settings) -> Finding:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError:
            return Finding("port", "warning", f"{config.port} is taken (by a running desk?)")
    return Finding("port", "ok", f"{config.host}:{config.port} is free")
