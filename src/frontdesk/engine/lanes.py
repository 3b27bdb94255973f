"""Lanes: a durable "look at this, from this moment on" for each key, one runner at a time.

Nothing is carried through a queue. The truth lies in the domain's tables; a lane says only that
somebody should look. A run reads the state, does what is to be done, and writes under the fence of
its epoch, so a worker that was thought dead can write nothing. See docs/decisions/0002-lanes.md.
"""

import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString

from frontdesk.db.pool import Connection, Database, execute, fetch_all, fetch_dicts, fetch_one, fetch_value
from frontdesk.engine.company import ALONE_FROM, AMONG_MANY, Deaths
from frontdesk.engine.signals import Signals
from frontdesk.errors import LaneLost

SIGNAL = "lane"
MAX_ATTEMPTS = 8
BACKOFF_CAP = 60.0
"""Seconds; the wait before attempt n is drawn from 0..min(cap, 0.5 * 2**n) (full jitter)."""
_NO_TIME = timedelta(0)
SPACING = timedelta(seconds=1)
"""Between the turns of lanes of one flow that wait at the same time: others come in between."""

# `set_at` is when the lane's times were written: a time of it that lies ahead shows that the clock went back.
_AGAIN: LiteralString = f"""
    on conflict (key) do update set
        due_at = least(lane.due_at, excluded.due_at),
        set_at = now(),
        turn = case when lane.due_at < 'infinity' then least(lane.turn, excluded.turn) else excluded.turn end,
        flow = coalesce(excluded.flow, lane.flow),
        parked_at = null,
        attempts = case when lane.parked_at is null then lane.attempts else 0 end,
        deaths = case when lane.parked_at is null then lane.deaths else least(lane.deaths, {ALONE_FROM}) end
"""
_REMIND = (
    """
    insert into lane (key, kind, due_at)
    select %(kind)s || ':' || subject, %(kind)s, now() from unnest(%(subjects)s::text[]) subject
"""
    + _AGAIN
    + """
    where (lane.attempts = 0 and lane.parked_at is null) or lane.parked_at < now() - %(parked_for)s
"""
)


def _turn_of(kind: LiteralString, flow: LiteralString, start: LiteralString) -> LiteralString:
    """A turn from `start` on, behind what waits of the same flow."""
    behind: LiteralString = (
        "select max(waits.turn) from lane waits where waits.due_at < 'infinity'"
        f" and waits.kind = {kind} and waits.flow = {flow}"
    )
    return f"greatest({start}, ({behind}) + interval '{SPACING.seconds} s')"


_WAKE: LiteralString = f"""
    insert into lane (key, kind, due_at, flow, turn)
    select key, kind, due_at, flow, {_turn_of("woken.kind", "woken.flow", "due_at - head_start")}
      from (select %(key)s::text as key, %(kind)s::text as kind, coalesce(%(at)s, now()) as due_at,
                   %(flow)s::text as flow, %(head_start)s::interval as head_start) woken
    {_AGAIN}
"""

# Ended leases come first: however much is due, a dead worker's lanes are not left lying.
# FOR UPDATE SKIP LOCKED: two workers never wait for each other, and never take the same lane.
# MATERIALIZED: the rows are looked for once, not again for each row of the join. ANY: the few that were taken are
# found by their keys; a join alone would read the whole table, for its planner cannot know that they are few.
_CLAIMED: LiteralString = """
    with taken as materialized (
        select lane.key, lane.died
        from unnest(%(kinds)s::text[], %(limits)s::int[]) as quota(kind, most)
        cross join lateral (
            select * from (
                select key, 1 as died from lane
                 where kind = quota.kind and lease_until < now() and parked_at is null
                   and deaths + 1 between %(least)s and %(most)s
                 order by lease_until limit quota.most for update skip locked
            ) ended
            union all
            select * from (
                select key, 0 as died from lane
                 where kind = quota.kind and due_at <= now() and lease_until is null and parked_at is null
                   and due_at < 'infinity' and deaths between %(least)s and %(most)s
                 order by turn limit quota.most for update skip locked
            ) due
            limit quota.most
        ) lane
    )
, claimed as (
    update lane set
        lease_until = now() + %(lease)s, worker = %(worker)s, epoch = lane.epoch + 1, due_at = 'infinity',
        set_at = now(), deaths = lane.deaths + taken.died,
        last_error = case taken.died when 1 then 'the worker vanished' else lane.last_error end
    from taken
    where lane.key = taken.key and lane.key = any(array(select key from taken))
    returning lane.key, lane.kind, lane.epoch, lane.attempts, lane.deaths
    )
"""
_CLAIM = _CLAIMED + "select * from claimed"
# One round trip: what is taken, and for each kind how long until the next is due or a lease ends.
CLAIM_AND_LOOK = (
    _CLAIMED
    + """
    select key, kind, epoch, attempts, deaths, null::float8 as seconds from claimed
    union all
    select null, quota.kind, null, null, null, extract(epoch from least(
        (select min(due_at) from lane
          where kind = quota.kind and lease_until is null and parked_at is null and due_at < 'infinity'
            and deaths <= %(most)s and key not in (select key from taken)),
        (select min(lease_until) from lane
          where kind = quota.kind and lease_until is not null and deaths < %(most)s
            and key not in (select key from taken))
    ) - now())::float8
      from unnest(%(kinds)s::text[]) as quota(kind)
"""
)

