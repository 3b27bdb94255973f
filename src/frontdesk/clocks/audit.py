"""The audit log is chained every few seconds, and each hour the head of the chain is told to the log of the process."""

from datetime import timedelta

import structlog
from prometheus_client import Gauge

from frontdesk.audit.sealer import BATCH, head_of, seal
from frontdesk.engine.clock import Clock, Cron, Every
from frontdesk.engine.lanes import LaneRun
from frontdesk.kit.keys import Keys

_log = structlog.get_logger("frontdesk.audit")
_number = Gauge("support_audit_number", "Entries of the audit log that are chained")


def sealer(keys: Keys) -> Clock:
    async def chain(run: LaneRun) -> bool:
        async with run.transaction() as conn:
            sealed = await seal(conn, keys.audit)
        _number.set(sealed.head.number)
        return sealed.entries == BATCH

    return Clock("audit-sealer", Every(timedelta(seconds=5)), chain)


def head() -> Clock:
    """Where logs are kept elsewhere, so is the head: who rewrites the whole chain is found by it."""

    async def tell(run: LaneRun) -> bool:
        async with run.transaction() as conn:
            now = await head_of(conn)
        _log.info("audit_head", number=now.number, hash=now.hash.hex())
        return False

    return Clock("audit-head", Cron("7 * * * *"), tell)
