"""Which manager a ticket goes to, and when a person will answer. Pure."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from frontdesk.errors import SetupError
from frontdesk.settings import Settings

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(
    rf"(?:(?P<first>{'|'.join(_DAYS)})(?:-(?P<last>{'|'.join(_DAYS)}))?\s+)?"
    r"(?P<opens>\d{1,2}:\d{2})\s*[-–]\s*(?P<closes>\d{1,2}:\d{2})",
    re.IGNORECASE,
)
_ALWAYS = "24/7"


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours in the desk's time zone; `closes` at or before `opens` means the next day."""

    opens: time
    closes: time
    days: frozenset[int] = frozenset(range(7))
    """Weekdays (Monday is 0) on which a shift begins."""


@dataclass(frozen=True, slots=True)
class RoutingRules:
    zone: ZoneInfo
    hours: Hours | None
    """None: around the clock."""
    minutes: int
    """How soon a person usually answers in working hours."""
    manager_email: str
    managers: dict[str, str] = field(default_factory=dict)
    """By category."""


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """When a person will answer: within `minutes` where the desk is open, else from `opens_at`."""

    open_now: bool
    minutes: int
    opens_at: datetime | None = None
    """In the desk's zone; None where it is open."""

    @property
    def opens(self) -> str:
        """The time of day, `09:00`; empty where the desk is open."""
        return "" if self.opens_at is None else f"{self.opens_at:%H:%M}"


def rules_from(settings: Settings) -> RoutingRules:
    """Raises `SetupError` for an unknown time zone or malformed hours."""
    try:
        zone = ZoneInfo(settings.desk_timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise SetupError(
            f"DESK_TIMEZONE: {settings.desk_timezone!r} is no time zone; it looks like Asia/Almaty"
        ) from None
    return RoutingRules(
        zone=zone,
        hours=parse_hours(settings.working_hours),
        minutes=settings.person_answers_within,
        manager_email=settings.manager_email,
        managers={category: address for category, address in settings.category_managers.items() if address},
    )


def parse_hours(text: str) -> Hours | None:
    """`09:00-21:00`, `mon-fri 09:00-18:00`, `21:00-06:00`; None for `24/7`. Raises `SetupError`."""
    if text.strip() == _ALWAYS:
        return None
    wrong = f"WORKING_HOURS: {text!r} should look like 09:00-21:00, mon-fri 09:00-18:00 or {_ALWAYS}"
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        raise SetupError(wrong)
    try:
        hours = Hours(_time(match["opens"]), _time(match["closes"]), _days(match["first"], match["last"]))
    except ValueError:
        raise SetupError(wrong) from None
    whole_day = hours.opens == hours.closes and len(hours.days) == len(_DAYS)
    return None if whole_day else hours


def manager(category: str | None, rules: RoutingRules) -> str:
    """The category's manager, else the desk's."""
    return rules.managers.get(category or "", rules.manager_email)


def expected_answer(now: datetime, rules: RoutingRules) -> ExpectedAnswer:
    """When a person will answer a customer who writes at `now` (aware)."""
    local = now.astimezone(rules.zone)
    hours = rules.hours
    if hours is None:
        return ExpectedAnswer(True, rules.minutes)
    shifts = [_shift(local, day, hours, rules.zone) for day in range(-1, 8)]
    if any(opens <= now < closes for opens, closes in filter(None, shifts)):
        return ExpectedAnswer(True, rules.minutes)
    opens_at = min(opens for opens, _ in filter(None, shifts) if opens > now)
    return ExpectedAnswer(False, rules.minutes, opens_at)


def _shift(local: datetime, day: int, hours: Hours, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """The shift that begins `day` days after the local date, in wall-clock time."""
    date = local.date() + timedelta(days=day)
    if date.weekday() not in hours.days:
        return None
    ends = date if hours.closes > hours.opens else date + timedelta(days=1)
    return datetime.combine(date, hours.opens, zone), datetime.combine(ends, hours.closes, zone)


def _time(text: str) -> time:
    return time() if text == "24:00" else time.fromisoformat(text.zfill(5))


def _days(first: str | None, last: str | None) -> frozenset[int]:
    if first is None:
        return frozenset(range(7))
    start = _DAYS.index(first.lower())
    end = _DAYS.index((last or first).lower())
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))