_RELEASE: LiteralString = "update lane set lease_until = null, worker = null, due_at = now(), set_at = now()"

# By the clock, not by the transaction's beginning: the lane may have been woken since.
_FINISH: LiteralString = """
    update lane set lease_until = null, worker = null, attempts = 0, deaths = 0, last_error = null
     where key = %(key)s and epoch = %(epoch)s and lease_until is not null returning due_at <= clock_timestamp()
"""

_HAS_DUE = """
    select exists (
        select from lane
         where kind = any(%(kinds)s) and parked_at is null and (
               (lease_until is null and due_at <= now() and deaths between %(least)s and %(most)s)
            or (lease_until < now() and deaths + 1 between %(least)s and %(most)s)))
"""


@dataclass(frozen=True, slots=True)
class Claim:
    key: str
    kind: str
    epoch: int
    attempts: int
    """Failed attempts before this one."""
    deaths: int = 0
    """Workers that died since it last came to an end, while this lane ran in them."""

    @property
    def subject(self) -> str:
        """What the key names: the part behind `kind:`."""
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Parked:
    key: str
    kind: str
    attempts: int
    last_error: str | None
    parked_at: datetime


def wake_each(due: LiteralString) -> LiteralString:
    """A wake-up as part of a larger statement, for the one place where round trips count.

    `due` names what gives each lane's `kind`, `subject`, `flow` and `head_start`; after the statement call
    `Lanes.announce`.
    """
    return f"""
        insert into lane (key, kind, due_at, flow, turn)
        select kind || ':' || subject, kind, now(), flow,
               {_turn_of("woken.kind", "woken.flow", "now() - head_start")}
               + (row_number() over (partition by flow order by subject) - 1) * interval '{SPACING.seconds} s'
          from {due} woken
        {_AGAIN}
    """


