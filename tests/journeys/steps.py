"""Drive a coroutine step by step: do something at its n-th pause."""

from collections.abc import Callable, Coroutine, Generator
from typing import Any


class AtPause:
    """Awaits `work`; calls `act` when it pauses for the n-th time (from 1). `pauses` counts them all."""

    def __init__(self, work: Coroutine[Any, Any, Any], n: int, act: Callable[[], None]) -> None:
        self._work = work
        self._n = n
        self._act = act
        self.pauses = 0

    def __await__(self) -> Generator[Any, Any, Any]:
        step: Callable[[], Any] = lambda: self._work.send(None)  # noqa: E731  # the first of many such steps
        while True:
            try:
                waited_for = step()
            except StopIteration as end:
                return end.value
            self.pauses += 1
            if self.pauses == self._n:
                self._act()
            try:
                value = yield waited_for
            except BaseException as error:  # handed on into the coroutine, whatever it is
                thrown = error
                step = lambda: self._work.throw(thrown)  # noqa: B023, E731  # used before it changes
            else:
                step = lambda: self._work.send(value)  # noqa: B023, E731  # used before it changes
