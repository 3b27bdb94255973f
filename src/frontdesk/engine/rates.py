"""How often somebody may do a thing: token buckets, in this process's memory behind a port."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then one more every `1 / per_second` seconds."""

    burst: int
    per_second: float


class Rates(Protocol):
    def take(self, key: str, rate: Rate) -> float:
        """Take one from the key's bucket: 0 where there was one, else the seconds until there will be."""
        ...


class MemoryRates:
    """Keeps the `most` keys used last; a forgotten key starts with a full bucket."""

    def __init__(self, most: int = 100_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, rate: Rate) -> float:
        now = self._clock()
        left, at = self._buckets.pop(key, (float(rate.burst), now))
        left = min(float(rate.burst), left + max(0.0, now - at) * rate.per_second)
        wait = 0.0 if left >= 1 else (1 - left) / rate.per_second
        self._buckets[key] = (left if wait else left - 1, now)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return wait
