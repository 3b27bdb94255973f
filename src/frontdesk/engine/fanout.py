"""Fan-out: short-lived news (streamed words, "look again") to whoever listens in this process.

What must not be lost is in the database; a listener that is too slow loses news, never messages,
and is told so by `Lagging` in its queue.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LiveSignal:
    kind: str
    """`text`, `retract`, `typing`: draft of a reply; `changed`: look into the database."""
    data: dict[str, object]


LAGGING = LiveSignal("lagging", {})


class Fanout:
    def __init__(self, depth: int = 1000) -> None:
        self._depth = depth
        self._queues: dict[str, set[asyncio.Queue[LiveSignal]]] = defaultdict(set)

    def publish(self, topic: str, news: LiveSignal) -> None:
        for queue in self._queues.get(topic, ()):
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(LAGGING)
            else:
                queue.put_nowait(news)

    @contextmanager
    def subscribe(self, *topics: str) -> Iterator[asyncio.Queue[LiveSignal]]:
        """A queue of the news on these topics while the block lasts."""
        queue: asyncio.Queue[LiveSignal] = asyncio.Queue(self._depth)
        for topic in topics:
            self._queues[topic].add(queue)
        try:
            yield queue
        finally:
            for topic in topics:
                self._queues[topic].discard(queue)
                if not self._queues[topic]:
                    del self._queues[topic]
