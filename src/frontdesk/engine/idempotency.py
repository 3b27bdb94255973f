"""Idempotency keys: which request of a caller came first, and what it was answered."""

from dataclasses import dataclass
from datetime import timedelta

from frontdesk.db.pool import Connection, Database, execute, fetch_one

ABANDONED_AFTER = timedelta(seconds=90)
"""A first request that has been silent so long died on the way; its key may be taken again."""

_CLAIM = """
    insert into idempotency (caller, path, key, fingerprint)
    values (%(caller)s, %(path)s, %(key)s, %(fingerprint)s)
    on conflict (caller, path, key) do update set created_at = now()
        where idempotency.status is null and idempotency.fingerprint = excluded.fingerprint
          and idempotency.created_at < now() - %(abandoned)s
    returning status, response, fingerprint
"""
_OF_KEY = " where caller = %(caller)s and path = %(path)s and key = %(key)s"


async def forget_older_than(conn: Connection, age: timedelta) -> None:
    """Delete keys that nobody will send again."""
    await execute(conn, "delete from idempotency where created_at < now() - %s", (age,))


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    status: int | None
    """None while the first request runs."""
    response: bytes | None
    fingerprint: str
    """Of the first request's body."""


@dataclass(frozen=True, slots=True)
class RequestKey:
    """One key of one caller on one path."""

    caller: str
    path: str
    key: str

    async def claim(self, db: Database, fingerprint: str) -> bool:
        """Whether this request is the first, or the first one died on the way."""
        params = {**self._params(), "fingerprint": fingerprint, "abandoned": ABANDONED_AFTER}
        async with db.connection() as conn:
            return await fetch_one(conn, KeptAnswer, _CLAIM, params) is not None

    async def answer(self, db: Database) -> KeptAnswer | None:
        """What the first request left; None where it let go of the key."""
        query = "select status, response, fingerprint from idempotency" + _OF_KEY
        async with db.connection() as conn:
            return await fetch_one(conn, KeptAnswer, query, self._params())

    async def keep(self, conn: Connection, status: int, response: bytes) -> None:
        """In the transaction of the effect, so that effect and answer are one."""
        query = "update idempotency set status = %(status)s, response = %(response)s" + _OF_KEY
        await execute(conn, query, {**self._params(), "status": status, "response": response})

    async def let_go(self, db: Database) -> None:
        """A request that failed keeps no key: it may be mended and sent again."""
        async with db.connection() as conn:
            await execute(conn, "delete from idempotency" + _OF_KEY + " and status is null", self._params())

    def _params(self) -> dict[str, object]:
        return {"caller": self.caller, "path": self.path, "key": self.key}
