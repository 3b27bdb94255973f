"""The fallback chain: models in order, each behind a circuit breaker, local intelligence at its end."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from frontdesk.answering.answerer import Answerer, Stream
from frontdesk.answering.llm.attempts import ModelFailed, record
from frontdesk.errors import ModelUnavailable
from frontdesk.llm.breaker import Breaker, Failure
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Attempt, Decision
from frontdesk.tickets.reading import Reading

_UNKNOWN = Failure("unavailable", provider_at_fault=True)


class ChainAnswerer:
    """Asks one link after another until one decides.

    A link that fails, or whose breaker is open, is passed over; what it had streamed is retracted first. The
    last link is asked whatever happened. Raises `ModelUnavailable` only where the last link does.
    """

    def __init__(
        self,
        links: Sequence[Answerer],
        *,
        threshold: int = 3,
        cooldown: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not links:
            raise ValueError("a chain needs at least one link")
        self.name = "chain"
        self._links = tuple((link, Breaker(threshold, cooldown, clock=clock)) for link in links)

    @property
    def states(self) -> dict[str, str]:
        """For `/ready`: each link and whether it is asked at present."""
        return {link.name: "paused" if breaker.open else "ok" for link, breaker in self._links}

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        attempts: list[Attempt] = []
        *before, (last, _) = self._links
        for link, breaker in before:
            if not breaker.admit():
                attempts.append(_note(Attempt(link.name, _model(link), "skipped")))
                continue
            shown = _Shown(stream)
            try:
                decision = await link.answer(case, reading, shown)
            except ModelUnavailable as error:
                await shown.retract()
                failure = error.failure if isinstance(error, ModelFailed) else _UNKNOWN
                breaker.failed(failure)
                attempts.append(_failed(link, error))
                continue
            breaker.succeeded()
            return _with(decision, attempts)
        return _with(await last.answer(case, reading, stream), attempts)


class _Shown:
    """Passes a draft on, and knows whether there is anything to take back."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._anything = False

    async def text(self, chunk: str) -> None:
        self._anything = True
        await self._stream.text(chunk)

    async def retract(self) -> None:
        if self._anything:
            self._anything = False
            await self._stream.retract()


def _model(link: Answerer) -> str:
    return str(getattr(link, "model_name", ""))


def _failed(link: Answerer, error: ModelUnavailable) -> Attempt:
    if isinstance(error, ModelFailed):
        return _note(error.attempt, error.detail)
    return _note(Attempt(link.name, _model(link), _UNKNOWN.outcome))


def _with(decision: Decision, attempts: list[Attempt]) -> Decision:
    by = decision.made_by
    made = Attempt(by.provider, by.model, "ok", by.latency_ms, by.input_tokens, by.output_tokens, by.cost)
    return replace(decision, made_by=replace(by, attempts=(*attempts, _note(made))))


def _note(attempt: Attempt, detail: str = "") -> Attempt:
    record(attempt, detail)
    return attempt
