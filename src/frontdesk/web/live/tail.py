"""Follows the log of tickets and tells this process's sockets where to look."""

import asyncio
from collections import OrderedDict
from contextlib import suppress

import structlog

from frontdesk.db.pool import Connection, Database
from frontdesk.engine.fanout import Fanout, LiveSignal
from frontdesk.engine.signals import Signals
from frontdesk.errors import TemporaryError
from frontdesk.kit.tasks import not_cancelled
from frontdesk.tickets import log, log_cursor
from frontdesk.tickets.log import Entry
from frontdesk.tickets.log_cursor import Cursor

ALL = "tickets"
"""The topic of every change."""

POLL_SECONDS = 1.0
_BATCH = 1000
_REMEMBERED = 10_000

_log = structlog.get_logger("frontdesk.live")


class Tail:
    """One per process that has sockets. Publishes `changed` for each new entry of the log, none skipped."""

    def __init__(self, db: Database, signals: Signals, fanout: Fanout) -> None:
        self._db = db
        self._signals = signals
        self._fanout = fanout
        self._conversations: OrderedDict[str, str] = OrderedDict()
        self._cursor: Cursor | None = None

    async def run(self) -> None:
        woken = self._signals.listen(log.SIGNAL)
        while not_cancelled():
            woken.clear()
            try:
                await self._catch_up()
            except TemporaryError:
                _log.warning("live_views_wait_for_the_database")
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await woken.wait()

    async def _catch_up(self) -> None:
        """Publish what has been committed since the last look; the first look only notes where the log ends."""
        async with self._db.connection() as conn:
            if self._cursor is None:
                self._cursor = await log_cursor.at_end(conn)
            more = True
            while more:
                entries = await log_cursor.unread(conn, self._cursor, _BATCH)
                more = len(entries) >= _BATCH
                await self._pass_on(conn, self._cursor, entries)

    async def _pass_on(self, conn: Connection, cursor: Cursor, entries: list[Entry]) -> None:
        if not entries:
            return
        places = [await self._conversation_of(conn, entry.ticket_id) for entry in entries]
        self._cursor = await log_cursor.advance(conn, cursor, entries)
        # Nothing is awaited until all are published: what the cursor has passed is never told again.
        for entry, conversation in zip(entries, places, strict=True):
            self._publish(entry, conversation)

    def _publish(self, entry: Entry, conversation: str | None) -> None:
        news = LiveSignal("changed", {"entry": entry, "ticket_id": entry.ticket_id})
        for topic in (ALL, f"ticket:{entry.ticket_id}", f"conversation:{conversation}"):
            self._fanout.publish_here(topic, news)

    async def _conversation_of(self, conn: Connection, ticket_id: str) -> str | None:
        if (known := self._conversations.get(ticket_id)) is not None:
            self._conversations.move_to_end(ticket_id)
            return known
        conversation = await log.conversation_of(conn, ticket_id)
        if conversation is not None:
            self._conversations[ticket_id] = conversation
            if len(self._conversations) > _REMEMBERED:
                self._conversations.popitem(last=False)
        return conversation
