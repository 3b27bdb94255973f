"""Reads files that people send, in processes of their own: a crafted file cannot stop the desk."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from prometheus_client import Counter, Histogram

from frontdesk.errors import (
    PayloadTooLarge,
    RequestError,
    TemporaryError,
    Unavailable,
    UnsupportedMediaType,
    ValidationFailed,
)
from frontdesk.kit.text import clip
from frontdesk.knowledge.extract import refuse_too_large
from frontdesk.knowledge.extract.extracted import Extracted
from frontdesk.knowledge.extract.process import WorkerDied
from frontdesk.knowledge.extract.sniff import named_kind
from frontdesk.knowledge.extract.wire import Reply, Request
from frontdesk.knowledge.extract.workers import Workers, WorkerTooSlow

AT_ONCE = 2
MOST_WAITING = 8
_WAIT_SECONDS = 30.0
_RETRY_AFTER = 10.0
_REFUSALS: dict[str, type[RequestError]] = {
    error.code: error for error in (ValidationFailed, PayloadTooLarge, UnsupportedMediaType)
}
_HELP = "split it, or save it in a simpler form"
_DAMAGED = "the file cannot be read: it is damaged, or made in a way that its reader does not know"

_log = structlog.get_logger("frontdesk.knowledge")
_extractions = Counter(
    "support_extractions_total", "Files, by outcome of their extraction", ["format", "outcome"]
)
_seconds = Histogram(
    "support_extraction_seconds",
    "Time of an extraction, without the time in the queue",
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100),
)


class Extractor:
    """One per process of the desk. Its workers start with the first file and end when idle for long.

    `seconds` is the limit for one file, of wall time and of processor time.
    """

    def __init__(self, seconds: float = 20.0) -> None:
        self._file_seconds = seconds
        self._workers = Workers(AT_ONCE)
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def extract(self, name: str, data: bytes) -> Extracted:
        """Like `extract` of this package, for untrusted files.

        Raises also `ValidationFailed` for a file that takes too much time or memory, and `Unavailable` while many
        files are waiting.
        """
        refuse_too_large(len(data))
        kind = named_kind(name) or "other"
        try:
            async with self._turn():
                began = time.monotonic()
                outcome, result = await self._read(Request(name, self._file_seconds), data)
        except TemporaryError:
            _extractions.labels(kind, "unavailable").inc()
            raise
        seconds = time.monotonic() - began
        _extractions.labels(kind, outcome).inc()
        _seconds.observe(seconds)
        if isinstance(result, Extracted):
            return result
        if outcome != "refused":
            _log.warning(
                "file_not_read", outcome=outcome, format=kind, bytes=len(data), seconds=round(seconds, 1)
            )
        raise result

    async def aclose(self) -> None:
        """End the workers, and with them the extractions in progress."""
        await self._workers.aclose()

    @property
    def worker_pids(self) -> list[int]:
        """The process ids of the running workers."""
        return self._workers.pids

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Raises `Unavailable` if the queue is full or too slow."""
        if self._turns.locked() and self._waiting >= MOST_WAITING:
            raise Unavailable("many files are waiting to be read; try again soon", retry_after=_RETRY_AFTER)
        self._waiting += 1
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                await self._turns.acquire()
        except TimeoutError as error:
            reason = "other files take long to be read; try again soon"
            raise Unavailable(reason, retry_after=_RETRY_AFTER) from error
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turns.release()

    async def _read(self, request: Request, data: bytes) -> tuple[str, Extracted | RequestError]:
        """The outcome, as metrics name it, with the content or the error to raise."""
        try:
            reply = await self._workers.read(request, data)
        except WorkerTooSlow:
            return "too_slow", ValidationFailed(
                f"the file takes longer than {request.seconds:g} s to read: {_HELP}"
            )
        except WorkerDied:
            return "crashed", ValidationFailed(_DAMAGED)
        if reply.outcome == "fault":
            _log.error("file_reader_failed", error=clip(reply.message, 60))
        return reply.outcome, reply.extracted or _refusal(reply)


def _refusal(reply: Reply) -> RequestError:
    if reply.outcome == "refused":
        return _REFUSALS[reply.code](reply.message)
    if reply.outcome == "too_much_memory":
        return ValidationFailed(f"the file takes too much memory to read: {_HELP}")
    return ValidationFailed(_DAMAGED)