class Lanes:
    """The table of lanes on one database; signals tell sleeping workers that something is due."""

    def __init__(self, db: Database, signals: Signals, lease: float = 10.0) -> None:
        self.db = db
        self.signals = signals
        self.lease = timedelta(seconds=lease)

    async def wake(
        self,
        conn: Connection,
        kind: str,
        subject: str,
        at: datetime | None = None,
        *,
        flow: str | None = None,
        head_start: timedelta = _NO_TIME,
    ) -> None:
        """Have `kind:subject` looked at from `at` on (now where None), once the caller's transaction commits.

        Of what is due, it goes before what was woken up to `head_start` earlier. Lanes of one `flow`, which is
        somebody for whom much may wait, take turns with all others: however many there are, they keep nobody waiting.

        A lane that is already due earlier stays so: ten wake-ups are one run. A lane that runs now runs
        again afterwards. A parked lane gets a fresh start.
        """
        await execute(
            conn,
            _WAKE,
            {"key": f"{kind}:{subject}", "kind": kind, "at": at, "flow": flow, "head_start": head_start},
        )
        self.announce(conn)

    async def remind(
        self, conn: Connection, kind: str, subjects: Sequence[str], parked_for: timedelta
    ) -> None:
        """Like `wake` for each subject, for who may remind often: a lane that failed keeps its wait before the
        next attempt, and a parked one gets a fresh start only when it has been parked for so long.
        """
        params = {"kind": kind, "subjects": list(subjects), "parked_for": parked_for}
        if await execute(conn, _REMIND, params):
            self.announce(conn)

    def announce(self, conn: Connection) -> None:
        """Ring for workers once what was done on this connection has committed."""
        conn.signals.add(SIGNAL)

    async def claim(
        self, limits: Mapping[str, int], deaths: Deaths = AMONG_MANY, worker: int | None = None
    ) -> list[Claim]:
        """Take lanes that are due, or whose runner's lease has ended: of each kind up to its limit.

        `worker` is whose they are from now on: see `Attendance`. An ended lease is one more death.
        """
        async with self.db.connection() as conn:
            return await fetch_all(conn, Claim, _CLAIM, self.claim_params(limits, deaths, worker))

    async def claim_and_look(
        self, limits: Mapping[str, int], worker: int | None = None
    ) -> tuple[list[Claim], dict[str, float]]:
        """The same among many, and for each of these kinds how many seconds until more may be taken, if ever."""
        async with self.db.connection() as conn:
            rows = await fetch_dicts(conn, CLAIM_AND_LOOK, self.claim_params(limits, AMONG_MANY, worker))
        seconds = {row["kind"]: row["seconds"] for row in rows if row["seconds"] is not None}
        claims = [
            Claim(row["key"], row["kind"], row["epoch"], row["attempts"], row["deaths"])
            for row in rows
            if row["key"] is not None
        ]
        return claims, seconds

    def claim_params(
        self, limits: Mapping[str, int], deaths: Deaths = AMONG_MANY, worker: int | None = None
    ) -> dict[str, object]:
        return {
            "kinds": list(limits),
            "limits": list(limits.values()),
            "least": deaths.least,
            "most": deaths.most,
            "lease": self.lease,
            "worker": worker,
        }

    async def has_due(self, kinds: Sequence[str], deaths: Deaths) -> bool:
        """Whether a claim of these would find any."""
        async with self.db.connection() as conn:
            params = {"kinds": list(kinds), "least": deaths.least, "most": deaths.most}
            return bool(await fetch_value(conn, _HAS_DUE, params))

    async def renew(self, claims: list[Claim]) -> set[str]:
        """Prolong the leases of runs that live; the keys that are still ours."""
        keys, epochs = [c.key for c in claims], [c.epoch for c in claims]
        async with self.db.connection() as conn:
            cursor = await conn.execute(
                "update lane set lease_until = now() + %s, set_at = now()"
                " from unnest(%s::text[], %s::bigint[]) as mine(key, epoch)"
                " where lane.key = mine.key and lane.epoch = mine.epoch and lane.lease_until is not null"
                " returning lane.key",
                (self.lease, keys, epochs),
            )
            return {row[0] for row in await cursor.fetchall()}

    async def release(self, claims: list[Claim]) -> None:
        """Give back what is not run to its end: due at once, and nothing is counted against it."""
        keys, epochs = [c.key for c in claims], [c.epoch for c in claims]
        async with self.db.connection() as conn:
            given = await execute(
                conn,
                _RELEASE + " from unnest(%s::text[], %s::bigint[]) as mine(key, epoch)"
                " where lane.key = mine.key and lane.epoch = mine.epoch and lane.lease_until is not null",
                (keys, epochs),
            )
            if given:
                self.announce(conn)

    async def release_all(self, worker: int) -> None:
        """The same for everything that is still this worker's, such as a claim whose answer never came."""
        async with self.db.connection() as conn:
            if await execute(conn, _RELEASE + " where worker = %s and lease_until is not null", (worker,)):
                self.announce(conn)

    async def finish(self, claim: Claim) -> None:
        """The run did its work; whoever woke the lane meanwhile gets another run."""
        await self._release(_FINISH, {"key": claim.key, "epoch": claim.epoch})

    async def fail(self, claim: Claim, error: str, retry_after: float | None = None) -> None:
        """The run did not work out: again later, with full jitter and never before `retry_after` seconds."""
        wait = max(retry_after or 0.0, random.uniform(0, min(BACKOFF_CAP, 0.5 * 2**claim.attempts)))
        await self._release(
            "update lane set lease_until = null, worker = null, attempts = attempts + 1, deaths = 0,"
            " last_error = %(error)s, due_at = now() + %(wait)s, turn = now() + %(wait)s, set_at = now()"
            " where key = %(key)s and epoch = %(epoch)s and lease_until is not null returning false",
            {"key": claim.key, "epoch": claim.epoch, "error": error[:500], "wait": timedelta(seconds=wait)},
        )

    async def parked(self, limit: int = 100) -> list[Parked]:
        async with self.db.connection() as conn:
            return await fetch_all(
                conn,
                Parked,
                "select key, kind, attempts, last_error, parked_at from lane"
                " where parked_at is not null order by parked_at desc limit %s",
                (limit,),
            )

    async def _release(self, query: str, params: dict[str, object]) -> None:
        async with self.db.connection() as conn:
            if await fetch_value(conn, query, params):
                self.signals.send(SIGNAL)


