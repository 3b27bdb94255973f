"""Takes lanes away from workers for the time of an erasure: nothing that runs may write back what is erased."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from frontdesk.db.pool import Connection, Database, execute, fetch_all, fetch_value
from frontdesk.errors import LaneLost, Unavailable

PATIENCE = 60.0
"""Seconds that runs are waited for: an answer by a model may take that long."""
_LEASE = timedelta(seconds=120)
_LOOK_SECONDS = 0.1

_MAKE = """
    insert into lane (key, kind, due_at) select key, split_part(key, ':', 1), 'infinity'
      from unnest(%(keys)s::text[]) key order by key on conflict do nothing
"""
# `due_at` stays: what is due goes on when the lane is given back.
_TAKE = """
    update lane set lease_until = now() + %(lease)s, worker = null, epoch = epoch + 1, set_at = now()
     where key = any(%(keys)s) and (lease_until is null or lease_until < now()) returning key, epoch
"""
_HELD = """
    select count(*) from (
        select lane.key from lane
         where (lane.key, lane.epoch) in (select * from unnest(%(keys)s::text[], %(epochs)s::bigint[]))
           and lease_until is not null
         order by lane.key for update) held
"""
# What came meanwhile is somebody's new message: its lane stays.
_DELETE = """
    delete from lane where key = any(%(gone)s) and key = any(%(keys)s) and not exists (
        select from raw_event e where e.recorded_at is null and lane.key = 'in:' || e.conversation_id)
"""


@dataclass(frozen=True, slots=True)
class _Taken:
    key: str
    epoch: int


class HeldLanes:
    """Lanes that only the holder may write under; a killed holder's are free again when the lease ends."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._epochs: dict[str, int] = {}

    async def take(self, keys: list[str]) -> None:
        """Wait until no run has any of them. Raises `Unavailable` where one takes too long."""
        wanted = [key for key in keys if key not in self._epochs]
        async with self._db.connection() as conn:
            await execute(conn, _MAKE, {"keys": wanted})
        try:
            async with asyncio.timeout(PATIENCE):
                while wanted:
                    async with self._db.connection() as conn:
                        taken = await fetch_all(conn, _Taken, _TAKE, {"keys": wanted, "lease": _LEASE})
                    self._epochs |= {lane.key: lane.epoch for lane in taken}
                    wanted = [key for key in wanted if key not in self._epochs]
                    if wanted:
                        await asyncio.sleep(_LOOK_SECONDS)
        except TimeoutError:
            raise Unavailable("the desk is at work for this customer: try again in a minute") from None

    def holds(self, keys: list[str]) -> bool:
        return all(key in self._epochs for key in keys)

    async def end(self, conn: Connection, gone: list[str]) -> None:
        """Give them back in the caller's transaction; those in `gone` that nobody woke meanwhile are deleted.

        Raises `LaneLost` where a lane is not held any more: then nothing may be committed.
        """
        params = {"keys": list(self._epochs), "epochs": list(self._epochs.values()), "gone": gone}
        if await fetch_value(conn, _HELD, params) < len(self._epochs):
            raise LaneLost("the erasure took too long: its lanes were taken by a worker")
        await execute(conn, _DELETE, params)
        await execute(
            conn, "update lane set lease_until = null, set_at = now() where key = any(%(keys)s)", params
        )
        self._epochs.clear()

    async def give_back(self) -> None:
        """After a failure: as if they had never been taken."""
        async with self._db.connection() as conn:
            await execute(
                conn,
                "update lane set lease_until = null, set_at = now()"
                " from unnest(%(keys)s::text[], %(epochs)s::bigint[]) as mine(key, epoch)"
                " where lane.key = mine.key and lane.epoch = mine.epoch",
                {"keys": list(self._epochs), "epochs": list(self._epochs.values())},
            )
