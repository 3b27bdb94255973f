"""One attempt at a lane: its handler is run, and how it ended is kept with the lane."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog
from prometheus_client import Counter, Histogram

from frontdesk.engine.company import GIVE_UP_DEATHS
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.errors import FrontdeskError, LaneLost, PermanentError, TemporaryError

Handler = Callable[[LaneRun], Awaitable[None]]
DeadEnd = Callable[[LaneRun, str], Awaitable[None]]

_log = structlog.get_logger("frontdesk.worker")
_runs = Counter("support_lane_runs_total", "Runs of lanes", ["kind", "outcome"])
_seconds = Histogram("support_lane_run_seconds", "Time of a run", ["kind"])


@dataclass(frozen=True, slots=True)
class LaneWork:
    """What is done on the lanes of one kind."""

    run: Handler
    dead_end: DeadEnd | None = None
    """Instead of merely parking a lane that is given up; it must park the lane, or have it looked at again."""
    is_slow: bool = False
    """Its runs think or wait for long: they share connections among themselves, so that no other kind waits for them."""
    at_once: int | None = None
    """The most runs at once, where that is less than the worker's own limit: runs that compute rather than wait."""


class Attempts:
    def __init__(self, lanes: Lanes, work: Mapping[str, LaneWork]) -> None:
        self._lanes = lanes
        self._work = work

    async def make(self, run: LaneRun) -> bool:
        """Run the lane; whether it was let go. False: the database is away, or another worker has the lane."""
        claim = run.claim
        started = time.monotonic()
        outcome = "error"
        with structlog.contextvars.bound_contextvars(lane=claim.key, attempt=claim.attempts + 1):
            try:
                outcome = await self._attempt(run)
            except LaneLost:
                outcome = "lost"
                _log.warning("lane_lost")
            except TemporaryError as error:
                outcome = "database_away"
                _log.warning("run_abandoned", error=error.message)
            finally:
                _runs.labels(claim.kind, outcome).inc()
                _seconds.labels(claim.kind).observe(time.monotonic() - started)
        return outcome not in ("lost", "database_away")

    async def _attempt(self, run: LaneRun) -> str:
        if run.claim.deaths >= GIVE_UP_DEATHS:
            await self._give_up(run, "its worker died each time, even when nothing else ran in it")
            return "parked"
        try:
            await self._work[run.claim.kind].run(run)
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
        if not run.lets_go:
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
        if dead_end := self._work[run.claim.kind].dead_end:
            await dead_end(run, error)
            return
        async with run.transaction() as conn:
            await run.park(conn, error)
