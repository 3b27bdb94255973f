"""How the channel accounts are: what their providers said last, and what waits here."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from frontdesk.channels.capabilities import Settlement
from frontdesk.channels.channel import Channel, Poller
from frontdesk.channels.health import Health, HealthState
from frontdesk.db.pool import Connection, fetch_all, fetch_one
from frontdesk.terms import ChannelName, LaneKind

STALE = timedelta(minutes=10)
"""What was heard longer ago says nothing of the present."""
Key = tuple[str, str]
_HEALTH = TypeAdapter(Health)


@dataclass(frozen=True, slots=True)
class AccountHealth:
    state: HealthState
    report: Health | None = None
    """What the provider said; None where it has not been asked."""
    since: datetime | None = None
    """When it came to be in this state."""
    checked_at: datetime | None = None
    queued: int = 0
    """Replies that wait to leave by this account."""


@dataclass(frozen=True, slots=True)
class _Kept:
    channel: str
    account: str
    state: str
    report: dict[str, object]
    since: datetime
    checked_at: datetime
    is_stale: bool


@dataclass(frozen=True, slots=True)
class _Count:
    channel: str
    account: str
    queued: int


@dataclass(frozen=True, slots=True)
class _Failing:
    key: str
    last_error: str


@dataclass(frozen=True, slots=True)
class _Before:
    state: str


async def keep(conn: Connection, channel: ChannelName, account: str, health: Health) -> HealthState | None:
    """Keep what the provider said; the state before it, None where it was not known."""
    query = "select state from channel_health where channel = %s and account = %s"
    before = await fetch_one(conn, _Before, query, (channel, account))
    await conn.execute(
        "insert into channel_health (channel, account, state, report) values (%s, %s, %s, %s)"
        " on conflict (channel, account) do update set state = excluded.state, report = excluded.report,"
        " checked_at = now(),"
        " since = case when channel_health.state = excluded.state then channel_health.since else now() end",
        (channel, account, health.state, Jsonb(json.loads(_HEALTH.dump_json(health)))),
    )
    return HealthState(before.state) if before else None


async def of_accounts(conn: Connection, channels: Iterable[Channel]) -> dict[Key, AccountHealth]:
    """Each account's, by channel and account."""
    kept = {
        (row.channel, row.account): row
        for row in await fetch_all(
            conn,
            _Kept,
            "select channel, account, state, report, since, checked_at, checked_at < now() - %s as is_stale"
            " from channel_health",
            (STALE,),
        )
    }
    queued = await _queued(conn)
    failing = await _failing_polls(conn)
    return {
        (channel.name, channel.account): _health(
            channel, kept.get((channel.name, channel.account)), queued, failing
        )
        for channel in channels
    }


def _health(
    channel: Channel, kept: _Kept | None, queued: dict[Key, int], failing: dict[str, str]
) -> AccountHealth:
    waiting = queued.get((channel.name, channel.account), 0)
    if channel.capabilities.settlement is Settlement.OWN_DB:
        return AccountHealth(HealthState.OK, queued=waiting)
    error = failing.get(f"{channel.name}/{channel.account}") if isinstance(channel, Poller) else None
    if error is not None:
        report = Health(is_connected=False, error=error)
        return AccountHealth(HealthState.TROUBLE, report, queued=waiting)
    if kept is None:
        return AccountHealth(HealthState.UNKNOWN, queued=waiting)
    state = HealthState.UNKNOWN if kept.is_stale else HealthState(kept.state)
    return AccountHealth(state, _HEALTH.validate_python(kept.report), kept.since, kept.checked_at, waiting)


async def _queued(conn: Connection) -> dict[Key, int]:
    rows = await fetch_all(
        conn,
        _Count,
        "select c.channel, c.account, count(*) as queued from outbox o join conversation c using (conversation_id)"
        " where o.state in ('queued', 'sending') group by c.channel, c.account",
    )
    return {(row.channel, row.account): row.queued for row in rows}


async def _failing_polls(conn: Connection) -> dict[str, str]:
    """Accounts that have to be asked and cannot be, with the reason."""
    rows = await fetch_all(
        conn,
        _Failing,
        "select key, last_error from lane where kind = %s and attempts > 0 and last_error is not null",
        (LaneKind.POLL,),
    )
    return {row.key.partition(":")[2]: row.last_error for row in rows}
