"""Group commit: what comes while another write is under way is written together, so that one commit serves many."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

from frontdesk.errors import Unavailable

Item = TypeVar("Item")
Result = TypeVar("Result")
MOST = 50
"""Of one write: a longer one would make the first of its items wait for the last."""
_AT_ONCE = 2
"""Writes under way: while one waits for the disk, the next is on its way."""


class GroupCommit(Generic[Item, Result]):
    """One per kind of write and process. An item that comes alone is written at once."""

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        """`write` keeps all items or none, and gives each item's result in their order."""
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._writers: set[asyncio.Task[None]] = set()

    async def add(self, item: Item) -> Result:
        """What `write` gave for the item, once it is kept; raises what it raised for it alone.

        An item whose caller is cancelled may be kept all the same.
        """
        kept: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, kept))
        if len(self._writers) < _AT_ONCE:
            # In a context of its own: it serves others than the caller that happens to be first.
            writer = asyncio.create_task(self._run(), context=Context())
            self._writers.add(writer)
            writer.add_done_callback(self._writers.discard)
        return await kept

    async def _run(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                await self._keep(group)
            finally:  # a write that is cancelled leaves nobody waiting
                for _, kept in group:
                    kept.cancel()

    async def _keep(self, group: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        """One that cannot be written fails alone: after a failure of many each is tried by itself."""
        try:
            results = await self._write([item for item, _ in group])
        except Exception as error:  # told to each caller
            if len(group) > 1 and not isinstance(error, Unavailable):
                for single in group:
                    await self._keep([single])
            else:
                for _, kept in group:
                    if not kept.done():
                        kept.set_exception(error)
        else:
            for (_, kept), result in zip(group, results, strict=True):
                if not kept.done():
                    kept.set_result(result)
