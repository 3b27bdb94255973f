"""Follows the log of tickets and tells this process's sockets where to look."""

import asyncio
from collections import OrderedDict
from contextlib import suppress

import structlog

from frontdesk.db.pool import Connection, Database, fetch_value
from frontdesk.engine.bell import Bell
from frontdesk.engine.fanout import Fanout, News
from frontdesk.errors import TemporaryError
from frontdesk.kit.tasks import wanted
from frontdesk.tickets import log
from frontdesk.tickets.log import Entry

ALL = "tickets"
"""The topic of every change."""

POLL_SECONDS = 1.0
_REMEMBERED = 10_000

_log = structlog.get_logger("frontdesk.live")


class Tail:
    """One per process that has sockets. Publishes `changed` for each new entry of the log, none skipped."""

    def __init__(self, db: Database, bell: Bell, fanout: Fanout) -> None:
        self._db = db
        self._bell = bell
        self._fanout = fanout
        self._conversations: OrderedDict[str, str] = OrderedDict()

    async def run(self) -> None:
        rung = self._bell.listen(log.SIGNAL)
        cursor = await self._start()
        while wanted():
            rung.clear()
            try:
                cursor, busy = await self._follow(cursor)
            except TemporaryError:
                _log.warning("live_views_wait_for_the_database")
                busy = False
            if not busy:
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await rung.wait()

    async def _start(self) -> int:
        while True:
            try:
                async with self._db.connection() as conn:
                    return await log.newest(conn)
            except TemporaryError:
                await asyncio.sleep(POLL_SECONDS)

    async def _follow(self, cursor: int) -> tuple[int, bool]:
        async with self._db.connection() as conn:
            entries = await log.since(conn, cursor)
            for entry in entries:
                conversation = await self._conversation_of(conn, entry.ticket_id)
                self._publish(entry, conversation)
        return (entries[-1].event_id if entries else cursor), bool(entries)

    def _publish(self, entry: Entry, conversation: str | None) -> None:
        news = News("changed", {"entry": entry, "ticket_id": entry.ticket_id})
        for topic in (ALL, f"ticket:{entry.ticket_id}", f"conversation:{conversation}"):
            self._fanout.publish(topic, news)

    async def _conversation_of(self, conn: Connection, ticket_id: str) -> str | None:
        if (known := self._conversations.get(ticket_id)) is not None:
            self._conversations.move_to_end(ticket_id)
            return known
        query = "select conversation_id from ticket where ticket_id = %s"
        found: str | None = await fetch_value(conn, query, (ticket_id,))
        if found is not None:
            self._conversations[ticket_id] = found
            if len(self._conversations) > _REMEMBERED:
                self._conversations.popitem(last=False)
        return found
