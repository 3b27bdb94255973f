"""Hours of waiting within which tickets of one static score hardly differ. Pure.

The total of a ticket is its stored static score and its age, which moves by itself. The stored part is indexed
for each hour of waiting; a band says how much its age can add, so that a scan of the index can stop.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from frontdesk.tickets.scoring import Weights, age

HOURS = 48
"""What waits longer is one band: its age differs by less than 0.03 points, or by none."""
_HOUR = timedelta(hours=1)
_MOST_BANDS = 24 * 14


@dataclass(frozen=True, slots=True)
class Band:
    """Tickets that have waited since some moment of one hour, and the points that age adds to them."""

    hour: int
    """Of the time since 1970 in UTC."""
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Bands:
    hours: tuple[Band, ...]
    before: datetime
    """Who has waited since an earlier time is in no hour's band, but in that of the old ones."""
    old_least: float
    old_most: float


def bands_of(weights: Weights, now: datetime, latest: datetime) -> Bands | None:
    """The bands for an order at `now` of tickets that came up to `latest`; None where they would be too many."""
    first, last = _hour(now) - HOURS, _hour(latest) + 1
    if last - first > _MOST_BANDS:
        return None
    before = _start(first)
    old = (
        (age(before, weights, now), 2.0)
        if weights.age_curve == "growing"
        else (0.0, age(before, weights, now))
    )
    return Bands(tuple(_band(hour, weights, now) for hour in range(first, last + 1)), before, *old)


def _band(hour: int, weights: Weights, now: datetime) -> Band:
    ages = age(_start(hour), weights, now), age(_start(hour + 1), weights, now)
    return Band(hour, min(ages), max(ages))


def _hour(moment: datetime) -> int:
    return int(moment.timestamp() // 3600)


def _start(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * 3600, UTC)
