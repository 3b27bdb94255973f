"""Workers that are simulated, step by step, on real lanes: time, faults and chance come from a seed."""

from dataclasses import dataclass, field
from random import Random

from frontdesk.db.pool import Connection, execute, fetch_dicts
from frontdesk.engine.attendance import Attendance
from frontdesk.engine.company import ALONE, AMONG_FEW, AMONG_MANY, FEW, GIVE_UP_DEATHS
from frontdesk.engine.lanes import Claim, LaneRun, Lanes
from frontdesk.errors import LaneLost

KEYS = ("a", "b", "c", "d", "e", "poison")
LEASE = 600.0
"""Seconds: no slow machine lets it run out by itself."""
MANY = 3
KILLS = 2
"""By somebody outside: fewer than it takes to give up a lane that did nothing."""

_SHIFT = (
    "update lane set due_at = due_at + make_interval(secs => %(by)s),"
    " lease_until = lease_until + make_interval(secs => %(by)s),"
    " turn = turn + make_interval(secs => %(by)s), set_at = set_at + make_interval(secs => %(by)s)"
)


@dataclass
class SimulatedWorker:
    running: dict[str, tuple[Claim, int]] = field(default_factory=dict)
    """Claims, with how many steps they still take."""
    asked: dict[str, int] = field(default_factory=dict)
    """How often each lane had been woken when its run began."""
    is_alone: bool = False


