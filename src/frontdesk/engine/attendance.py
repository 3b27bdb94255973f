"""Attendance: every worker is present while its process lives, and looks every second who is missing.

That only shortens the wait. A machine that vanishes, or a process that hangs, is found by its lease.
"""

from datetime import datetime, timedelta

import structlog

from frontdesk.db.pool import Connection, execute, fetch_value
from frontdesk.engine.company import AMONG_MANY
from frontdesk.engine.lanes import SIGNAL, Lanes
from frontdesk.engine.presence import PATIENCE, PRESENT, SETTLED, Presence

_WENT_BACK = timedelta(seconds=1)
_MEND_LOOKS = 10
"""Rows that are locked are left out, so it is mended again at the next looks."""

_CLASS = 0x6C616E65
"""The class of these locks: "lane" in letters."""

_MISSING = f"""
    select distinct worker from lane
     where lease_until is not null and worker is not null and {SETTLED} and worker not in ({PRESENT})
"""

# A time written in the future says that the clock went back: every wait begins again, none is longer than it was.
_MEND = """
    with ahead as (select key from lane where set_at > now() + interval '1 second' for update skip locked)
    update lane set
        due_at = due_at - (set_at - now()), lease_until = lease_until - (set_at - now()),
        parked_at = parked_at - (set_at - now()), turn = turn - (set_at - now()), set_at = now()
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
        self._presence = Presence(lanes.db.dsn, _CLASS, "attendance")
        self.worker = self._presence.id
        self.held = self._presence.held
        self.suspects = False
        """Whether lanes wait that must not run among many (see `company`)."""
        self._lanes = lanes
        self._missing: set[int] = set()
        self._last_now: datetime | None = None
        self._mends = 0

    async def keep(self) -> None:
        """Until cancelled: hold the lock, and look."""
        await self._presence.keep(self.look, self._missing.clear)

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
        cursor = await conn.execute(_MISSING, {"class": _CLASS, "patience": min(self._lanes.lease, PATIENCE)})
        missing = {row[0] for row in await cursor.fetchall()}
        dead = missing & self._missing
        self._missing.clear()
        self._missing.update(missing)
        if dead and await execute(
            conn,
            "update lane set lease_until = now(), set_at = now() where worker = any(%s) and lease_until > now()",
            (list(dead),),
        ):
            _log.warning("workers_vanished", workers=len(dead))
            self._lanes.signals.send(SIGNAL)
