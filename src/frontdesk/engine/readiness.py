"""What each role of this process says of itself, for probes."""

from collections.abc import Callable
from enum import StrEnum


class RoleState(StrEnum):
    STARTING = "starting"
    READY = "ready"
    WAITING = "waiting"
    """Its work is interrupted, for the database is away."""
    NOT_CONFIGURED = "not_configured"
    """Nothing that the role could do is configured here."""


class Readiness:
    """One per process; empty where a process has no roles, such as one command's."""

    def __init__(self) -> None:
        self._roles: dict[str, Callable[[], RoleState]] = {}

    def tell(self, role: str, state: Callable[[], RoleState]) -> None:
        """From now on `state` is asked for the role's state."""
        self._roles[role] = state

    def states(self) -> dict[str, RoleState]:
        return {role: state() for role, state in self._roles.items()}

    @property
    def is_ready(self) -> bool:
        """Whether every role that has something to do is doing it."""
        return all(state in (RoleState.READY, RoleState.NOT_CONFIGURED) for state in self.states().values())
