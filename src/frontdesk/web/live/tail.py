"""Follows the log of tickets and tells this process's sockets where to look."""

import asyncio
from collections import OrderedDict
from contextlib import suppress

import structlog

from frontdesk.db.pool import Connection, Database, fetch_value
from frontdesk.engine.fanout import Fanout, LiveSignal
from frontdesk.engine.signals import Signals
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

    def __init__(self, db: Database, signals: Signals, fanout: Fanout) -> None:
        self._db = db
        self._signals = signals
        self._fanout = fanout
        self._conversations: OrderedDict[str, str] = OrderedDict()
        self._told: dict[int, None] = {}

    async def run(self) -> None:
        woken = self._signals.listen(log.SIGNAL)
        horizon: int | None = None
        while wanted():
            woken.clear()
            try:
                horizon = await self._follow(horizon)
            except TemporaryError:
                _log.warning("live_views_wait_for_the_database")
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await woken.wait()

    async def _follow(self, horizon: int | None) -> int:
        """Publish what has been committed since the last look; from where the next look must read."""
        async with self._db.connection() as conn:
            upcoming = await log.horizon(
                conn
            )  # asked first: what commits in between is seen twice, never missed
            if horizon is None:
                return upcoming
            entries = await log.since(conn, horizon)
            while entries:
                for entry in entries:
                    if entry.event_id not in self._told:
                        self._publish(entry, await self._conversation_of(conn, entry.ticket_id))
                entries = await self._more(conn, horizon, entries)
        return upcoming

    async def _more(self, conn: Connection, horizon: int, entries: list[Entry]) -> list[Entry]:
        """Remember what was told; what is left of a very long look."""
        self._told.update((entry.event_id, None) for entry in entries)
        while len(self._told) > _REMEMBERED:
            self._told.pop(next(iter(self._told)))
        if len(entries) < log.BATCH:
            return []
        return await log.since(conn, horizon, after=entries[-1].event_id)

    def _publish(self, entry: Entry, conversation: str | None) -> None:
        news = LiveSignal("changed", {"entry": entry, "ticket_id": entry.ticket_id})
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
