"""A server process for benchmarks: `python -m bench.served bare|api|api,worker|local DSN HOME PORT`.

`bare` is the simplest app that does it, `local` a whole desk with its own intelligence; the others have a script
for an AI.
"""

import contextlib
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import orjson
import uvicorn
from fastapi import FastAPI
from psycopg import AsyncConnection
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel

from bench.place import Place, free_port, settings_on
from bench.scripted import InstantReader, ScriptedAnswerer
from frontdesk import logs
from frontdesk.desk import open_desk
from frontdesk.kit import loop
from frontdesk.roles import run_roles

POOL = 10
READY = "ready"


class Submission(BaseModel):
    subject: str
    body: str
    channel: str
    customer: dict[str, str]


def bare_app(pool: "AsyncConnectionPool[AsyncConnection[Any]]") -> FastAPI:
    """The simplest app that does it: a validated body, one durable insert, its id as the answer."""
    app = FastAPI()

    @app.post("/tickets", status_code=202)
    async def submit(body: Submission) -> dict[str, int]:
        async with pool.connection() as conn:
            cursor = await conn.execute(
                "insert into bare (body) values (%s) returning id", (Jsonb(body.model_dump(), dumps=_dumps),)
            )
            row = await cursor.fetchone()
            assert row is not None
            return {"id": row[0]}

    return app


def _dumps(value: object) -> str:
    return orjson.dumps(value).decode()


@contextlib.asynccontextmanager
async def bare_pool(dsn: str) -> AsyncIterator["AsyncConnectionPool[AsyncConnection[Any]]"]:
    """Autocommit connections and a table with nothing but a key and a body."""
    async with AsyncConnectionPool(
        dsn, kwargs={"autocommit": True}, min_size=POOL, max_size=POOL, open=False
    ) as pool:
        async with pool.connection() as conn:
            await conn.execute(
                "create table if not exists bare"
                " (id bigint generated always as identity primary key, body jsonb not null)"
            )
        yield pool


async def _serve_bare(dsn: str, port: int) -> None:
    async with bare_pool(dsn) as pool:
        config = uvicorn.Config(
            bare_app(pool), port=port, access_log=False, log_config=None, server_header=False, lifespan="off"
        )
        await _Server(config).serve()


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        _ready()


@contextlib.contextmanager
def serving(place: Place, what: str, dsn: str) -> Iterator[int]:
    """The port of such a process, while the block lasts."""
    port = free_port()
    home = place.root / f"served-{port}"
    home.mkdir()
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.served", what, dsn, str(home), str(port)],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdout is not None
            if process.stdout.readline().strip() != READY:
                raise RuntimeError((home / "log").read_text()[-2000:])
            yield port
        finally:
            process.kill()
            process.wait()


async def _serve_local(dsn: str, home: Path, port: int) -> None:
    async with open_desk(settings_on(dsn, home, port=port)) as desk:
        await run_roles(desk, {"api", "worker"}, _ready)


async def _serve_desk(dsn: str, home: Path, port: int, roles: set[str]) -> None:
    settings = settings_on(dsn, home, port=port, db_pool_size=POOL)
    async with open_desk(settings, answerer=ScriptedAnswerer(), reader=InstantReader()) as desk:
        await run_roles(desk, roles, _ready)


def _ready() -> None:
    print(READY, flush=True)


def main(what: str, dsn: str, home: str, port: str) -> None:
    """Serve until told to stop; logs go to stderr as the product's do."""
    logs.configure()
    if what == "bare":
        loop.run(_serve_bare(dsn, int(port)))
    elif what == "local":
        loop.run(_serve_local(dsn, Path(home), int(port)))
    else:
        loop.run(_serve_desk(dsn, Path(home), int(port), set(what.split(","))))


if __name__ == "__main__":
    main(*sys.argv[1:])
