"""The clock that looks after the house: no ticket without an owner and a deadline, no key kept for ever."""

from datetime import UTC, datetime, timedelta

import structlog
from prometheus_client import Gauge

from frontdesk.db.pool import Database, execute, fetch_dicts
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.errors import FrontdeskError
from frontdesk.knowledge import Knowledge
from frontdesk.terms import LaneKind

EVERY = timedelta(seconds=30)
EMBED_SECONDS = 20.0
"""Of each round; while vectors are missing the next round follows at once."""
STUCK_AFTER = timedelta(minutes=2)
"""A ticket with unanswered words that nobody owns or the AI seems to have forgotten is looked at again."""

_log = structlog.get_logger("frontdesk.watch")
_parked = Gauge("support_lanes_parked", "Lanes that were given up and wait for a person")
_open = Gauge("support_tickets_open", "Open tickets", ["status"])
_unembedded = Gauge("support_chunks_to_embed", "Chunks that lack vectors of the configured model")


class Watch:
    def __init__(self, db: Database, lanes: Lanes, knowledge: Knowledge) -> None:
        self._db = db
        self._lanes = lanes
        self._knowledge = knowledge

    async def start(self) -> None:
        async with self._db.transaction() as conn:
            await self._lanes.wake(conn, LaneKind.CLOCK, "watch")

    async def run(self, run: LaneRun) -> None:
        """One round; the next is due in half a minute, whoever runs it."""
        wait = EVERY
        try:
            await self._round(run)
            if await self._embed():
                wait = timedelta(0)
        finally:
            async with self._db.transaction() as conn:
                await self._lanes.wake(conn, LaneKind.CLOCK, run.subject, datetime.now(UTC) + wait)

    async def _embed(self) -> bool:
        """Some of the vectors that are missing; whether it is worth going on at once."""
        try:
            reached = await self._knowledge.reindex(EMBED_SECONDS)
        except FrontdeskError as error:
            # The model's trouble is no trouble of the house: searches go on by what is there.
            _log.warning("vectors_delayed", model=self._knowledge.model, reason=error.message)
            return False
        left = sum(one.missing for one in reached)
        _unembedded.set(left)
        return left > 0

    async def go_on(self, run: LaneRun, error: str) -> None:
        """The clock's dead end is its next round: it must never stop."""
        _log.error("round_failed", error=error)
        async with run.transaction() as conn:
            await run.again(conn, datetime.now(UTC) + EVERY)
        await self._lanes.finish(run.claim)

    async def _round(self, run: LaneRun) -> None:
        async with run.transaction() as conn:
            stuck = await fetch_dicts(
                conn,
                "select t.ticket_id from ticket t left join lane l on l.key = 'ticket:' || t.ticket_id"
                " where t.status in ('new', 'ai_processing') and t.updated_at < now() - %s"
                " and (l.key is null or (l.due_at = 'infinity' and l.lease_until is null and l.parked_at is null))"
                " limit 100",
                (STUCK_AFTER,),
            )
            for row in stuck:
                _log.warning("stuck_ticket_woken", ticket_id=row["ticket_id"])
                await self._lanes.wake(conn, LaneKind.TICKET, row["ticket_id"])
            await execute(conn, "delete from idempotency where created_at < now() - interval '2 days'")
            counts = await fetch_dicts(
                conn,
                "select status, count(*) as n from ticket where status not in ('resolved', 'closed') group by status",
            )
        for row in counts:
            _open.labels(row["status"]).set(row["n"])
        _parked.set(len(await self._lanes.parked(1000)))
