"""How a channel account is, as its provider tells it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HealthState(StrEnum):
    OK = "ok"
    TROUBLE = "trouble"
    """It works badly or not at all: somebody has to look."""
    UNKNOWN = "unknown"
    """The provider has not been asked, or cannot be."""


@dataclass(frozen=True, slots=True)
class Health:
    """Every text is safe to show to staff: no secret, nothing of a customer."""

    is_connected: bool
    """The credentials are taken, and messages can come in and go out."""
    name: str = ""
    """What the provider calls the account, such as @shop_bot."""
    waiting: int | None = None
    """So many messages the provider holds back for us, where it tells."""
    error: str = ""
    """What went wrong last, in words."""
    error_at: datetime | None = None
    expires_at: datetime | None = None
    """When the credentials end, where they do."""
    quality: str = ""
    """How the provider rates the account, where it does."""
    missing: tuple[str, ...] = ()
    """What somebody still has to set: variables, or settings at the provider."""

    @property
    def state(self) -> HealthState:
        return HealthState.OK if self.is_connected and not self.missing else HealthState.TROUBLE
