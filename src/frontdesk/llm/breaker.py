"""A circuit breaker: a provider that keeps failing is not called for a while."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a model did not answer; `outcome` is the word for logs and metrics."""

    outcome: str
    provider_at_fault: bool
    """Other conversations would fail too: the circuit breaker counts it."""
    lasting: bool = False
    """It will not end by itself (a wrong key, an unknown model, no credit left)."""
    retry_after: float | None = None


class Breaker:
    """Closed until `threshold` failures in a row, then open for `cooldown` seconds, then one probe decides.

    Failures that are not the provider's fault do not count; a lasting one opens it at once, for longer.
    """

    def __init__(
        self,
        threshold: int = 3,
        cooldown: float = 30.0,
        lasting_cooldown: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._threshold = threshold
        self._cooldown = cooldown
        self._lasting_cooldown = lasting_cooldown
        self._clock = clock
        self._failures = 0
        self._open_until: float | None = None

    @property
    def open(self) -> bool:
        return self._open_until is not None and self._clock() < self._open_until

    def admit(self) -> bool:
        """Whether a request may be made now; the first one after the cool-down is the probe."""
        if self._open_until is None:
            return True
        if self._clock() < self._open_until:
            return False
        # Until the probe ends, others are refused.
        self._open_until = self._clock() + self._cooldown
        return True

    def succeeded(self) -> None:
        self._failures = 0
        self._open_until = None

    def failed(self, failure: Failure) -> None:
        if not failure.provider_at_fault:
            # It answered, even if with a refusal.
            self.succeeded()
            return
        self._failures += 1
        wait = min(failure.retry_after or 0.0, self._lasting_cooldown)
        if self._failures >= self._threshold:
            wait = max(wait, self._cooldown)
        if failure.lasting:
            wait = self._lasting_cooldown
        if wait:
            self._open_until = self._clock() + wait
