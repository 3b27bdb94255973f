"""Keeps the counts of tickets short: what changes of tickets left as differences becomes one row for each kind."""

from datetime import timedelta

from frontdesk.db.pool import Database
from frontdesk.engine.clock import Clock, Every
from frontdesk.engine.lanes import LaneRun
from frontdesk.inbox.counts import sum_up


def clock(db: Database) -> Clock:
    async def run(_: LaneRun) -> bool:
        await sum_up(db)
        return False

    return Clock("ticket-counts", Every(timedelta(minutes=1)), run)
