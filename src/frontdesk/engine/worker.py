"""A worker: takes lanes that are due and runs them side by side, as long as it can prove that it lives."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress

import structlog

from frontdesk.db.share import Share, within
from frontdesk.engine.attempt import Attempts, DeadEnd, Handler, LaneWork
from frontdesk.engine.attendance import Attendance
from frontdesk.engine.company import ALONE, AMONG_FEW, FEW
from frontdesk.engine.lanes import SIGNAL, Claim, LaneRun, Lanes
from frontdesk.errors import TemporaryError
from frontdesk.kit.tasks import end, not_cancelled, to_its_end

__all__ = ["DeadEnd", "Handler", "LaneWork", "Worker"]

POLL_SECONDS = 1.0
"""The net below the signals: no wake-up is ever later than this."""
GRACE_SECONDS = 2.0
"""So long an orderly stop lets runs come to their end; what still runs then is given back."""
_ATTEND_SECONDS = 2.0
_ALONE_WAIT = 30.0
"""So long a worker takes nothing new for a lane that must run alone; then it works on as long, and tries again."""
_BATCH = 100

_log = structlog.get_logger("frontdesk.worker")


class Worker:
    """Runs the lanes of the kinds it has work for; any number of workers may share a database.

    `concurrency` is the most runs of one kind. No more are claimed than can begin: where runs queue up for
    connections nothing is taken, so what lies claimed really runs.
    """

    def __init__(self, lanes: Lanes, work: Mapping[str, LaneWork], concurrency: int = 1000) -> None:
        self._lanes = lanes
        self._work = dict(work)
        self._concurrency = concurrency
        self._attempts = Attempts(lanes, self._work)
        self._attendance = Attendance(lanes)
        self._running: dict[asyncio.Task[None], LaneRun] = {}
        self._of_kind: Counter[str] = Counter()
        self._abandoned: list[Claim] = []
        self._alone_from = 0.0
        self._renewed = time.monotonic()
        self._wake_up = lanes.signals.listen(SIGNAL)
        # The edge, claims and renewals keep the rest of the connections for themselves.
        self._slow, self._quick = Share(lanes.db.size * 2 // 5), Share(lanes.db.size * 3 // 10)
        for share in (self._slow, self._quick):
            share.on_eased = self._wake_up.set
        self.reaches_lanes: bool | None = None
        """Whether the last look for due lanes reached the database; None before the first."""
        self._withholds_slow = False
        self._next: dict[str, float] = {}
        """When the next lane of a kind may be taken, by the monotonic clock, as the last claim saw it."""

    @property
    def takes_all(self) -> bool:
        """Whether lanes of every kind are taken."""
        return not self._withholds_slow

    def withhold_slow(self) -> None:
        """Leave slow lanes alone until `take_slow`: their runs would wait for models that are loaded just now."""
        self._withholds_slow = True

    def take_slow(self) -> None:
        self._withholds_slow = False
        self._wake_up.set()

    async def run(self) -> None:
        """Work until cancelled; then let short runs end, and give back what still runs, within seconds."""
        beside = [asyncio.create_task(self._attendance.keep()), asyncio.create_task(self._keep_leases())]
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(_ATTEND_SECONDS):
                    await self._attendance.held.wait()
            while not_cancelled():
                await self._claim_and_start()
        finally:
            await to_its_end(self._stop(beside))

    async def _stop(self, beside: Iterable["asyncio.Task[None]"]) -> None:
        self._lanes.signals.forget(SIGNAL, self._wake_up)
        if self._running:
            await asyncio.wait(list(self._running), timeout=GRACE_SECONDS)
        left = dict(self._running)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(list(left), timeout=GRACE_SECONDS)
        self._abandoned += [run.claim for task, run in left.items() if task.cancelled() or not task.done()]
        with suppress(TemporaryError, TimeoutError):  # the leases will end by themselves
            async with asyncio.timeout(GRACE_SECONDS):
                await self._give_back()
                await self._lanes.release_all(self._attendance.worker)
        await end(beside)

    async def _claim_and_start(self) -> None:
        self._wake_up.clear()
        try:
            await self._give_back()
            limits = self._limits()
            claims = await self._claim(limits)
            self.reaches_lanes = True
            for claim in claims:
                self._start(claim)
            if claims and (self._attendance.suspects or _is_full(claims, limits)):
                await asyncio.sleep(0)  # they take their places before more is claimed
            else:
                await self._rest()
        except TemporaryError as error:
            self.reaches_lanes = False
            _log.warning("database_away", error=error.message)
            await asyncio.sleep(POLL_SECONDS)

    async def _claim(self, limits: dict[str, int]) -> list[Claim]:
        if self._attendance.suspects and (claims := await self._claim_suspects()):
            return claims
        claims, seconds = await self._lanes.claim_and_look(limits, self._worker) if limits else ([], {})
        self._next = {kind: time.monotonic() + wait for kind, wait in seconds.items()}
        return claims

    async def _claim_suspects(self) -> list[Claim]:
        """Lanes that saw workers die: few at a time, in the end each alone."""
        few = FEW - sum(run.claim.deaths >= AMONG_FEW.least for run in self._running.values())
        if few > 0:
            limits = dict.fromkeys(self._kinds, 1)
            if claims := await self._lanes.claim(limits, AMONG_FEW, self._worker):
                return claims
        if time.monotonic() < self._alone_from or not await self._lanes.has_due(self._kinds, ALONE):
            return []
        if self._running:
            await asyncio.wait(list(self._running), timeout=_ALONE_WAIT)
        if self._running:
            self._alone_from = time.monotonic() + _ALONE_WAIT
            return []
        await self._run_alone()
        return []

    async def _run_alone(self) -> None:
        for kind in self._kinds:
            for claim in await self._lanes.claim({kind: 1}, ALONE, self._worker):
                _log.warning("lane_runs_alone", lane=claim.key, deaths=claim.deaths)
                await asyncio.wait([self._start(claim)])

    @property
    def _worker(self) -> int | None:
        """Whose lease may be ended early; nobody's while the lock that shows our life is not held."""
        return self._attendance.worker if self._attendance.held.is_set() else None

    @property
    def _kinds(self) -> list[str]:
        """What may be taken now."""
        return [kind for kind, work in self._work.items() if not (self._withholds_slow and work.is_slow)]

    def _limits(self) -> dict[str, int]:
        """How many more of each kind may begin now; kinds of which none may are left out."""
        free = {
            kind: min(self._most(kind) - self._of_kind[kind], self._share(kind).spare, _BATCH)
            for kind in self._kinds
        }
        return {kind: most for kind, most in free.items() if most > 0}

    def _most(self, kind: str) -> int:
        return min(self._concurrency, self._work[kind].at_once or self._concurrency)

    def _share(self, kind: str) -> Share:
        return self._slow if self._work[kind].is_slow else self._quick

    def _start(self, claim: Claim) -> "asyncio.Task[None]":
        run = LaneRun(self._lanes, claim)
        task = asyncio.create_task(self._run(run), name=claim.key)
        self._running[task] = run
        self._of_kind[claim.kind] += 1
        task.add_done_callback(self._ended)
        return task

    async def _run(self, run: LaneRun) -> None:
        within(self._share(run.claim.kind))
        if not await self._attempts.make(run):
            self._abandoned.append(run.claim)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        kind = self._running.pop(task).claim.kind
        self._of_kind[kind] -= 1
        if self._of_kind[kind] == self._most(kind) - 1:
            self._wake_up.set()

    async def _give_back(self) -> None:
        """What was let go without a word, for the database was away, is due again; what others took is theirs."""
        if self._abandoned:
            await self._lanes.release(self._abandoned)
            self._abandoned = []

    async def _rest(self) -> None:
        """Until something is due, as the last claim saw it, or a signal comes; kinds that are full are not waited for."""
        now = time.monotonic()
        upcoming = min((self._next[kind] for kind in self._limits() if kind in self._next), default=math.inf)
        wait = min(POLL_SECONDS, max(upcoming - now, 0.005))
        # asyncio.timeout, for wait_for may swallow a cancellation on Python 3.11
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._wake_up.wait()

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
                self._abandoned += [run.claim for run in self._running.values()]
                await end(list(self._running))
                self._renewed = time.monotonic()

    async def _renew(self) -> None:
        mine = dict(self._running)
        if not mine:
            return
        kept = await self._lanes.renew([run.claim for run in mine.values()])
        for task, run in mine.items():
            if run.claim.key not in kept and not run.lets_go and not task.done():
                task.cancel()


def _is_full(claims: list[Claim], limits: Mapping[str, int]) -> bool:
    """Whether of some kind as many were taken as were asked for: then more of it may be due."""
    taken = Counter(claim.kind for claim in claims)
    return any(taken[kind] >= most for kind, most in limits.items())
