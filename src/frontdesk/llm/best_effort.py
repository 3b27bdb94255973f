"""Optional models: they improve an answer, and their failure must never prevent one."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from frontdesk.errors import FrontdeskError, SetupError, TemporaryError
from frontdesk.llm.breaker import Breaker, Failure

_WARN_EVERY = 60.0

Result = TypeVar("Result")

_log = structlog.get_logger("frontdesk.best_effort")


class BestEffort:
    """Calls to one model with a time limit; after failures it is not called for a while.

    `seconds` limits one call. Failures are logged as `event`, at most once a minute.
    """

    def __init__(self, event: str, model: str, seconds: float) -> None:
        self._event = event
        self._model = model
        self._seconds = seconds
        self._breaker = Breaker()
        self._quiet_until = 0.0

    async def ask(self, work: Callable[[], Awaitable[Result]]) -> Result | None:
        """The result; None where the call failed, took too long, or was not made."""
        if not self._breaker.admit():
            return None
        try:
            async with asyncio.timeout(self._seconds):
                result = await work()
        except TimeoutError:
            self._failed(Failure("timeout", provider_at_fault=True), f"took over {self._seconds:g} seconds")
            return None
        except FrontdeskError as error:
            self._failed(_failure(error), error.message)
            return None
        self._breaker.succeeded()
        return result

    def _failed(self, failure: Failure, reason: str) -> None:
        self._breaker.failed(failure)
        now = time.monotonic()
        if now >= self._quiet_until:
            self._quiet_until = now + _WARN_EVERY
            _log.warning(self._event, model=self._model, reason=reason)


def _failure(error: FrontdeskError) -> Failure:
    if isinstance(error, SetupError):
        return Failure("setup", provider_at_fault=True, lasting=True)
    if isinstance(error, TemporaryError):
        return Failure("away", provider_at_fault=True, retry_after=error.retry_after)
    return Failure("refused", provider_at_fault=False)
