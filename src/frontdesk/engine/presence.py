"""Presence: a lock of the database that a process holds while it lives; who holds none any more is dead.

The lock is an advisory lock of a session: the server sees at once that a killed process's connection is closed, and no
clock takes part.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta

import psycopg
import structlog

from frontdesk.db.pool import Connection
from frontdesk.kit.tasks import not_cancelled

LOOK_SECONDS = 1.0
_RECONNECT_SECONDS = 0.2

PATIENCE = timedelta(seconds=10)
"""After a start of the server the living may still be on their way back: nobody is missing before."""
SETTLED = "pg_postmaster_start_time() not between now() - %(patience)s and now()"
PRESENT = """
    select objid::bigint from pg_locks
     where locktype = 'advisory' and classid = %(class)s and objsubid = 2 and granted
       and database = (select oid from pg_database where datname = current_database())
"""
"""The ids of who is present in one class of locks. Missing once may be a connection that is made anew."""

_log = structlog.get_logger("frontdesk.attendance")


class Presence:
    """One lock of a class, under an id drawn for this holder alone."""

    def __init__(self, dsn: str, lock_class: int, name: str) -> None:
        self.id = secrets.randbits(31)
        self.held = asyncio.Event()
        """Set while the lock is held."""
        self._dsn = dsn
        self._class = lock_class
        self._name = name

    async def keep(
        self, look: Callable[[Connection], Awaitable[None]], lost: Callable[[], None] = lambda: None
    ) -> None:
        """Until cancelled: hold the lock, and `look` every second; `lost` is called where it was interrupted."""
        while not_cancelled():
            try:
                async with await self._connect() as conn:
                    await conn.execute("select pg_advisory_lock(%s, %s)", (self._class, self.id))
                    self.held.set()
                    while not_cancelled():
                        await look(conn)
                        await asyncio.sleep(LOOK_SECONDS)
            except psycopg.OperationalError:
                _log.warning("attendance_interrupted")
            finally:
                self.held.clear()
            lost()
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _connect(self) -> Connection:
        return await Connection.connect(
            self._dsn, autocommit=True, connect_timeout=5, application_name=f"frontdesk {self._name}"
        )
