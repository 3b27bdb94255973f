"""Shares of the pool: what runs in a crowd takes turns at a few connections, so that the others find theirs free."""

from asyncio import Semaphore
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar


class Share:
    """So many connections at once, for everything that is done `within` it."""

    def __init__(self, most: int) -> None:
        self.most = max(1, most)
        self.waiting = 0
        """How many wait for their turn now."""
        self.on_eased: Callable[[], None] = lambda: None
        """Called when only few wait, after nothing was to spare."""
        self._turns = Semaphore(self.most)
        self._was_full = False

    @property
    def spare(self) -> int:
        """How many more may begin now and find their turn soon."""
        return max(0, 2 * self.most - self.waiting)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        self.waiting += 1
        self._was_full |= not self.spare
        try:
            await self._turns.acquire()
        finally:
            self.waiting -= 1
            self._tell_if_eased()
        try:
            yield
        finally:
            self._turns.release()

    def _tell_if_eased(self) -> None:
        if self._was_full and self.waiting <= self.most // 2:
            self._was_full = False
            self.on_eased()


_share: ContextVar[Share | None] = ContextVar("share", default=None)


def within(share: Share) -> None:
    """From now on this task's connections, and those of tasks that it starts, are of the share."""
    _share.set(share)


@asynccontextmanager
async def my_turn() -> AsyncIterator[None]:
    """The turn of whoever works within a share; one that is held already serves what is nested in it."""
    share = _share.get()
    if share is None:
        yield
        return
    async with share.turn():
        _share.set(None)
        try:
            yield
        finally:
            _share.set(share)
