"""No open ticket without somebody who works on it: one that its lane has forgotten is looked at again."""

from datetime import timedelta

import structlog

from frontdesk.engine.clock import Clock, Every
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.terms import LaneKind
from frontdesk.tickets import upkeep

FORGOTTEN_AFTER = timedelta(minutes=2)

_log = structlog.get_logger("frontdesk.clocks")


def clock(lanes: Lanes) -> Clock:
    async def wake_forgotten(run: LaneRun) -> bool:
        async with run.transaction() as conn:
            for ticket_id in await upkeep.forgotten(conn, FORGOTTEN_AFTER):
                _log.warning("forgotten_ticket_woken", ticket_id=ticket_id)
                await lanes.wake(conn, LaneKind.TICKET, ticket_id)
        return False

    return Clock("forgotten-tickets", Every(timedelta(seconds=30)), wake_forgotten)
