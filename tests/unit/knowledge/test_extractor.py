"""Files are read in a process that is poor, replaceable and never outlives the desk."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest
from prometheus_client import REGISTRY

from frontdesk.errors import FrontdeskError, Unavailable, UnsupportedMediaType, ValidationFailed
from frontdesk.kit.tasks import end
from frontdesk.knowledge.extract import Extracted, worker, workers
from frontdesk.knowledge.extract.extractor import AT_ONCE, MOST_WAITING, Extractor
from frontdesk.knowledge.extract.wire import reply_of
from tests.unit.knowledge.bombs import slow_pdf

_NOTE = b"Delivery\n\nTwo days to Almaty."
_UNPACKED = 80_000_000
"""Bytes that a worker holds only once it works on the slow PDF."""
_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a busy worker with its parent")


@pytest.fixture
async def extractor() -> AsyncIterator[Extractor]:
    opened = Extractor(seconds=60)
    yield opened
    await opened.aclose()


def _is_running(pid: int) -> bool:
    """A process that ended may be kept as a zombie, where nobody has waited for it."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


async def _until(reached: Callable[[], bool]) -> None:
    while not reached():  # noqa: ASYNC110  # other processes do not tell it
        await asyncio.sleep(0.01)


async def _read(extractor: Extractor) -> int:
    """Read a note; the worker that did it."""
    assert (await extractor.extract("a.txt", _NOTE)).title == "Delivery"
    [pid] = extractor.worker_pids
    return pid


def _counted(format: str, outcome: str) -> float:
    labels = {"format": format, "outcome": outcome}
    return REGISTRY.get_sample_value("support_extractions_total", labels) or 0.0


async def test_a_worker_reads_several_files_and_is_replaced_after_many(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await _read(extractor)
    with pytest.raises(UnsupportedMediaType):
        await extractor.extract("a.exe", b"MZ")
    assert await _read(extractor) == first
    monkeypatch.setattr(workers, "_FILES_EACH", 4)
    await extractor.extract("a.txt", _NOTE)
    assert extractor.worker_pids == []
    assert await _read(extractor) != first


async def test_a_worker_that_was_killed_while_idle_is_replaced_and_the_file_is_read(
    extractor: Extractor,
) -> None:
    first = await _read(extractor)
    os.kill(first, signal.SIGKILL)
    assert await _read(extractor) != first


async def test_a_file_whose_worker_is_killed_is_refused_and_the_next_is_read(extractor: Extractor) -> None:
    before = _counted("pdf", "crashed")
    reading = asyncio.create_task(extractor.extract("a.pdf", slow_pdf()))
    await _until(lambda: bool(extractor.worker_pids))
    [pid] = extractor.worker_pids
    await _until(lambda: psutil.Process(pid).memory_info().rss > _UNPACKED)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(ValidationFailed, match="cannot be read"):
        await reading
    assert _counted("pdf", "crashed") == before + 1
    await _read(extractor)


async def test_a_slow_file_is_refused_with_the_reason_and_its_worker_is_gone() -> None:
    extractor = Extractor(seconds=0.5)
    before = _counted("pdf", "too_slow")
    with pytest.raises(ValidationFailed, match=r"longer than 0\.5 s"):
        await extractor.extract("a.pdf", slow_pdf())
    assert _counted("pdf", "too_slow") == before + 1
    assert extractor.worker_pids == []
    await extractor.aclose()


async def test_an_interrupted_request_ends_its_worker(extractor: Extractor) -> None:
    reading = asyncio.create_task(extractor.extract("a.pdf", slow_pdf()))
    await _until(lambda: bool(extractor.worker_pids))
    await end([reading])
    assert extractor.worker_pids == []
    await _read(extractor)


async def test_files_beyond_the_queue_are_refused_until_later(extractor: Extractor) -> None:
    slow = slow_pdf()
    reading = [asyncio.create_task(extractor.extract("a.pdf", slow)) for _ in range(AT_ONCE + MOST_WAITING)]
    await _until(lambda: len(extractor.worker_pids) == AT_ONCE)
    before = _counted("plain", "unavailable")
    with pytest.raises(Unavailable) as refused:
        await extractor.extract("a.txt", _NOTE)
    assert refused.value.retry_after
    assert _counted("plain", "unavailable") == before + 1
    assert len(extractor.worker_pids) <= AT_ONCE
    await end(reading)


async def test_an_idle_worker_ends(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_IDLE_SECONDS", 0.0)
    await extractor.extract("a.txt", _NOTE)
    await _until(lambda: not extractor.worker_pids)
    await extractor.extract("a.txt", _NOTE)


async def test_closing_ends_workers_and_readings() -> None:
    extractor = Extractor(seconds=60)
    await extractor.extract("a.txt", _NOTE)
    reading = asyncio.create_task(extractor.extract("a.pdf", slow_pdf()))
    await asyncio.sleep(0)
    [pid] = extractor.worker_pids
    await extractor.aclose()
    with pytest.raises(FrontdeskError):
        await reading
    assert not _is_running(pid)
    with pytest.raises(Unavailable):
        await extractor.extract("a.txt", _NOTE)


async def test_a_worker_that_cannot_start_is_the_desks_fault(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(Unavailable):
        await extractor.extract("a.txt", _NOTE)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Unavailable):
        await extractor.extract("a.txt", _NOTE)


@_linux
async def test_a_worker_has_no_secrets_no_open_files_and_narrow_limits(
    extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    with (tmp_path / "private").open("w") as private:
        os.set_inheritable(private.fileno(), True)
        process = psutil.Process(await _read(extractor))
    assert process.environ().keys() <= {
        "PYTHONPATH",
        "PYTHONUTF8",
        "PYTHONHOME",
        "LD_LIBRARY_PATH",
        "LC_CTYPE",
    }
    targets = [os.readlink(link) for link in Path(f"/proc/{process.pid}/fd").iterdir()]
    assert all(target == "/dev/null" or target.startswith("pipe:") for target in targets), targets
    assert process.cwd() == "/"
    assert process.nice() > psutil.Process().nice()
    assert process.rlimit(psutil.RLIMIT_AS) == (worker.MEMORY, worker.MEMORY)
    assert process.rlimit(psutil.RLIMIT_CORE) == (0, 0)
    assert 0 < process.rlimit(psutil.RLIMIT_CPU)[0] <= 62


@pytest.mark.parametrize(
    "stopped", [False, pytest.param(True, marks=_linux)], ids=["idle", "unable to notice"]
)
def test_a_worker_ends_with_its_killed_parent(stopped: bool) -> None:
    command = [sys.executable, "-m", "tests.unit.knowledge.extracting"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as desk:
        assert desk.stdout
        pid = int(desk.stdout.readline())
        assert _is_running(pid)
        if stopped:
            os.kill(pid, signal.SIGSTOP)
        desk.kill()
    while _is_running(pid):
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("error", "outcome"), [(MemoryError(), "too_much_memory"), (RuntimeError(), "fault")]
)
def test_every_error_of_a_reader_becomes_a_reply(
    error: Exception, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Extracted:
        raise error

    monkeypatch.setattr(worker, "extract", fail)
    reply = reply_of(worker.reply("a.txt", b"", 1)[4:])
    assert (reply.outcome, reply.worn) == (outcome, True)
