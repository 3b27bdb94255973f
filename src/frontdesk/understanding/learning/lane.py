"""The lane on which a desk learns from corrections, by itself and in a process of its own."""

import asyncio
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from prometheus_client import Counter, Histogram

from frontdesk.db.pool import Connection, Database
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.errors import Conflict
from frontdesk.llm.embedding.minilm import installed_minilm
from frontdesk.terms import LaneKind, TicketId
from frontdesk.understanding.learning import corrections, versions
from frontdesk.understanding.learning.corrections import FEWEST, Correction, Field
from frontdesk.understanding.learning.retrain import Outcome, retrain
from frontdesk.understanding.learning.versions import Version

_GATHER = timedelta(minutes=5)
"""Corrections come in bursts: a training waits so long for more."""

_log = structlog.get_logger("frontdesk.learning")
_corrected = Counter("support_corrections_total", "What people set right", ["field"])
_trainings = Counter("support_trainings_total", "Trainings from corrections", ["field", "outcome"])
_seconds = Histogram("support_training_seconds", "Time of a training", buckets=(1, 2, 5, 10, 20, 40, 80, 160))


@dataclass(frozen=True, slots=True)
class Learning:
    db: Database
    lanes: Lanes
    after: int
    """So many new corrections start a training; 0: only by hand."""

    async def note(
        self, conn: Connection, ticket_id: TicketId, field: Field, *, was: str | None, became: str, by: str
    ) -> None:
        """Keep a correction in the transaction that makes the change; enough of them wake the lane."""
        await corrections.keep(conn, ticket_id, field, was=was, became=became, by=by)
        _corrected.labels(field).inc()
        _, fresh = await corrections.counted(conn, field)
        if self.after and fresh >= max(self.after, FEWEST):
            await self.lanes.wake(conn, LaneKind.LEARN, field, datetime.now(UTC) + _GATHER)

    async def run(self, run: LaneRun) -> None:
        """The lane's handler. Too few corrections are no fault."""
        field: Field = "intent" if run.subject == "intent" else "category"
        try:
            await self.learn(field)
        except Conflict as error:
            _log.info("nothing_learned", field=field, reason=error.message)

    async def give_up(self, run: LaneRun, error: str) -> None:
        """The dead end: what is in use stays in use, the next correction tries again."""
        _log.error("training_failed", field=run.subject, error=error)
        _trainings.labels(run.subject, "failed").inc()
        async with run.transaction() as conn:
            await run.again(conn, datetime.now(UTC) + timedelta(days=1))
        await self.lanes.finish(run.claim)

    async def learn(self, field: Field) -> Version:
        """Train now, and promote what is not worse. Raises `Conflict` with too few corrections, or none new."""
        async with self.db.connection() as conn:
            _, fresh = await corrections.counted(conn, field)
            if not fresh:
                raise Conflict(f"no {field} was corrected since the last training")
            told = await corrections.of_field(conn, field)
            number = (await versions.promoted(conn)).get(field)
            current = None if number is None else await versions.weights(conn, field, number)
        began = asyncio.get_running_loop().time()
        outcome = await _apart(field, current, told)
        _seconds.observe(asyncio.get_running_loop().time() - began)
        async with self.db.transaction() as conn:
            added = await versions.add(
                conn,
                field,
                outcome.weights,
                made_from="corrections",
                examples=outcome.learned_from,
                labels=outcome.labels,
                measured=outcome.measured | {"compared_with": number or 0},
            )
            if outcome.is_not_worse:
                added = await versions.promote(conn, field, added.number)
        _trainings.labels(field, added.state).inc()
        _log.info("trained", field=field, version=added.number, state=added.state, **outcome.measured)
        return added


async def _apart(field: Field, current: bytes | None, told: Sequence[Correction]) -> Outcome:
    """In a process of its own: seconds of computing must not hold up anybody's message."""
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    try:
        return await asyncio.get_running_loop().run_in_executor(pool, _retrain, field, current, told)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _retrain(field: Field, current: bytes | None, told: Sequence[Correction]) -> Outcome:
    return retrain(field, current, told, installed_minilm())
