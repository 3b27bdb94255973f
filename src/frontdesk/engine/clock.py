"""Clocks: what has to happen again and again, each on a lane of its own.

A clock is one object in the desk's list. Its lane, `clock:<name>`, gives it one runner at a time in the whole
system, its own retries and its own failures. A clock never stops: its dead end is its next round.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from croniter import croniter
from prometheus_client import Counter

from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.errors import SetupError, TemporaryError
from frontdesk.kit.tasks import not_cancelled
from frontdesk.terms import LaneKind

LOOK_SECONDS = 60.0
"""So often it is looked whether every clock has a next round."""

_log = structlog.get_logger("frontdesk.clocks")
_rounds = Counter("support_clock_rounds_total", "Rounds of clocks that ended", ["clock", "outcome"])


@dataclass(frozen=True, slots=True)
class Every:
    """A fixed time from the end of a round to the next one; the first is due at once."""

    period: timedelta

    def first(self, now: datetime) -> datetime:
        return now

    def after(self, now: datetime) -> datetime:
        return now + self.period


@dataclass(frozen=True, slots=True)
class Cron:
    """Times of a cron expression in UTC, such as `17 3 * * *`. Raises `SetupError` for one that is none."""

    expression: str

    def __post_init__(self) -> None:
        if not croniter.is_valid(self.expression):
            raise SetupError(f"{self.expression!r} is no cron expression, such as 17 3 * * *")

    def first(self, now: datetime) -> datetime:
        return self.after(now)

    def after(self, now: datetime) -> datetime:
        following: datetime = croniter(self.expression, now).get_next(datetime)
        return following


@dataclass(frozen=True, slots=True)
class Clock:
    name: str
    pace: Every | Cron
    round: Callable[[LaneRun], Awaitable[bool]]
    """One round; True where more is to be done and the next round should follow at once."""


class Clocks:
    """The clocks of one desk. Raises `SetupError` where two have the same name."""

    def __init__(self, lanes: Lanes, clocks: Sequence[Clock]) -> None:
        self._lanes = lanes
        self._by_name = {clock.name: clock for clock in clocks}
        if len(self._by_name) < len(clocks):
            raise SetupError("two clocks have the same name")

    def __iter__(self) -> Iterator[Clock]:
        return iter(self._by_name.values())

    async def start(self) -> None:
        """Have every clock's first round."""
        now = datetime.now(UTC)
        await self._schedule({clock.name: clock.pace.first(now) for clock in self})

    async def keep(self) -> None:
        """Until cancelled: see to it that every clock has a next round, whoever lost the last one."""
        while not_cancelled():
            await asyncio.sleep(LOOK_SECONDS)
            now = datetime.now(UTC)
            with suppress(TemporaryError):  # workers tell that the database is away
                await self._schedule({clock.name: clock.pace.after(now) for clock in self})

    async def run(self, run: LaneRun) -> None:
        """Lane clock:<name>: one round, and the time of the next. A round that fails is repeated soon."""
        clock = self._by_name.get(run.subject)
        if clock is None:
            _log.info(
                "unknown_clock", clock=run.subject
            )  # another version's: it will be scheduled again there
            return
        more = await clock.round(run)
        _rounds.labels(clock.name, "done").inc()
        now = datetime.now(UTC)
        async with run.transaction() as conn:
            await run.again(conn, now if more else clock.pace.after(now))

    async def go_on(self, run: LaneRun, error: str) -> None:
        """The dead end of a clock's lane."""
        _log.error("clock_round_given_up", clock=run.subject, error=error)
        clock = self._by_name.get(run.subject)
        _rounds.labels(run.subject, "given_up").inc()
        async with run.transaction() as conn:
            if clock is not None:
                await run.again(conn, clock.pace.after(datetime.now(UTC)))
        await self._lanes.finish(run.claim)

    async def _schedule(self, times: dict[str, datetime]) -> None:
        async with self._lanes.db.transaction() as conn:
            for name, at in sorted(times.items()):
                await self._lanes.wake(conn, LaneKind.CLOCK, name, at)
