"""Makes the words that tickets are found by where they are missing: in rows of an earlier version, in changed ones."""

from datetime import timedelta

from frontdesk.db.pool import Database
from frontdesk.engine.clock import Clock, Every
from frontdesk.engine.lanes import LaneRun
from frontdesk.inbox.search import fill_words

BATCH = 200


def clock(db: Database) -> Clock:
    async def fill(run: LaneRun) -> bool:
        return await fill_words(db, BATCH)

    return Clock("search-words", Every(timedelta(seconds=30)), fill)
