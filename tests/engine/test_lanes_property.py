"""Lanes under any order of wake-ups, runs, deaths and late writes: one holder, no wake-up lost, no stale write."""

import asyncio
import math
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from frontdesk.db.pool import Database, execute, fetch_dicts, fetch_value
from frontdesk.engine.attendance import Attendance
from frontdesk.engine.company import ALONE, ALONE_FROM, Deaths
from frontdesk.engine.lanes import Claim, LaneRun, Lanes
from frontdesk.engine.signals import Signals
from frontdesk.errors import LaneLost

T = TypeVar("T")
KEYS = st.sampled_from(["a", "b", "c"])
PICK = st.integers(0, 100)
ANY = Deaths(0, ALONE.most)


@dataclass
class Expected:
    """What must be true of one lane."""

    woken: int = 0
    """The moment of the last wake-up, on the machine's own clock; 0: never."""
    ran: int = 0
    """The moment of the last run's beginning."""
    attempts: int = 0
    deaths: int = 0
    holder: Claim | None = None
    lease_ended: bool = False
    parked: bool = False
    earlier: list[Claim] = field(default_factory=list)
    """Claims that have been finished, or taken away."""


class LanesMachine(RuleBasedStateMachine):
    runner: ClassVar[asyncio.Runner]
    lanes: ClassVar[Lanes]

    def __init__(self) -> None:
        super().__init__()
        self.clock = 0
        self.expected: dict[str, Expected] = {key: Expected() for key in "abc"}
        self.later = False
        self.sql("truncate lane")
        self.sql("truncate customer cascade")

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    def sql(self, query: str, *params: object) -> None:
        async def run() -> None:
            async with self.lanes.db.connection() as conn:
                await execute(conn, query, params)

        self.do(run())

    def rows(self) -> dict[str, dict[str, Any]]:
        async def run() -> list[dict[str, Any]]:
            async with self.lanes.db.connection() as conn:
                return await fetch_dicts(
                    conn,
                    "select key, kind, epoch, attempts, deaths, last_error, parked_at, lease_until,"
                    " extract(epoch from due_at)::float as due_at, extract(epoch from turn)::float as turn,"
                    " due_at <= now() as due,"
                    " lease_until is not null as held, lease_until < now() as ended from lane order by key",
                )

        return {row["key"].partition(":")[2]: row for row in self.do(run())}

    async def _wake(self, key: str, at: datetime | None, commit: bool = True) -> None:
        async with self.lanes.db.transaction() as conn:
            await self.lanes.wake(conn, "t", key, at)
            if not commit:
                raise ZeroDivisionError

    @initialize()
    def something_is_to_be_done(self) -> None:
        for key in self.expected:
            self.wake(key)

    @rule(key=KEYS)
    def wake(self, key: str) -> None:
        self.do(self._wake(key, None))
        self._woken(key)

    @rule(key=KEYS, hours=st.integers(1, 3))
    def set_a_timer(self, key: str, hours: int) -> None:
        self.do(self._wake(key, datetime.now(UTC) + timedelta(hours=hours)))
        self._woken(key)
        self.later = True

    def _woken(self, key: str) -> None:
        lane = self.expected[key]
        lane.woken = self.tick()
        if lane.parked:
            lane.parked, lane.attempts, lane.deaths = False, 0, min(lane.deaths, ALONE_FROM)

    @rule(key=KEYS)
    def wake_in_vain(self, key: str) -> None:
        """The transaction is rolled back."""
        before = self.rows()
        with pytest.raises(ZeroDivisionError):
            self.do(self._wake(key, None, commit=False))
        assert _without_now(self.rows()) == _without_now(before)

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        before = self.rows()
        free = {
            key: row
            for key, row in before.items()
            if row["parked_at"] is None and (row["ended"] or (row["due"] and not row["held"]))
        }
        claims = self.do(self.lanes.claim({"t": limit}, ANY))
        assert self.do(self.lanes.claim({"other": 10}, ANY)) == []
        taken = [claim.subject for claim in claims]
        assert len(set(taken)) == len(taken) == min(limit, len(free))
        assert set(taken) <= set(free)
        self._assert_oldest_first(free, taken)
        for claim in claims:
            self._assert_may_hold(claim, before[claim.subject])

    def _assert_oldest_first(self, free: dict[str, dict[str, Any]], taken: list[str]) -> None:
        due = {key: row["turn"] for key, row in free.items() if not row["ended"]}
        left = [at for key, at in due.items() if key not in taken]
        assert all(due[key] <= min(left) for key in taken if key in due and left)
        if any(free[key]["ended"] for key in free if key not in taken):
            assert all(free[key]["ended"] for key in taken), "a dead worker's lane comes before what is new"

    def _assert_may_hold(self, claim: Claim, before: dict[str, Any]) -> None:
        lane = self.expected[claim.subject]
        assert lane.holder is None or lane.lease_ended, "two live holders of one lane"
        assert not lane.parked
        assert claim.epoch == before["epoch"] + 1
        lane.deaths += lane.holder is not None
        assert (claim.attempts, claim.deaths) == (lane.attempts, lane.deaths)
        if lane.holder is not None:
            lane.earlier.append(lane.holder)
        lane.holder, lane.lease_ended, lane.ran = claim, False, self.tick()

    def held(self, pick: int) -> Claim:
        claims = [lane.holder for lane in self.expected.values() if lane.holder is not None]
        return claims[pick % len(claims)]

    @property
    def anything_held(self) -> bool:
        return any(lane.holder is not None for lane in self.expected.values())

    def let_go(self, claim: Claim) -> Expected:
        lane = self.expected[claim.subject]
        lane.earlier.append(claim)
        lane.holder, lane.lease_ended = None, False
        return lane

    @precondition(lambda self: self.anything_held)
    @rule(pick=PICK, in_last_transaction=st.booleans())
    def finish(self, pick: int, in_last_transaction: bool) -> None:
        claim = self.held(pick)
        self.do(self._finish_within(claim) if in_last_transaction else self.lanes.finish(claim))
        lane = self.let_go(claim)
        lane.attempts = lane.deaths = 0

    @precondition(lambda self: self.anything_held)
    @rule(pick=PICK)
    def finish_in_vain(self, pick: int) -> None:
        """The run's last transaction is rolled back."""
        claim, before = self.held(pick), self.rows()
        with pytest.raises(ZeroDivisionError):
            self.do(self._finish_within(claim, commit=False))
        assert _without_now(self.rows()) == _without_now(before)

    async def _finish_within(self, claim: Claim, commit: bool = True) -> None:
        run = LaneRun(self.lanes, claim)
        async with run.transaction() as conn:
            await run.finish(conn)
            if not commit:
                raise ZeroDivisionError

    @precondition(lambda self: self.anything_held)
    @rule(pick=PICK, wait=st.sampled_from([None, 3600.0]))
    def fail(self, pick: int, wait: float | None) -> None:
        claim = self.held(pick)
        self.do(self.lanes.fail(claim, "no", wait))
        lane = self.let_go(claim)
        lane.attempts, lane.deaths = lane.attempts + 1, 0
        self.later = True
        if wait is not None:
            assert self.rows()[claim.subject]["due_at"] > time.time() + 3000

    @precondition(lambda self: self.anything_held)
    @rule(pick=PICK)
    def give_back(self, pick: int) -> None:
        """An orderly stop: due at once, and nothing is counted."""
        claim = self.held(pick)
        self.do(self.lanes.release([claim]))
        self.let_go(claim)
        assert self.rows()[claim.subject]["due"]

    @rule(hours=st.integers(1, 5))
    def the_clock_goes_back(self, hours: int) -> None:
        """No wait is longer afterwards than what was asked for."""
        before = self.waits()
        self.sql(_LATER, *[timedelta(hours=hours)] * 5)
        self.do(self._look())
        for key, wait in self.waits().items():
            assert wait <= before[key] + 2, f"{key} waits for {wait - before[key]} s longer"

    async def _look(self) -> None:
        async with self.lanes.db.connection() as conn:
            await Attendance(self.lanes).look(conn)

    def waits(self) -> dict[str, float]:
        """Seconds that were asked for, or a lease gives, when a lane's times were written; 0 where it is due."""

        async def run() -> list[dict[str, Any]]:
            async with self.lanes.db.connection() as conn:
                return await fetch_dicts(conn, _WAITS)

        return {row["key"]: float(row["wait"]) for row in self.do(run())}

    @precondition(lambda self: self.anything_held)
    @rule(pick=PICK)
    def park(self, pick: int) -> None:
        claim = self.held(pick)
        self.do(self._park(claim))
        lane = self.let_go(claim)
        lane.parked, lane.attempts = True, lane.attempts + 1

    async def _park(self, claim: Claim) -> None:
        run = LaneRun(self.lanes, claim)
        async with run.transaction() as conn:
            await run.park(conn, "given up")

    async def _write(self, claim: Claim, name: str) -> None:
        async with LaneRun(self.lanes, claim).transaction() as conn:
            await execute(conn, "insert into customer (customer_id) values (%s)", (name,))

    @precondition(lambda self: self.anything_held)
    @rule(pick=PICK)
    def write_as_holder(self, pick: int) -> None:
        self.do(self._write(self.held(pick), f"holder-{self.tick()}"))

    @precondition(lambda self: self.anything_held)
    @rule(pick=PICK)
    def lease_ends(self, pick: int) -> None:
        claim = self.held(pick)
        self.sql("update lane set lease_until = now() - interval '1 second' where key = %s", claim.key)
        self.expected[claim.subject].lease_ended = True

    @precondition(lambda self: self.anything_held)
    @rule(pick=PICK)
    def renew(self, pick: int) -> None:
        claim = self.held(pick)
        assert self.do(self.lanes.renew([claim])) == {claim.key}
        self.expected[claim.subject].lease_ended = False

    @precondition(lambda self: any(lane.earlier for lane in self.expected.values()))
    @rule(pick=PICK)
    def who_was_thought_dead_comes_back(self, pick: int) -> None:
        """Whatever it does, nothing changes."""
        claims = [claim for lane in self.expected.values() for claim in lane.earlier]
        claim = claims[pick % len(claims)]
        before = self.rows()
        self.do(self.lanes.finish(claim))
        self.do(self.lanes.fail(claim, "late"))
        self.do(self.lanes.release([claim]))
        assert self.do(self.lanes.renew([claim])) == set()
        with pytest.raises(LaneLost):
            self.do(self._finish_within(claim))
        with pytest.raises(LaneLost):
            self.do(self._park(claim))
        with pytest.raises(LaneLost):
            self.do(self._write(claim, "stale"))
        assert _without_now(self.rows()) == _without_now(before)

    @precondition(lambda self: self.later)
    @rule()
    def hours_pass(self) -> None:
        """Every timer and every backoff comes due; the order among them stays."""
        self.later = False
        self.sql("update lane set due_at = due_at - interval '4 hours' where due_at < 'infinity'")

    @invariant()
    def what_was_woken_will_be_looked_at(self) -> None:
        """Who has not been looked at since is due at some time, or stands in a run whose end will say so."""
        rows = self.rows()
        for key, lane in self.expected.items():
            if lane.woken > lane.ran and not lane.parked:
                assert rows[key]["due_at"] < math.inf, f"a wake-up of {key} was lost"

    @invariant()
    def a_parked_lane_is_visible_and_at_rest(self) -> None:
        parked = {lane.key.partition(":")[2] for lane in self.do(self.lanes.parked())}
        assert parked == {key for key, lane in self.expected.items() if lane.parked}

    def teardown(self) -> None:
        """Let everything settle: workers die, time passes, one worker runs what is there."""
        self.sql("update lane set lease_until = now() - interval '1 second' where lease_until is not null")
        for lane in self.expected.values():
            lane.lease_ended = lane.holder is not None
        self.hours_pass()
        while claims := self.do(self.lanes.claim({"t": 10}, ANY)):
            for claim in claims:
                self.expected[claim.subject].ran = self.tick()
                self.do(self.lanes.finish(claim))
        for key, lane in self.expected.items():
            assert lane.parked or lane.ran >= lane.woken, f"a wake-up of {key} was lost"
        assert self.do(self._stale_writes()) == 0

    async def _stale_writes(self) -> int:
        async with self.lanes.db.connection() as conn:
            return int(await fetch_value(conn, "select count(*) from customer where customer_id = 'stale'"))


# The same as a clock that goes back: everything that was written lies later by as much.
_LATER = (
    "update lane set due_at = due_at + %s, lease_until = lease_until + %s, parked_at = parked_at + %s,"
    " turn = turn + %s, set_at = set_at + %s"
)
_WAITS = """
    select key, greatest(0, extract(epoch from
        case when lease_until is not null then lease_until when due_at < 'infinity' then due_at else now() end
        - least(set_at, now()))) as wait
    from lane where parked_at is null
"""


def _without_now(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What stands in the table: whether a lane is due depends on the moment."""
    return {key: {k: v for k, v in row.items() if k not in ("due", "ended")} for key, row in rows.items()}


@pytest.mark.timeout(180)
def test_lanes_keep_their_promises_whatever_happens(dsn: str) -> None:
    with asyncio.Runner() as runner:
        signals = Signals()
        db = Database(dsn, size=2, on_signal=signals.send)
        runner.run(db.open())
        LanesMachine.runner, LanesMachine.lanes = runner, Lanes(db, signals, lease=3600)
        try:
            run_state_machine_as_test(
                LanesMachine,
                settings=settings(
                    max_examples=60,
                    stateful_step_count=30,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(db.close())
