"""A queue and an event for what is kept by thousands: those of asyncio hold deques, some 3 KB together, while idle."""

import asyncio
from typing import Generic, TypeVar

Item = TypeVar("Item")


class SlimQueue(Generic[Item]):
    """First in, first out, with one reader at a time; whoever writes never waits."""

    __slots__ = ("_items", "_reader", "_room")

    def __init__(self, room: int = 0) -> None:
        """`room` is how many items make it full; 0: it never is."""
        self._items: list[Item] = []
        self._reader: asyncio.Future[None] | None = None
        self._room = room

    def full(self) -> bool:
        return 0 < self._room <= len(self._items)

    def empty(self) -> bool:
        return not self._items

    def put_nowait(self, item: Item) -> None:
        """Raises `asyncio.QueueFull`."""
        if self.full():
            raise asyncio.QueueFull
        self._items.append(item)
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    def get_nowait(self) -> Item:
        """Raises `asyncio.QueueEmpty`."""
        if not self._items:
            raise asyncio.QueueEmpty
        return self._items.pop(0)

    async def get(self) -> Item:
        """Wait for the next one; a cancelled wait takes nothing. Raises `RuntimeError` where another reads."""
        while not self._items:
            if self._reader is not None:
                raise RuntimeError("somebody waits for this queue already")
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        return self._items.pop(0)


class SlimEvent:
    """As `asyncio.Event`, for any number of waiters."""

    __slots__ = ("_is_set", "_waiters")

    def __init__(self) -> None:
        self._is_set = False
        self._waiters: list[asyncio.Future[None]] = []

    def is_set(self) -> bool:
        return self._is_set

    def set(self) -> None:
        self._is_set = True
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    def clear(self) -> None:
        self._is_set = False

    async def wait(self) -> None:
        if self._is_set:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            await waiter
        finally:
            self._waiters.remove(waiter)
