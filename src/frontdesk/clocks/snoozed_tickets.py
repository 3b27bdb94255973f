"""What was put off comes back when its time has come."""

from datetime import timedelta

from frontdesk.engine.clock import Clock, Every
from frontdesk.engine.lanes import LaneRun
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.snooze import wake_due


def clock(changes: TicketChanges) -> Clock:
    async def wake(run: LaneRun) -> bool:
        async with run.transaction() as conn:
            return bool(await wake_due(conn, changes))

    return Clock("snoozed-tickets", Every(timedelta(seconds=15)), wake)
