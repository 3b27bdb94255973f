"""Ticket numbers are made when a ticket is accepted, so that its number can be told before it is recorded."""

import asyncio

from frontdesk.db.pool import Database


class Numbers:
    """Requests that ask at the same time are served by one query."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: list[asyncio.Future[int]] = []
        self._drawing: asyncio.Task[None] | None = None

    async def next(self) -> int:
        """Raises `Unavailable` where the database is away."""
        wanted: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append(wanted)
        if self._drawing is None:
            self._drawing = asyncio.create_task(self._draw())
        return await wanted

    async def _draw(self) -> None:
        try:
            while self._waiting:
                served, self._waiting = self._waiting, []
                await self._serve(served)
        finally:
            self._drawing = None

    async def _serve(self, waiting: list[asyncio.Future[int]]) -> None:
        query = "select nextval('ticket_number')::bigint from generate_series(1, %s)"
        try:
            async with self._db.connection() as conn:
                drawn = await (await conn.execute(query, (len(waiting),))).fetchall()
        except Exception as error:  # whoever waits is told; a number that is not used leaves a gap
            for wanted in waiting:
                if not wanted.done():
                    wanted.set_exception(error)
            return
        for wanted, row in zip(waiting, drawn, strict=True):
            if not wanted.done():
                wanted.set_result(int(row[0]))
