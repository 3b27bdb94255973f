"""Times in the format of the HTTP API."""

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """ISO 8601 in UTC with a `Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def stamp_or_none(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)