class LaneRun:
    """One run of a lane, as its handler sees it."""

    def __init__(self, lanes: Lanes, claim: Claim) -> None:
        self._lanes = lanes
        self.claim = claim
        self.lets_go = False
        """Whether the lane was let go of, in a transaction that has committed or is about to."""

    @property
    def subject(self) -> str:
        return self.claim.subject

    @property
    def last_attempt(self) -> bool:
        """A failure of this run parks the lane."""
        return self.claim.attempts + 1 >= MAX_ATTEMPTS

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A fenced transaction: it commits only while this run still holds its lane, else raises `LaneLost`.

        The lane's row is locked last: domain rows first, lanes after, in every transaction of the house.
        """
        async with self._lanes.db.transaction() as conn:
            self.lets_go = False
            yield conn
            if not self.lets_go:
                await self._fence(conn)

    async def finish(self, conn: Connection) -> None:
        """The last words of the run's last (fenced) transaction: its work is done with it.

        Without them the lane is let go of when its handler returns, by a commit of its own. Whoever woke the lane
        meanwhile gets another run.
        """
        due = await fetch_value(conn, _FINISH, {"key": self.claim.key, "epoch": self.claim.epoch})
        if due is None:
            raise LaneLost(f"{self.claim.kind} lane was taken by another worker")
        if due:
            self._lanes.announce(conn)
        self.lets_go = True

    async def again(self, conn: Connection, at: datetime) -> None:
        """Have this lane looked at once more at that time, once the transaction commits."""
        await self._lanes.wake(conn, self.claim.kind, self.claim.subject, at)

    async def park(self, conn: Connection, error: str) -> None:
        """Give the lane up, visibly, in the (fenced) transaction that also brings a person."""
        held = await execute(
            conn,
            "update lane set lease_until = null, worker = null, parked_at = now(), attempts = attempts + 1,"
            " last_error = %s"
            " where key = %s and epoch = %s and lease_until is not null",
            (error[:500], self.claim.key, self.claim.epoch),
        )
        if not held:
            raise LaneLost(f"{self.claim.kind} lane was taken by another worker")
        self.lets_go = True

    async def start_over(self, conn: Connection, at: datetime, error: str) -> None:
        """Instead of giving the lane up: let go of it in this (fenced) transaction, its attempts and deaths forgotten."""
        held = await execute(
            conn,
            "update lane set lease_until = null, worker = null, attempts = 0, deaths = 0,"
            " due_at = least(due_at, %s), turn = %s, set_at = now(), last_error = %s"
            " where key = %s and epoch = %s and lease_until is not null",
            (at, at, error[:500], self.claim.key, self.claim.epoch),
        )
        if not held:
            raise LaneLost(f"{self.claim.kind} lane was taken by another worker")
        self.lets_go = True

    async def _fence(self, conn: Connection) -> None:
        held = await fetch_one(
            conn,
            _Held,
            "select epoch from lane where key = %s and epoch = %s and lease_until is not null for share",
            (self.claim.key, self.claim.epoch),
        )
        if held is None:
            raise LaneLost(f"{self.claim.kind} lane was taken by another worker")


@dataclass(frozen=True, slots=True)
class _Held:
    epoch: int
