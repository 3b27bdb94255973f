"""The pool of workers: started on demand, reused, ended when they are slow, worn or idle for long."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import structlog

from frontdesk.errors import Unavailable
from frontdesk.knowledge.extract.process import WorkerDied, WorkerProcess
from frontdesk.knowledge.extract.wire import Reply, Request

_START_SECONDS = 30.0
_IDLE_SECONDS = 60.0
_FILES_EACH = 100
"""A worker is replaced after as many, so that what one file did to it does not last."""

_log = structlog.get_logger("frontdesk.knowledge")

T = TypeVar("T")


class WorkerTooSlow(Exception):
    """The file took too long; its worker was killed."""


class Workers:
    """Reads up to `at_once` files at the same time; further calls wait."""

    def __init__(self, at_once: int) -> None:
        self._threads = ThreadPoolExecutor(at_once, "extract")
        self._all: set[WorkerProcess] = set()
        self._idle: dict[WorkerProcess, asyncio.TimerHandle] = {}
        self._closed = False

    @property
    def pids(self) -> list[int]:
        return [worker.pid for worker in self._all if worker.alive]

    async def read(self, request: Request, data: bytes) -> Reply:
        """Raises `WorkerTooSlow`, `WorkerDied` (because of the file), or `Unavailable` if none can be started."""
        if worker := self._take_idle():
            try:
                return await self._read_with(worker, request, data)
            except WorkerDied as error:
                if error.by_processor_limit:
                    raise WorkerTooSlow from error
                # Perhaps it died while idle: only the death of a fresh worker proves a fault of the file.
        worker = await self._start()
        try:
            return await self._read_with(worker, request, data)
        except WorkerDied as error:
            if error.by_processor_limit:
                raise WorkerTooSlow from error
            raise

    async def aclose(self) -> None:
        """Kill all workers and wait until they have ended."""
        self._closed = True
        self._idle.clear()
        for worker in list(self._all):
            self._end(worker)
        await asyncio.to_thread(self._threads.shutdown)

    def _take_idle(self) -> WorkerProcess | None:
        while self._idle:
            worker, timer = self._idle.popitem()
            timer.cancel()
            if worker.alive:
                return worker
            self._end(worker)
        return None

    async def _start(self) -> WorkerProcess:
        if self._closed:
            raise Unavailable("the desk is closing")
        worker = WorkerProcess()
        self._all.add(worker)
        try:
            await self._in_time(worker, worker.wait_until_ready, _START_SECONDS)
        except (WorkerDied, WorkerTooSlow) as error:
            _log.error("extract_worker_does_not_start", error=str(error))
            raise Unavailable("the process that reads files does not start", retry_after=10) from error
        return worker

    async def _read_with(self, worker: WorkerProcess, request: Request, data: bytes) -> Reply:
        reply = await self._in_time(worker, partial(worker.read, request, data), request.seconds)
        if reply.worn or worker.files >= _FILES_EACH:
            self._end(worker)
        elif not self._closed:
            later = asyncio.get_running_loop().call_later
            self._idle[worker] = later(_IDLE_SECONDS, self._retire, worker)
        return reply

    async def _in_time(self, worker: WorkerProcess, call: Callable[[], T], seconds: float) -> T:
        """An interrupted worker is ended: it still has its file."""
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.get_running_loop().run_in_executor(self._threads, call)
        except TimeoutError as error:
            self._end(worker)
            raise WorkerTooSlow from error
        except BaseException:
            self._end(worker)
            raise

    def _retire(self, worker: WorkerProcess) -> None:
        self._idle.pop(worker, None)
        self._end(worker)

    def _end(self, worker: WorkerProcess) -> None:
        if worker in self._all:
            self._all.remove(worker)
            worker.kill()
            self._threads.submit(worker.wait)
