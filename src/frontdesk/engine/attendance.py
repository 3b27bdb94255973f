"""Attendance: a worker holds a lock of the database while its process lives; who holds none any more is dead.

The lock is an advisory lock of a session: the server sees at once that a killed process's connection is closed, and no
clock takes part. It only shortens the wait. A machine that vanishes, or a process that hangs, is found by its lease.
"""

import asyncio
import secrets
from datetime import datetime, timedelta

import psycopg
import structlog

from frontdesk.db.pool import Connection, execute, fetch_value
from frontdesk.engine.company import AMONG_MANY
from frontdesk.engine.lanes import SIGNAL, Lanes
from frontdesk.kit.tasks import not_cancelled

LOOK_SECONDS = 1.0
_RECONNECT_SECONDS = 0.2
_WENT_BACK = timedelta(seconds=1)
_PATIENCE = timedelta(seconds=10)
_MEND_LOOKS = 10
"""Rows that are locked are left out, so it is mended again at the next looks."""

_CLASS = 0x6C616E65
"""The class of these locks: "lane" in letters."""

# To a server that has just been started the living may still be on their way back.
_MISSING = """
    select distinct worker from lane
     where lease_until is not null and worker is not null
       and pg_postmaster_start_time() not between now() - %(patience)s and now()
       and worker not in (
           select objid::bigint from pg_locks
            where locktype = 'advisory' and classid = %(class)s and objsubid = 2 and granted
              and database = (select oid from pg_database where datname = current_database()))
"""

# A time written in the future says that the clock went back: every wait begins again, none is longer than it was.
_MEND = """
    with ahead as (select key from lane where set_at > now() + interval '1 second' for update skip locked)
    update lane set
        due_at = due_at - (set_at - now()), lease_until = lease_until - (set_at - now()),
        parked_at = parked_at - (set_at - now()), set_at = now()
    from ahead where lane.key = ahead.key
"""

_SUSPECTS = """
    select exists (
        select from lane
         where deaths > 0 and parked_at is null
           and deaths + (lease_until is not null)::int > %s and (due_at <= now() or lease_until < now()))
"""

_log = structlog.get_logger("frontdesk.attendance")


class Attendance:
    """One worker's: its lock, and a look every second at who else is missing."""

    def __init__(self, lanes: Lanes) -> None:
        self.worker = secrets.randbits(31)
        self.held = asyncio.Event()
        """Set while the lock is held."""
        self.suspects = False
        """Whether lanes wait that must not run among many (see `company`)."""
        self._lanes = lanes
        self._missing: set[int] = set()
        self._last_now: datetime | None = None
        self._mends = 0

    async def keep(self) -> None:
        """Until cancelled: hold the lock, and look."""
        while not_cancelled():
            try:
                async with await self._connect() as conn:
                    await conn.execute("select pg_advisory_lock(%s, %s)", (_CLASS, self.worker))
                    self.held.set()
                    while not_cancelled():
                        await self.look(conn)
                        await asyncio.sleep(LOOK_SECONDS)
            except psycopg.OperationalError:
                _log.warning("attendance_interrupted")
            finally:
                self.held.clear()
            self._missing.clear()
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _connect(self) -> Connection:
        return await Connection.connect(
            self._lanes.db.dsn, autocommit=True, connect_timeout=5, application_name="frontdesk attendance"
        )

    async def look(self, conn: Connection) -> None:
        """End the leases of the dead, take back times that lie too far ahead, see who must not run among many."""
        await self._mend(conn, await fetch_value(conn, "select now()"))
        await self._bury(conn)
        self.suspects = await fetch_value(conn, _SUSPECTS, (AMONG_MANY.most,))
        if self.suspects:
            self._lanes.signals.send_here(SIGNAL)

    async def _mend(self, conn: Connection, now: datetime) -> None:
        if self._last_now is None or now < self._last_now - _WENT_BACK:
            self._mends = _MEND_LOOKS
        self._last_now = now
        if self._mends:
            self._mends -= 1
            if mended := await execute(conn, _MEND):
                _log.warning("clock_went_back", lanes=mended)
                self._lanes.signals.send(SIGNAL)

    async def _bury(self, conn: Connection) -> None:
        """Who is missing at two looks is dead: once alone may be a connection that is made anew."""
        cursor = await conn.execute(
            _MISSING, {"class": _CLASS, "patience": min(self._lanes.lease, _PATIENCE)}
        )
        missing = {row[0] for row in await cursor.fetchall()}
        dead, self._missing = missing & self._missing, missing
        if dead and await execute(
            conn,
            "update lane set lease_until = now(), set_at = now() where worker = any(%s) and lease_until > now()",
            (list(dead),),
        ):
            _log.warning("workers_vanished", workers=len(dead))
            self._lanes.signals.send(SIGNAL)
