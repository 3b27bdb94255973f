"""A worker: takes lanes that are due and runs them side by side, as long as it can prove that it lives."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import structlog
from prometheus_client import Counter, Histogram

from frontdesk.engine.lanes import SIGNAL, Claim, LaneRun, Lanes
from frontdesk.errors import FrontdeskError, LaneLost, PermanentError, TemporaryError
from frontdesk.kit.tasks import end, not_cancelled

Handler = Callable[[LaneRun], Awaitable[None]]
DeadEnd = Callable[[LaneRun, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class LaneWork:
    """What is done on the lanes of one kind."""

    run: Handler
    dead_end: DeadEnd | None = None
    """Instead of merely parking a lane that is given up; it must park the lane, or have it looked at again."""


POLL_SECONDS = 1.0
"""The net below the signals: no wake-up is ever later than this."""

_log = structlog.get_logger("frontdesk.worker")
_runs = Counter("support_lane_runs_total", "Runs of lanes", ["kind", "outcome"])
_seconds = Histogram("support_lane_run_seconds", "Time of a run", ["kind"])


class Worker:
    """Runs the lanes of the kinds it has handlers for; any number of workers may share a database.

    `dead_ends` are what the domain does, in the parking transaction's stead, when a lane is given up:
    each must park the lane and bring a person.
    """

    def __init__(
        self,
        lanes: Lanes,
        handlers: Mapping[str, Handler],
        dead_ends: Mapping[str, DeadEnd] | None = None,
        concurrency: int = 1000,
    ) -> None:
        self._lanes = lanes
        self._handlers = dict(handlers)
        self._dead_ends = dict(dead_ends or {})
        self._concurrency = concurrency
        self._running: dict[asyncio.Task[None], Claim] = {}
        self._wake_up = lanes.signals.listen(SIGNAL)
        self._renewed = time.monotonic()
        self.reaches_lanes: bool | None = None
        """Whether the last look for due lanes reached the database; None before the first."""

    async def run(self) -> None:
        """Work until cancelled; then let runs in progress go (their lanes are taken again by others)."""
        renewal = asyncio.create_task(self._keep_leases())
        try:
            while not_cancelled():
                await self._claim_and_start()
        finally:
            await end([renewal])
            await self._abandon()
            self._lanes.signals.forget(SIGNAL, self._wake_up)

    async def _claim_and_start(self) -> None:
        self._wake_up.clear()
        room = self._concurrency - len(self._running)
        try:
            claims = await self._lanes.claim(list(self._handlers), min(room, 100)) if room > 0 else []
            self.reaches_lanes = True
            for claim in claims:
                task = asyncio.create_task(self._run(claim), name=claim.key)
                self._running[task] = claim
                task.add_done_callback(self._ended)
            if not claims:
                await self._rest()
        except TemporaryError as error:
            self.reaches_lanes = False
            _log.warning("database_away", error=error.message)
            await asyncio.sleep(POLL_SECONDS)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        if len(self._running) >= self._concurrency - 1:
            self._wake_up.set()

    async def _rest(self) -> None:
        upcoming = await self._lanes.seconds_to_next(list(self._handlers))
        wait = POLL_SECONDS if upcoming is None else min(POLL_SECONDS, max(upcoming, 0.005))
        # asyncio.timeout, for wait_for may swallow a cancellation on Python 3.11
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._wake_up.wait()

    async def _run(self, claim: Claim) -> None:
        run = LaneRun(self._lanes, claim)
        started = time.monotonic()
        outcome = "error"
        with structlog.contextvars.bound_contextvars(lane=claim.key, attempt=claim.attempts + 1):
            try:
                outcome = await self._attempt(run)
            except LaneLost:
                outcome = "lost"
                _log.warning("lane_lost")
            except TemporaryError as error:
                outcome = "database_away"  # the lease will end and another run will look
                _log.warning("run_abandoned", error=error.message)
            finally:
                _runs.labels(claim.kind, outcome).inc()
                _seconds.labels(claim.kind).observe(time.monotonic() - started)

    async def _attempt(self, run: LaneRun) -> str:
        if run.claim.attempts and run.last_attempt and run.claim.kind in self._dead_ends:
            await self._give_up(run, "it failed too often, or killed its workers")
            return "parked"
        try:
            await self._handlers[run.claim.kind](run)
        except LaneLost:
            raise
        except TemporaryError as error:
            return await self._failed(run, error.message, error.retry_after)
        except PermanentError as error:
            await self._give_up(run, error.message)
            return "parked"
        except FrontdeskError as error:
            return await self._failed(run, error.message)
        except (
            Exception
        ) as error:  # the outermost edge of a run: an unknown error is retried, then a person's
            _log.exception("run_failed")
            return await self._failed(run, f"{type(error).__name__} in {run.claim.kind}")
        await self._lanes.finish(run.claim)
        return "done"

    async def _failed(self, run: LaneRun, error: str, retry_after: float | None = None) -> str:
        if run.last_attempt:
            await self._give_up(run, error)
            return "parked"
        _log.warning("run_will_be_repeated", error=error)
        await self._lanes.fail(run.claim, error, retry_after)
        return "failed"

    async def _give_up(self, run: LaneRun, error: str) -> None:
        _log.error("lane_parked", error=error)
        if dead_end := self._dead_ends.get(run.claim.kind):
            await dead_end(run, error)
            return
        async with run.transaction() as conn:
            await run.park(conn, error)

    async def _keep_leases(self) -> None:
        """Renew in a third of the lease; who could not renew for a whole lease stops, for others have its lanes."""
        lease = self._lanes.lease.total_seconds()
        self._renewed = time.monotonic()
        while not_cancelled():
            await asyncio.sleep(lease / 3)
            try:
                await self._renew()
                self._renewed = time.monotonic()
            except TemporaryError:
                _log.warning("leases_not_renewed")
            if time.monotonic() - self._renewed > lease:
                _log.error("worker_lost_its_leases", runs=len(self._running))
                await self._abandon()
                self._renewed = time.monotonic()

    async def _renew(self) -> None:
        mine = dict(self._running)
        if not mine:
            return
        kept = await self._lanes.renew(list(mine.values()))
        for task, claim in mine.items():
            if claim.key not in kept and not task.done():
                task.cancel()

    async def _abandon(self) -> None:
        await end(list(self._running))
