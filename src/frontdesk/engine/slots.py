"""How many of a thing somebody may have open at once, in this process."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from frontdesk.errors import RateLimited


class Slots:
    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @contextmanager
    def hold(self, **limits: int) -> Iterator[None]:
        """One slot of each key (`session_3f1=5`) while the block lasts. Raises `RateLimited` where one is full."""
        full = [key for key, most in limits.items() if self._open[key] >= most]
        if full:
            raise RateLimited("too many connections are open: close one first", retry_after=5.0)
        self._open.update(limits.keys())
        try:
            yield
        finally:
            for key in limits:
                self._open[key] -= 1
                if not self._open[key]:
                    del self._open[key]
