"""The first tickets in smart order among a million, by indexes rather than by a look at each.

First some tickets with high stored scores give a total that the last ticket wanted reaches at least. Then each
hour's band of the index is read down to where no ticket's age can lift it to that total (a threshold algorithm:
Fagin, Lotem, Naor, "Optimal aggregation algorithms for middleware", 2003). What is read holds the whole page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg import sql

from frontdesk.db.pool import Connection, fetch_all
from frontdesk.inbox.bands import Bands, bands_of
from frontdesk.inbox.scored import MATCHES, SNOOZED, WAITING, total, without_alerts
from frontdesk.tickets.scoring import Weights

MOST_CANDIDATES = 20_000
"""Of more tickets the plain order is as quick."""
_SEEN_LEAST = 500
_SEEN_FACTOR = 4
"""So many tickets for each one wanted are looked at for the first total; rarer filters go the plain way."""
_ROUNDING = 1e-6

NOBODY_WAITS, SOMEBODY_WAITS, PERSON_OWES = 0, 1, 2
"""The kinds of open tickets in the indexes."""

_OPEN = "t.status not in ('resolved', 'closed')"
_KIND = "(case when t.waiting_since is null then 0 when t.owner = 'person' then 2 else 1 end)"
_HOUR = "(floor(extract(epoch from t.waiting_since - timestamptz '1970-01-01 00:00:00+00') / 3600)::int)"
_AFTER = f"""
    ({{total}} < %(last_total)s or {{total}} = %(last_total)s
        and ({WAITING}, t.ticket_id) > (%(last_waiting)s::timestamptz, %(last_id)s))
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets are asked for; `hits` is the SQL of those that a topic alert lifts."""

    where: str
    params: dict[str, Any]
    hits: str
    kinds: Sequence[int]
    with_snoozed: bool
    """Whether snoozed tickets are wanted that are of none of these kinds; they are few, and read whole."""
    count: int
    """From the first one, or from behind the cursor."""
    is_after: bool
    """Whether `params` hold a cursor: `last_total`, `last_waiting`, `last_id`."""


@dataclass(frozen=True, slots=True)
class _Total:
    total: float


@dataclass(frozen=True, slots=True)
class Candidate:
    ticket_id: str
    matches: bool
    """Whether a topic alert lifts it."""


async def candidates(
    conn: Connection, wanted: Wanted, weights: Weights, now: datetime
) -> list[Candidate] | None:
    """Open tickets that hold all wanted ones; None where the plain order has to be asked."""
    bands = bands_of(weights, now, max(now, datetime.now(UTC)))
    if bands is None or min(weights.topic_alert, weights.age_floor_hours) < 0:
        return None
    reached = await _reached(conn, wanted, weights)
    params = wanted.params | _edges(bands, reached, wanted)
    scanned = " union ".join(_scans(wanted))
    query = _with_hits(wanted, f"select t.ticket_id, {MATCHES} as matches from ({scanned} limit %(most)s) t")
    rows = await fetch_all(conn, Candidate, query, params)
    return None if len(rows) > MOST_CANDIDATES else rows


async def _reached(conn: Connection, wanted: Wanted, weights: Weights) -> float:
    """A total that the last wanted ticket has at least; all have it where too few tickets were seen to tell."""
    score = total(weights) if wanted.is_after else without_alerts(weights)
    condition = f"{wanted.where} and {_AFTER.format(total=f'({score})')}" if wanted.is_after else wanted.where
    scans = [f"select {score} as total from ({_best(kind)}) t where {condition}" for kind in wanted.kinds]
    query = " union all ".join(scans) + " order by total desc offset %(but_last)s limit 1"
    seen = max(_SEEN_LEAST, wanted.count * _SEEN_FACTOR)
    params = wanted.params | {"seen": seen, "but_last": wanted.count - 1}
    if not wanted.is_after:
        params["last_total"] = float("inf")
    chosen = _with_hits(wanted, query) if wanted.is_after else sql.SQL(query)
    rows = await fetch_all(conn, _Total, chosen, params)
    return rows[0].total - _ROUNDING if rows else float("-inf")


def _best(kind: int) -> str:
    """Age and alerts only add: behind a cursor no stored score is above its total."""
    return f"""
        select * from ticket t where {_OPEN} and {_KIND} = {kind} and t.static_score <= %(last_total)s
        order by t.static_score desc limit %(seen)s
    """


def _scans(wanted: Wanted) -> list[str]:
    scans = [
        f"select ticket_id from hit join ticket t using (ticket_id) where {_OPEN} and t.static_score >= %(lifted)s"
    ]
    if wanted.with_snoozed:
        scans.append(f"select t.ticket_id from ticket t where {_OPEN} and {SNOOZED}")
    for kind in wanted.kinds:
        scans.append(_old(kind))
        if kind != NOBODY_WAITS:
            scans += [_by_hour(kind), _to_come(kind)]
    return scans


def _old(kind: int) -> str:
    lowest = "%(reached)s" if kind == NOBODY_WAITS else "%(old_lowest)s"
    highest = "%(last_total)s" if kind == NOBODY_WAITS else "%(old_highest)s"
    return f"""
        select t.ticket_id from ticket t where {_OPEN} and {_KIND} = {kind}
            and t.static_score >= {lowest} and t.static_score <= {highest}
    """


def _by_hour(kind: int) -> str:
    return f"""
        select fresh.ticket_id from unnest(%(hours)s::int[], %(lowest)s::float8[], %(highest)s::float8[])
            as band(hour, lowest, highest), lateral (
                select t.ticket_id from ticket t
                where {_OPEN} and t.waiting_since is not null and {_KIND} = {kind} and {_HOUR} = band.hour
                    and t.static_score >= band.lowest and t.static_score <= band.highest
                offset 0
            ) as fresh
    """


def _to_come(kind: int) -> str:
    """Clocks are set back: what waits since a time to come is few, and is read whole."""
    return f"""
        select t.ticket_id from ticket t
        where {_OPEN} and t.waiting_since is not null and {_KIND} = {kind} and {_HOUR} > %(last_hour)s
    """


def _edges(bands: Bands, reached: float, wanted: Wanted) -> dict[str, Any]:
    """Between which stored scores each band is read."""
    last = wanted.params["last_total"] + _ROUNDING if wanted.is_after else float("inf")
    most = max(band.most for band in bands.hours)
    return {
        "hours": [band.hour for band in bands.hours],
        "lowest": [reached - band.most for band in bands.hours],
        "highest": [last - band.least for band in bands.hours],
        "last_hour": bands.hours[-1].hour,
        "reached": reached,
        "last_total": last,
        "old_lowest": reached - bands.old_most,
        "old_highest": last - bands.old_least,
        "lifted": reached - max(most, bands.old_most) - wanted.params["boost"],
        "most": MOST_CANDIDATES + 1,
    }


def _with_hits(wanted: Wanted, query: str) -> sql.SQL:
    return sql.SQL(f"with hit as materialized ({wanted.hits}) {query}")
