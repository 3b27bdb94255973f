"""Ends an answer that is still being thought of once it must not be said any more."""

import asyncio
from types import TracebackType
from typing import Self

from frontdesk.db.pool import Database
from frontdesk.delivery import speak
from frontdesk.errors import Unavailable
from frontdesk.kit.tasks import end
from frontdesk.tickets.case import Case

_EVERY = 0.15
"""Seconds between two looks: a takeover is noticed within 200 ms."""


class WhileDue:
    """Within the block the run goes on only while nobody took the ticket and the customer wrote nothing more.

    Otherwise what is awaited in the block is cancelled, the block ends quietly, and `overtaken` says why.
    """

    def __init__(self, db: Database, case: Case, *, beside_person: bool = False) -> None:
        self._db = db
        self._case = case
        self._beside_person = beside_person
        self.overtaken: str | None = None
        self._over = self._ended_it = False

    async def is_due(self) -> bool:
        """Look now, as before each chunk that a customer would see; where it cannot be known it is not due."""
        if self.overtaken is None:
            try:
                async with self._db.connection() as conn:
                    self.overtaken = await speak.glance(conn, self._case, beside_person=self._beside_person)
            except Unavailable:
                return False
        return self.overtaken is None

    async def __aenter__(self) -> Self:
        task = asyncio.current_task()
        assert task is not None, "a coroutine runs in a task"
        self._task, self._cancelling = task, task.cancelling()
        self._watcher = asyncio.create_task(self._watch())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._over = True
        await end([self._watcher])
        if not self._ended_it or self._task.uncancel() > self._cancelling:
            return False
        return kind is not None and issubclass(kind, asyncio.CancelledError)

    async def _watch(self) -> None:
        while self.overtaken is None:
            await asyncio.sleep(_EVERY)
            await self.is_due()
        if not self._over:
            self._ended_it = True
            self._task.cancel()
