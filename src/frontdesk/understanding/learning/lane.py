"""The lane that retrains classifiers from corrections, in a separate process."""

import asyncio
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from prometheus_client import Counter, Histogram

from frontdesk.access.actor import SYSTEM
from frontdesk.db.pool import Connection, Database
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.errors import Conflict
from frontdesk.llm.embedding.minilm import installed_minilm
from frontdesk.terms import LaneKind, TicketId
from frontdesk.understanding.learning import corrections, versions
from frontdesk.understanding.learning.corrections import FEWEST, Correction, Field
from frontdesk.understanding.learning.retrain import RetrainResult, retrain
from frontdesk.understanding.learning.versions import Version

_GATHER = timedelta(minutes=5)
"""Corrections come in bursts: a training waits this long for more."""

_log = structlog.get_logger("frontdesk.learning")
_corrected = Counter("support_corrections_total", "What people set right", ["field"])
_trainings = Counter("support_trainings_total", "Trainings from corrections", ["field", "outcome"])
_seconds = Histogram("support_training_seconds", "Time of a training", buckets=(1, 2, 5, 10, 20, 40, 80, 160))


@dataclass(frozen=True, slots=True)
class Learning:
    db: Database
    lanes: Lanes
    after: int
    """This many new corrections start a training; with 0 it is started only by hand."""

    async def record_correction(
        self, conn: Connection, ticket_id: TicketId, field: Field, *, was: str | None, became: str, by: str
    ) -> None:
        """Store a correction in the transaction of the change, and wake the lane when there are enough."""
        await corrections.keep(conn, ticket_id, field, was=was, became=became, by=by)
        _corrected.labels(field).inc()
        _, fresh = await corrections.counted(conn, field)
        if self.after and fresh >= max(self.after, FEWEST):
            await self.lanes.wake(conn, LaneKind.LEARN, field, datetime.now(UTC) + _GATHER)

    async def run(self, run: LaneRun) -> None:
        """The lane's handler. Too few corrections are not an error."""
        field: Field = "intent" if run.subject == "intent" else "category"
        try:
            await self.learn(field)
        except Conflict as error:
            _log.info("retraining_skipped", field=field, reason=error.message)

    async def give_up(self, run: LaneRun, error: str) -> None:
        """The dead end: the classifier in use stays, and the lane tries again in a day."""
        _log.error("retraining_failed", field=run.subject, error=error)
        _trainings.labels(run.subject, "failed").inc()
        async with run.transaction() as conn:
            await run.again(conn, datetime.now(UTC) + timedelta(days=1))
        await self.lanes.finish(run.claim)

    async def learn(self, field: Field) -> Version:
        """Train now, and promote the result unless it is worse. Raises `Conflict` without enough new corrections."""
        async with self.db.connection() as conn:
            _, fresh = await corrections.counted(conn, field)
            if not fresh:
                raise Conflict(f"no {field} was corrected since the last training")
            examples = await corrections.of_field(conn, field)
            number = (await versions.promoted(conn)).get(field)
            current = None if number is None else await versions.weights(conn, field, number)
        began = asyncio.get_running_loop().time()
        result = await _retrain_in_own_process(field, current, examples)
        _seconds.observe(asyncio.get_running_loop().time() - began)
        async with self.db.transaction() as conn:
            await corrections.require_all(conn, examples)
            added = await versions.add(
                conn,
                field,
                result.weights,
                made_from="corrections",
                examples=result.learned_from,
                labels=result.labels,
                measured=result.measured | {"compared_with": number or 0},
            )
            if result.is_not_worse:
                added = await versions.promote(conn, field, added.number, SYSTEM)
        _trainings.labels(field, added.state).inc()
        _log.info(
            "classifier_retrained", field=field, version=added.number, state=added.state, **result.measured
        )
        return added


async def _retrain_in_own_process(
    field: Field, current: bytes | None, examples: Sequence[Correction]
) -> RetrainResult:
    """In a separate process: seconds of computing must not delay any message."""
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    try:
        return await asyncio.get_running_loop().run_in_executor(pool, _retrain, field, current, examples)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _retrain(field: Field, current: bytes | None, examples: Sequence[Correction]) -> RetrainResult:
    return retrain(field, current, examples, installed_minilm())
