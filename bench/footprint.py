"""The demo's cost: seconds from start to ready, and memory after its sample conversations are answered."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from bench.place import SECRET, Place, free_port, remove_data
from bench.report import Aim, Figure, Report, median
from frontdesk.db.embedded import EmbeddedPostgres

PATIENCE = 120.0
MIB = 1024 * 1024
_BUSY = (
    "select not exists (select from ticket) or exists (select from lane where kind <> 'clock'"
    " and parked_at is null and (due_at < 'infinity' or lease_until is not null))"
)


@dataclass(frozen=True, slots=True)
class _Memory:
    process: float
    postgres: float
    """Without the memory that PostgreSQL's processes share."""


async def run(place: Place, scale: float = 1.0) -> Report:
    return await asyncio.to_thread(_measure, place, scale)


def _measure(place: Place, scale: float) -> Report:
    _compile(place)
    home = place.root / "demo"
    sample = scale >= 0.2
    with _demo(place, home, sample) as (process, fresh):
        memory, data = _settled(process, home, sample)
    again = []
    for _ in range(3 if sample else 1):
        with _demo(place, home, sample) as (_, seconds):
            again.append(seconds)
    remove_data(data)
    what = "after the sample conversations" if sample else "of an empty desk"
    figures = (
        Figure("ready, fresh home", fresh, "s", Aim(most=5)),
        Figure("ready, existing home (median)", median(again), "s", Aim(most=5)),
        Figure("memory of the process (RSS)", memory.process / MIB, "MB", Aim(most=400)),
        Figure("PostgreSQL's private memory", memory.postgres / MIB, "MB"),
        Figure("both", (memory.process + memory.postgres) / MIB, "MB", Aim(most=400)),
    )
    return Report("footprint", figures, f"`frontdesk demo --no-browser`, memory {what}")


def _environment(place: Place) -> dict[str, str]:
    """As on a user's machine: Python keeps compiled files, but not in the checkout."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "PYTHONPYCACHEPREFIX": str(place.root / "compiled"),
        "SECRET_KEY": SECRET,
        "DATABASE_URL": "",
    }


def _compile(place: Place) -> None:
    """Compile the package first, as installing does: it is no part of the start."""
    command = [sys.executable, "-m", "frontdesk", "demo", "--home", str(place.root / "compiling")]
    command += ["--port", str(free_port()), "--no-browser", "--no-sample"]
    with _running(command, place) as process:
        _await_ready(process)
    with psycopg.connect(EmbeddedPostgres(place.root / "compiling").start()) as conn:
        data = _data_folder(conn)
    remove_data(data)


@contextmanager
def _demo(place: Place, home: Path, sample: bool) -> Iterator[tuple[psutil.Process, float]]:
    """The demo, and the seconds from its start until it was ready."""
    command = [sys.executable, "-m", "frontdesk", "demo", "--home", str(home)]
    command += ["--port", str(free_port()), "--no-browser"] + ([] if sample else ["--no-sample"])
    began = time.perf_counter()
    with _running(command, place) as process:
        _await_ready(process)
        yield psutil.Process(process.pid), time.perf_counter() - began


@contextmanager
def _running(command: list[str], place: Place) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        command,
        cwd=place.root,  # no .env of the checkout
        env=_environment(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_ready(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if "is ready after" in line:
            return
    raise RuntimeError("the demo ended before it was ready")


def _settled(process: psutil.Process, home: Path, sample: bool) -> tuple[_Memory, Path]:
    """Memory once everything is answered, and where the demo's database lies."""
    server = EmbeddedPostgres(home)
    try:
        with psycopg.connect(server.start(), autocommit=True) as conn:
            deadline = time.monotonic() + PATIENCE
            while sample and conn.execute(_BUSY).fetchone() != (False,):
                if time.monotonic() > deadline:
                    raise TimeoutError("the sample conversations were not answered in time")
                time.sleep(0.3)
            data = _data_folder(conn)
    finally:
        server.stop()
    time.sleep(0.5)
    postmaster = psutil.Process(int((data / "postmaster.pid").read_text().splitlines()[0]))
    family = [postmaster, *postmaster.children(recursive=True)]
    private = sum(member.memory_full_info().uss for member in family)
    return _Memory(process.memory_info().rss, private), data


def _data_folder(conn: "psycopg.Connection[tuple[object, ...]]") -> Path:
    row = conn.execute("show data_directory").fetchone()
    assert row is not None
    return Path(str(row[0]))
