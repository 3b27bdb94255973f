"""What nobody needs does not stay, and what is older than the owner wants to keep it goes."""

from datetime import timedelta

import structlog

from frontdesk.access.expiry import forget_ended
from frontdesk.db.pool import Database, execute, fetch_value
from frontdesk.engine.blobs import Blobs
from frontdesk.engine.clock import Clock, Cron
from frontdesk.engine.lanes import LaneRun
from frontdesk.portal import session as portal
from frontdesk.privacy.retention import Retention

UNUSED_AFTER = timedelta(days=2)
"""A session in which nothing was said by then is forgotten; its browser opens another."""
ORPHAN_AFTER = timedelta(days=1)
"""A file that no message has by then never will be one's."""

_log = structlog.get_logger("frontdesk.clocks")

_SESSIONS = """
    delete from session s where s.expires_at < now() or (s.created_at < now() - %s and not exists (
        select from conversation c where c.conversation_id = s.conversation_id))
"""
_RECEIPTS = "delete from sent_part where message_id is null and changed_at < now() - %s"
_HAS_MESSAGE = """
    select exists (select from attachment where blob_key = %(key)s)
        or exists (select from raw_event where recorded_at is null and body::text like %(within)s)
"""


def clock(db: Database, blobs: Blobs, retention: Retention) -> Clock:
    async def forget(run: LaneRun) -> bool:
        await forget_unused_sessions(db)
        await forget_ended(db)
        await portal.forget_ended(db)
        await forget_unknown_receipts(db)
        await delete_orphan_files(db, blobs)
        return await retention.run()

    return Clock("retention", Cron("41 3 * * *"), forget)


async def forget_unused_sessions(db: Database) -> int:
    """How many sessions were forgotten."""
    async with db.connection() as conn:
        return await execute(conn, _SESSIONS, (UNUSED_AFTER,))


async def forget_unknown_receipts(db: Database) -> int:
    """Receipts of messages that the desk never knew, or has erased; how many there were."""
    async with db.connection() as conn:
        return await execute(conn, _RECEIPTS, (UNUSED_AFTER,))


async def delete_orphan_files(db: Database, blobs: Blobs) -> int:
    """How many files were deleted."""
    keys = await blobs.older_than(ORPHAN_AFTER)
    deleted = 0
    for key in keys:
        async with db.connection() as conn:
            has_message = await fetch_value(conn, _HAS_MESSAGE, {"key": key, "within": f"%{key}%"})
        if not has_message:
            await blobs.delete(key)
            deleted += 1
    if deleted:
        _log.info("orphan_files_deleted", files=deleted)
    return deleted
