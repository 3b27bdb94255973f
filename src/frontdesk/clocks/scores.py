"""The stored scores of open tickets follow the weights in the settings."""

from datetime import timedelta

import structlog

from frontdesk.db.pool import Database
from frontdesk.engine.clock import Clock, Every
from frontdesk.engine.lanes import LaneRun
from frontdesk.inbox.rescore import rescore_after_new_weights
from frontdesk.tickets.scoring import Weights

_log = structlog.get_logger("frontdesk.clocks")


def clock(db: Database, weights: Weights) -> Clock:
    async def rescore(run: LaneRun) -> bool:
        if await rescore_after_new_weights(db, weights):
            _log.info("open_tickets_rescored")
        return False

    return Clock("scores", Every(timedelta(minutes=5)), rescore)
