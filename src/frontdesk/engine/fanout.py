"""Fan-out: short-lived signals (streamed words, "look again") to whoever listens.

What must not be lost is in the database; a listener that is too slow loses signals, never messages,
and learns it by `LAGGING` in its queue.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from frontdesk.kit.waiting import SlimQueue


@dataclass(frozen=True, slots=True)
class LiveSignal:
    kind: str
    """`text`, `retract`, `typing`: draft of a reply; `changed`: look into the database."""
    data: dict[str, object]


LAGGING = LiveSignal("lagging", {})


class Fanout(Protocol):
    """One per process. Publishing never waits and never fails; tests/contracts/fanout_suite.py says the rest."""

    def publish(self, topic: str, signal: LiveSignal) -> None:
        """To every listener of the topic, in whatever process. The data must be what JSON can say."""

    def publish_here(self, topic: str, signal: LiveSignal) -> None:
        """To the listeners of this process alone, for what each process finds out by itself; any data."""

    def subscribe(self, *topics: str) -> AbstractContextManager[SlimQueue[LiveSignal]]:
        """A queue of the signals on these topics while the block lasts."""
        ...


class LocalFanout:
    """Fan-out within one process: from another one only finished messages come, by the database."""

    def __init__(self, depth: int = 1000) -> None:
        """`depth` is how many signals may wait for one listener before it loses them."""
        self._depth = depth
        self._queues: dict[str, set[SlimQueue[LiveSignal]]] = defaultdict(set)

    def publish(self, topic: str, signal: LiveSignal) -> None:
        for queue in self._queues.get(topic, ()):
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(LAGGING)
            else:
                queue.put_nowait(signal)

    publish_here = publish

    @contextmanager
    def subscribe(self, *topics: str) -> Iterator[SlimQueue[LiveSignal]]:
        queue: SlimQueue[LiveSignal] = SlimQueue(self._depth)
        for topic in topics:
            self._queues[topic].add(queue)
        try:
            yield queue
        finally:
            for topic in topics:
                self._queues[topic].discard(queue)
                if not self._queues[topic]:
                    del self._queues[topic]
