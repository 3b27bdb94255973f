"""Figures that are looked up rather than counted: open tickets, lanes that were given up."""

from datetime import timedelta

from prometheus_client import Gauge

from frontdesk.engine.clock import Clock, Every
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.terms import OPEN_STATUSES
from frontdesk.tickets import upkeep

_open = Gauge("support_tickets_open", "Open tickets", ["status"])
_parked = Gauge("support_lanes_parked", "Lanes that were given up and wait for a person")


def clock(lanes: Lanes) -> Clock:
    async def measure(run: LaneRun) -> bool:
        async with run.transaction() as conn:
            counts = await upkeep.count_open(conn)
        for status in OPEN_STATUSES:
            _open.labels(status).set(counts.get(status, 0))
        _parked.set(len(await lanes.parked(1000)))
        return False

    return Clock("gauges", Every(timedelta(seconds=30)), measure)