@dataclass
class Simulation:
    lanes: Lanes
    dice: Random
    has_poison: bool
    workers: list[SimulatedWorker] = field(default_factory=lambda: [SimulatedWorker(), SimulatedWorker()])
    hung: list[Claim] = field(default_factory=list)
    """Of workers that were thought dead and may come back."""
    woken: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KEYS, 0))
    done: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KEYS, 0))
    given_up: set[str] = field(default_factory=set)
    kills: int = 0

    async def step(self) -> None:
        """One thing that happens."""
        acts = (
            [self.wake] * 4
            + [self.work] * 8
            + [self.pass_time] * 2
            + [self.kill, self.stop, self.hang, self.come_back, self.turn_clock_back]
        )
        await self.dice.choice(acts)()

    async def settle(self) -> None:
        """Nothing goes wrong any more but what a poison does itself: so many rounds must do for everything."""
        for _ in range(60):
            if all(self.done[key] == self.woken[key] or key in self.given_up for key in KEYS):
                return
            await self.work()
            await self.pass_time()
        raise AssertionError(f"a wake-up was lost: {self.woken} {self.done} {await self.rows()}")

    async def wake(self) -> None:
        key = self.dice.choice(KEYS if self.has_poison else KEYS[:-1])
        async with self.lanes.db.transaction() as conn:
            await self.lanes.wake(conn, "t", key)
        self.woken[key] += 1
        self.given_up.discard(key)

    async def work(self) -> None:
        """Each worker goes on with a run, then takes what it may."""
        for worker in self.workers:
            if worker.running:
                await self._go_on(worker, self.dice.choice(sorted(worker.running)))
            if not worker.is_alone or not worker.running:
                await self._claim(worker)

    async def _claim(self, worker: SimulatedWorker) -> None:
        """As `Worker` does: suspects first, few at a time or alone, then the others."""
        worker.is_alone = False
        few = FEW - sum(claim.deaths >= AMONG_FEW.least for claim, _ in worker.running.values())
        claims = await self.lanes.claim({"t": min(1, few)}, AMONG_FEW)
        if not claims and await self.lanes.has_due(["t"], ALONE):
            if worker.running:
                return
            claims = await self.lanes.claim({"t": 1}, ALONE)
            worker.is_alone = bool(claims)
        claims = claims or await self.lanes.claim({"t": MANY - len(worker.running)}, AMONG_MANY)
        for claim in claims:
            self._begin(worker, claim)

    def _begin(self, worker: SimulatedWorker, claim: Claim) -> None:
        key = claim.subject
        holders = [other for other in self.workers if key in other.running]
        assert not holders, f"{key} has two runners"
        worker.running[key] = (claim, self.dice.randint(1, 3))
        worker.asked[key] = self.woken[key]

    async def _go_on(self, worker: SimulatedWorker, key: str) -> None:
        claim, steps = worker.running[key]
        if claim.deaths >= GIVE_UP_DEATHS:
            await self._give_up(worker, claim)
        elif steps > 1:
            worker.running[key] = (claim, steps - 1)
        elif key == "poison":
            self._die(worker)
        else:
            await self._end(worker, claim)

    async def _give_up(self, worker: SimulatedWorker, claim: Claim) -> None:
        assert claim.subject == "poison", f"{claim.subject} did nothing and is given up"
        run = LaneRun(self.lanes, claim)
        async with run.transaction() as conn:
            await run.park(conn, "given up")
        self.given_up.add(claim.subject)
        del worker.running[claim.subject]

    async def _end(self, worker: SimulatedWorker, claim: Claim) -> None:
        """Well, or with a failure of its own; what is written carries what was asked when the run began."""
        key, asked = claim.subject, worker.asked[claim.subject]
        del worker.running[key]
        if claim.attempts < 3 and self.dice.random() < 0.2:
            await self.lanes.fail(claim, "no", self.dice.uniform(0, 5))
            return
        assert asked >= self.done[key], f"{key} was written out of order"
        await self._write(claim)
        await self.lanes.finish(claim)
        self.done[key] = asked

    async def _write(self, claim: Claim) -> None:
        async with LaneRun(self.lanes, claim).transaction() as conn:
            await execute(conn, "select 1")

    def _die(self, worker: SimulatedWorker) -> None:
        """Its process is gone; another is started in its place."""
        self.workers[self.workers.index(worker)] = SimulatedWorker()

    async def kill(self) -> None:
        if self.kills < KILLS:
            self.kills += 1
            self._die(self.dice.choice(self.workers))

    async def hang(self) -> None:
        """It loses its leases, and may come back later: for its lanes the same as a death."""
        if self.kills < KILLS:
            self.kills += 1
            worker = self.dice.choice(self.workers)
            self.hung += [claim for claim, _ in worker.running.values()]
            self._die(worker)
            for _ in range(3):
                await self.pass_time()

    async def come_back(self) -> None:
        """Who was thought dead writes, and changes nothing once others have the lane."""
        held = {row["key"]: row["epoch"] for row in await self.rows()}
        for claim in self.hung:
            if held[claim.key] != claim.epoch:
                await self._assert_fenced(claim)

    async def _assert_fenced(self, claim: Claim) -> None:
        before = _kept(await self.rows())
        await self.lanes.finish(claim)
        await self.lanes.fail(claim, "late")
        await self.lanes.release([claim])
        try:
            await self._write(claim)
        except LaneLost:
            assert _kept(await self.rows()) == before
        else:
            raise AssertionError(f"a late write to {claim.key} was let through")

    async def stop(self) -> None:
        """In order, and started again: nothing is counted."""
        worker = self.dice.choice(self.workers)
        before = {row["key"]: (row["attempts"], row["deaths"]) for row in await self.rows()}
        await self.lanes.release([claim for claim, _ in worker.running.values()])
        assert before == {row["key"]: (row["attempts"], row["deaths"]) for row in await self.rows()}
        self._die(worker)

    async def pass_time(self) -> None:
        """The living renew; the leases of the dead run out meanwhile, and timers come due."""
        await self._shift(-LEASE / 2)
        await self.lanes.renew([claim for worker in self.workers for claim, _ in worker.running.values()])

    async def turn_clock_back(self) -> None:
        """After a look nobody waits longer than was asked for."""
        await self._shift(3600)
        async with self.lanes.db.connection() as conn:
            await Attendance(self.lanes).look(conn)
        for row in await self.rows():
            assert int(str(row["wait"])) <= LEASE + 1, (
                f"{row['key']} waits {row['wait']} s after the clock went back"
            )

    async def _shift(self, by: float) -> None:
        async with self.lanes.db.connection() as conn:
            await execute(conn, _SHIFT, {"by": by})

    async def rows(self) -> list[dict[str, object]]:
        async with self.lanes.db.connection() as conn:
            return await _rows(conn)


def _kept(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """What stands in the table: how long a wait still is depends on the moment."""
    return [{name: value for name, value in row.items() if name != "wait"} for row in rows]


async def _rows(conn: Connection) -> list[dict[str, object]]:
    return await fetch_dicts(
        conn,
        "select key, epoch, attempts, deaths, parked_at is not null as parked, coalesce(lease_until, due_at)::text as at,"
        " case when parked_at is null and coalesce(lease_until, due_at) < 'infinity'"
        "  then round(extract(epoch from coalesce(lease_until, due_at) - now()))::int else 0 end as wait"
        " from lane order by key",
    )
