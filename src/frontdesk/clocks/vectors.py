"""Vectors that the configured model still lacks are made in the background."""

from datetime import timedelta

import structlog
from prometheus_client import Gauge

from frontdesk.engine.clock import Clock, Every
from frontdesk.engine.lanes import LaneRun
from frontdesk.errors import FrontdeskError
from frontdesk.knowledge.base import Knowledge

ROUND_SECONDS = 20.0
"""Of embedding in one round."""

_log = structlog.get_logger("frontdesk.clocks")
_missing = Gauge("support_chunks_to_embed", "Chunks that lack vectors of the configured model")


def clock(knowledge: Knowledge) -> Clock:
    async def embed(run: LaneRun) -> bool:
        try:
            progress = await knowledge.reindex(ROUND_SECONDS)
        except FrontdeskError as error:
            # The model's trouble is no failure of the clock: searches go on by what is there.
            _log.warning("vectors_delayed", model=knowledge.model, reason=error.message)
            return False
        missing = sum(row.missing for row in progress)
        _missing.set(missing)
        return missing > 0

    return Clock("missing-vectors", Every(timedelta(seconds=30)), embed)
