"""Keys of repeated requests are forgotten after two days."""

from datetime import timedelta

from frontdesk.engine.clock import Clock, Cron
from frontdesk.engine.idempotency import forget_older_than
from frontdesk.engine.lanes import LaneRun

KEPT = timedelta(days=2)


def clock() -> Clock:
    async def forget(run: LaneRun) -> bool:
        async with run.transaction() as conn:
            await forget_older_than(conn, KEPT)
        return False

    return Clock("idempotency-keys", Cron("17 * * * *"), forget)
