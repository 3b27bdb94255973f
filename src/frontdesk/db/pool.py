"""The pool of connections; the edge opens a transaction, steps only use it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg import sql
from psycopg.rows import class_row, dict_row, tuple_row
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from frontdesk.db.reach import Reach
from frontdesk.db.share import my_turn
from frontdesk.errors import BadRequest, TemporaryError, Unavailable

Row = TypeVar("Row")
Params = Mapping[str, Any] | Sequence[Any] | None
READ_SECONDS = 5.0
AWAY = "the database is away"
Query = LiteralString | sql.SQL | sql.Composed


class Connection(psycopg.AsyncConnection[tuple[Any, ...]]):
    """A connection on which signals may be left, to be given once what was done on it has committed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signals: set[str] = set()


async def _configure(conn: Connection) -> None:
    await conn.set_autocommit(True)


class Database:
    """One per process. Connections are autocommit; several statements that belong together take `transaction()`.

    `on_signal` hears what was left in a connection's `signals`; what is rolled back gives none.
    """

    def __init__(
        self, dsn: str, size: int = 10, wait: float = 10.0, on_signal: Callable[[str], None] | None = None
    ) -> None:
        self.dsn = dsn
        self.size = size
        self._on_signal = on_signal
        self._wait = wait
        self._reach = Reach(dsn, self._drop_pool, self._new_pool, self._drop_broken)
        self._pool = self._make_pool()

    def _make_pool(self) -> AsyncConnectionPool[Connection]:
        return AsyncConnectionPool(
            self.dsn,
            connection_class=Connection,
            kwargs={"application_name": "frontdesk", "connect_timeout": 5},
            configure=_configure,
            min_size=min(2, self.size),
            max_size=self.size,
            timeout=self._wait,
            reconnect_timeout=15.0,
            open=False,
        )

    async def open(self) -> None:
        """Raises `Unavailable` where PostgreSQL cannot be reached."""
        try:
            await self._pool.open(wait=True, timeout=self._wait)
        except PoolTimeout as error:
            raise Unavailable("the database cannot be reached") from error

    async def close(self) -> None:
        await self._reach.close()
        await self._pool.close()

    @property
    def is_away(self) -> bool:
        """Whether PostgreSQL was lost and is not back yet: then a connection is refused at once."""
        return self._reach.is_away

    async def ping(self) -> None:
        """Raises `Unavailable` where the database is away."""
        async with self.connection() as conn:
            await conn.execute("select 1")

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """An autocommit connection; its signals are given when the block ends well.

        Raises `Unavailable` where the database is away, `BadRequest` for what is too large for it.
        """
        if self.is_away:
            await asyncio.sleep(0)  # who repeats at once must not keep the loop to itself
            raise Unavailable(AWAY)
        try:
            async with my_turn(), self._pool.connection() as conn:
                conn.signals.clear()
                yield conn
                signals = tuple(conn.signals)
        except (PoolTimeout, PoolClosed) as error:
            self._reach.doubt()
            raise Unavailable(AWAY) from error
        except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure) as error:
            raise TemporaryError("the database asked to try again") from error
        except psycopg.errors.DiskFull as error:
            raise Unavailable("the database's disk is full: free some space, nothing was lost") from error
        except psycopg.errors.QueryCanceled as error:
            raise Unavailable("this takes too long to find: ask for less at once") from error
        except psycopg.errors.ProgramLimitExceeded as error:  # such as a key that no index takes
            raise BadRequest("this is too large for the database") from error
        except psycopg.OperationalError as error:
            self._reach.doubt()
            raise Unavailable(AWAY) from error
        if self._on_signal is not None:
            for signal in signals:
                self._on_signal(signal)

    @asynccontextmanager
    async def reading(self, seconds: float = READ_SECONDS) -> AsyncIterator[Connection]:
        """A transaction that writes nothing and in which no statement takes longer than that.

        For questions whose size callers choose. Raises `Unavailable` where one takes too long.
        """
        limits = (
            f"set local statement_timeout = {round(seconds * 1000)}; set local transaction_read_only = on"
        )
        async with self.transaction() as conn:
            await conn.execute(sql.SQL(limits))  # built of a number alone
            yield conn

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """One transaction; it commits when the block ends and then gives the signals left in it."""
        async with self.connection() as conn, conn.transaction():
            yield conn

    async def _drop_broken(self) -> None:
        """Some connections were lost: test them all now rather than one failure at a time."""
        # away once more: the next caller that fails has it looked at again
        with suppress(psycopg.OperationalError, PoolTimeout, PoolClosed):
            await self._pool.check()

    async def _drop_pool(self) -> None:
        """Who waits for a connection is refused now; a new pool has no waits of the old one's failures."""
        await self._pool.close(timeout=0)

    async def _new_pool(self) -> None:
        pool = self._make_pool()
        try:
            await pool.open(wait=True, timeout=min(self._wait, 2.0))
        except BaseException:
            await pool.close(timeout=0)
            raise
        self._pool = pool


async def fetch_all(conn: Connection, row: type[Row], query: Query, params: Params = None) -> list[Row]:
    """Every row as a `row` (its fields named as the columns)."""
    async with conn.cursor(row_factory=class_row(row)) as cursor:
        await cursor.execute(query, params)
        return await cursor.fetchall()


async def fetch_one(conn: Connection, row: type[Row], query: Query, params: Params = None) -> Row | None:
    async with conn.cursor(row_factory=class_row(row)) as cursor:
        await cursor.execute(query, params)
        return await cursor.fetchone()


async def fetch_dicts(conn: Connection, query: Query, params: Params = None) -> list[dict[str, Any]]:
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query, params)
        return await cursor.fetchall()


async def fetch_value(conn: Connection, query: Query, params: Params = None) -> Any:
    """The first column of the first row, None where there is no row."""
    async with conn.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(query, params)
        row = await cursor.fetchone()
        return None if row is None else row[0]


async def execute(conn: Connection, query: Query, params: Params = None) -> int:
    """Run a statement; the number of rows it touched."""
    cursor = await conn.execute(query, params)
    return cursor.rowcount
