"""Opening hours: the stretches of each day in which people work, in the desk's time zone. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from frontdesk.errors import SetupError

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = "|".join(_DAYS)
_PIECE = re.compile(
    rf"(?:(?P<first>{_DAY})(?:\s*[-–]\s*(?P<last>{_DAY}))?)?"
    r"\s*(?:(?<![a-z])(?P<opens>\d{1,2}:\d{2})\s*[-–]\s*(?P<closes>\d{1,2}:\d{2}))?",
    re.IGNORECASE,
)
_ALWAYS = "24/7"
_EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Stretch:
    """`closes` at or before `opens` means the next day."""

    opens: time
    closes: time
    days: frozenset[int] = _EVERY_DAY
    """Weekdays (Monday is 0) on which it begins."""

    def on(self, local: datetime, day: int, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
        """The stretch that begins `day` days after the local date, in wall-clock time."""
        date = local.date() + timedelta(days=day)
        if date.weekday() not in self.days:
            return None
        ends = date if self.closes > self.opens else date + timedelta(days=1)
        return datetime.combine(date, self.opens, zone), datetime.combine(ends, self.closes, zone)


Hours = tuple[Stretch, ...]
"""Never empty; stretches may overlap."""


def parse_hours(text: str) -> Hours | None:
    """None for `24/7`. Raises `SetupError`.

    `09:00-21:00`, `21:00-06:00`, `mon-fri 09:00-13:00,14:00-18:00; sat 10:00-14:00`, `mon,wed 09:00-18:00`:
    stretches after a comma are of the same days, unless they name others; a semicolon begins anew.
    """
    if text.strip() == _ALWAYS:
        return None
    try:
        hours = tuple(stretch for part in text.split(";") for stretch in _stretches(part))
    except ValueError:
        raise SetupError(
            f"WORKING_HOURS: {text!r} should look like 09:00-21:00, mon-fri 09:00-13:00,14:00-18:00; sat 10:00-14:00"
            f" or {_ALWAYS}"
        ) from None
    is_always = any(stretch.opens == stretch.closes and stretch.days == _EVERY_DAY for stretch in hours)
    return None if is_always else hours


def _stretches(part: str) -> list[Stretch]:
    """Raises `ValueError`."""
    stretches: list[Stretch] = []
    days: frozenset[int] = frozenset()
    listing = False
    for piece in part.split(","):
        match = _PIECE.fullmatch(piece.strip())
        if match is None or not match.group():
            raise ValueError(piece)
        if match["first"]:
            named = _days(match["first"], match["last"])
            days = days | named if listing else named
        listing = match["opens"] is None
        if not listing:
            stretches.append(Stretch(_time(match["opens"]), _time(match["closes"]), days or _EVERY_DAY))
    if listing or not stretches:
        raise ValueError(part)
    return stretches


def is_open(now: datetime, hours: Hours, zone: ZoneInfo) -> bool:
    return any(opens <= now < closes for opens, closes in _around(now, hours, zone))


def next_opening(now: datetime, hours: Hours, zone: ZoneInfo) -> datetime:
    """When the next stretch begins, in the zone."""
    return min(opens for opens, _ in _around(now, hours, zone) if opens > now)


def _around(now: datetime, hours: Hours, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    local = now.astimezone(zone)
    shifts = [stretch.on(local, day, zone) for stretch in hours for day in range(-1, 8)]
    return [shift for shift in shifts if shift is not None]


def _time(text: str) -> time:
    return time() if text == "24:00" else time.fromisoformat(text.zfill(5))


def _days(first: str, last: str | None) -> frozenset[int]:
    start = _DAYS.index(first.lower())
    end = _DAYS.index((last or first).lower())
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))
