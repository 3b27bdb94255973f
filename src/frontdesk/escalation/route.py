"""Which manager a ticket goes to, and when a person will answer. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from frontdesk.errors import SetupError
from frontdesk.escalation.hours import Hours, is_open, next_opening, parse_hours
from frontdesk.settings import Settings


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


def manager(category: str | None, rules: RoutingRules) -> str:
    """The category's manager, else the desk's."""
    return rules.managers.get(category or "", rules.manager_email)


def expected_answer(now: datetime, rules: RoutingRules) -> ExpectedAnswer:
    """When a person will answer a customer who writes at `now` (aware)."""
    if rules.hours is None or is_open(now, rules.hours, rules.zone):
        return ExpectedAnswer(True, rules.minutes)
    return ExpectedAnswer(False, rules.minutes, next_opening(now, rules.hours, rules.zone))
