"""Figures that are looked up rather than counted: open tickets, lanes that were given up, delayed sends."""

from datetime import timedelta

from prometheus_client import Gauge

from frontdesk.delivery import outbox
from frontdesk.engine.clock import Clock, Every
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.terms import OPEN_STATUSES
from frontdesk.tickets import upkeep

_open = Gauge("support_tickets_open", "Open tickets", ["status"])
_parked = Gauge("support_lanes_parked", "Lanes that were given up and wait for a person")
_delayed = Gauge("support_sends_delayed", "Sends that could not leave yet and are tried again", ["to"])


def clock(lanes: Lanes) -> Clock:
    async def measure(run: LaneRun) -> bool:
        async with run.transaction() as conn:
            counts = await upkeep.count_open(conn)
            _delayed.labels("manager").set(await upkeep.count_delayed_mails(conn))
            _delayed.labels("customer").set(await outbox.count_delayed(conn))
        for status in OPEN_STATUSES:
            _open.labels(status).set(counts.get(status, 0))
        _parked.set(len(await lanes.parked(1000)))
        return False

    return Clock("gauges", Every(timedelta(seconds=30)), measure)
