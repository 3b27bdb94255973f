"""Idempotency keys: which request of a caller came first, what it was answered, and whether it died on the way."""

from dataclasses import dataclass
from datetime import timedelta

from frontdesk.db.pool import Connection, Database, execute, fetch_one
from frontdesk.engine.presence import PRESENT, SETTLED, Presence
from frontdesk.errors import Conflict, TemporaryError

ABANDONED_AFTER = timedelta(seconds=90)
"""A first request that has been silent so long died on the way, whoever held it; its key may be taken again."""

PATIENCE = timedelta(seconds=2)
"""After a start of the server: shorter than a lane's, for whoever is taken for dead too early writes nothing (`keep`)."""

_CLASS = 0x6B657973
"""The class of these processes' locks: "keys" in letters."""

_CLAIM = """
    insert into idempotency (caller, path, key, fingerprint, process)
    values (%(caller)s, %(path)s, %(key)s, %(fingerprint)s, %(process)s)
    on conflict (caller, path, key) do update set created_at = now(), process = excluded.process
        where idempotency.status is null and idempotency.fingerprint = excluded.fingerprint
          and (idempotency.created_at < now() - %(abandoned)s or idempotency.process = %(dead)s)
    returning status, response, fingerprint, process, false as is_missing
"""
_OF_KEY = " where caller = %(caller)s and path = %(path)s and key = %(key)s"
_MINE = _OF_KEY + " and status is null and process is not distinct from %(process)s"
_ANSWER = f"""
    select status, response, fingerprint, process,
        status is null and process is not null and {SETTLED} and process not in ({PRESENT}) as is_missing
    from idempotency
"""


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
    process: int | None
    """Where the first request runs, if that process showed that it lives."""
    is_missing: bool
    """Whether that process shows it no more; once may be a connection that is made anew."""


@dataclass(frozen=True, slots=True)
class RequestKey:
    """One key of one caller on one path, as a request of this process holds it."""

    caller: str
    path: str
    key: str
    process: int | None

    async def claim(self, db: Database, fingerprint: str, dead: int | None = None) -> bool:
        """Whether this request is the first, or the first one died on the way: in the process `dead`, or long ago."""
        params = {**self._params(), "fingerprint": fingerprint, "abandoned": ABANDONED_AFTER, "dead": dead}
        async with db.connection() as conn:
            return await fetch_one(conn, KeptAnswer, _CLAIM, params) is not None

    async def answer(self, db: Database) -> KeptAnswer | None:
        """What the first request left; None where it let go of the key."""
        params = {**self._params(), "class": _CLASS, "patience": PATIENCE}
        async with db.connection() as conn:
            return await fetch_one(conn, KeptAnswer, _ANSWER + _OF_KEY, params)

    async def keep(self, conn: Connection, status: int, response: bytes) -> None:
        """In the transaction of the effect, so that effect and answer are one.

        Raises `Conflict` where the key was taken by another request meanwhile: then the effect must be undone.
        """
        query = "update idempotency set status = %(status)s, response = %(response)s" + _MINE
        if not await execute(conn, query, {**self._params(), "status": status, "response": response}):
            raise Conflict("another request with this Idempotency-Key was quicker; ask again in a moment")

    async def let_go(self, conn: Connection) -> None:
        await execute(conn, "delete from idempotency" + _MINE, self._params())

    def _params(self) -> dict[str, object]:
        return {"caller": self.caller, "path": self.path, "key": self.key, "process": self.process}


class Claims:
    """The keys that requests of this process hold. A request that failed keeps none: it may be sent again."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._presence = Presence(db.dsn, _CLASS, "keys")
        self._running: set[RequestKey] = set()
        self._left: set[RequestKey] = set()

    @property
    def process(self) -> int | None:
        """Under which this process's claims stand; None while it does not show that it lives."""
        return self._presence.id if self._presence.held.is_set() else None

    async def keep(self) -> None:
        """Until cancelled: show that this process lives, and let go of keys that could not be let go of."""
        await self._presence.keep(self._release)

    def begin(self, key: RequestKey) -> None:
        self._running.add(key)
        self._left.discard(key)

    def end(self, key: RequestKey) -> None:
        self._running.discard(key)

    async def let_go(self, key: RequestKey) -> None:
        """Now, or as soon as the database is back."""
        if key in self._running:  # an older request with the same key still runs here
            return
        try:
            async with self.db.connection() as conn:
                await key.let_go(conn)
        except TemporaryError:
            self._left.add(key)

    async def _release(self, conn: Connection) -> None:
        for key in list(self._left):
            if key not in self._running:
                await key.let_go(conn)
            self._left.discard(key)
