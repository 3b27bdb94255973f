"""Whether PostgreSQL can be reached. After a first failure nobody waits for it any more, until it is back."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from prometheus_client import Gauge
from psycopg import pq
from psycopg.conninfo import make_conninfo
from psycopg_pool import PoolTimeout

from frontdesk.kit.tasks import end, not_cancelled

LOOK_SECONDS = 0.25
_log = structlog.get_logger("frontdesk.database")
_reached = Gauge("support_database_up", "1 while this process reaches PostgreSQL, 0 while it does not")


class Reach:
    """A circuit: `doubt` after a failure has the server looked at; where it does not take connections the circuit
    is open (`is_away`) until it does.

    A server that merely has no connection to spare counts as there.
    """

    def __init__(
        self,
        dsn: str,
        lost: Callable[[], Awaitable[None]],
        regained: Callable[[], Awaitable[None]],
        still_there: Callable[[], Awaitable[None]],
    ) -> None:
        """`regained` raises `PoolTimeout` where the server is away again; `still_there`: the failure was another's."""
        self.is_away = False
        self._ping = make_conninfo(dsn, connect_timeout=2).encode()
        self._lost, self._regained, self._still_there = lost, regained, still_there
        self._looking: asyncio.Task[None] | None = None
        self._closed = False
        _reached.set(1)

    def doubt(self) -> None:
        if not self._closed and (self._looking is None or self._looking.done()):
            self._looking = asyncio.create_task(self._look(), name="database reach")

    async def close(self) -> None:
        self._closed = True
        if self._looking:
            await end([self._looking])

    async def _look(self) -> None:
        if await self._answers():
            await self._still_there()
            return
        self.is_away = True
        _reached.set(0)
        _log.error("database_lost")
        await self._lost()
        while self.is_away and not_cancelled():
            await asyncio.sleep(LOOK_SECONDS)
            if await self._answers():
                with suppress(PoolTimeout):
                    await self._regained()
                    self.is_away = False
        _reached.set(1)
        _log.warning("database_back")

    async def _answers(self) -> bool:
        """libpq's own question: no sign-in and no free connection is needed for it."""
        ping = await asyncio.to_thread(pq.PGconn.ping, self._ping)
        return ping == pq.Ping.OK
