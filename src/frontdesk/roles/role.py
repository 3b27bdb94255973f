"""A role: the lanes that a process takes, and what runs beside them. A role is one object in a list."""

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdesk.desk import Desk
from frontdesk.engine.readiness import Readiness
from frontdesk.engine.worker import LaneWork
from frontdesk.errors import SetupError


@dataclass(frozen=True, slots=True)
class Process:
    """What a part of a role is given of its process."""

    desk: Desk
    readiness: Readiness
    listening: Callable[[], None] = field(default=lambda: None)
    """To be called once the process can be reached."""


Part = Callable[[Process], Coroutine[Any, Any, None]]
"""Runs until it is cancelled; the process stops where it ends or fails."""


async def _nothing(desk: Desk) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    does: str
    """In a few words, for people."""
    lanes: tuple[str, ...] = ()
    """The kinds of lanes that a process of this role takes."""
    work: Callable[[Desk], Mapping[str, LaneWork]] = Desk.lane_work
    """What is done on them."""
    start: Callable[[Desk], Awaitable[None]] = _nothing
    """Once, before anything of the process runs."""
    prepare: Callable[[Desk], Awaitable[None]] = _nothing
    """Before the process takes slow lanes, while all else runs already: messages are accepted and recorded."""
    parts: tuple[Part, ...] = ()
    """What runs beside the lanes."""
    doors: tuple[Part, ...] = ()
    """Parts that let requests in: a stop closes them first, while everything that those in flight need still runs."""
    answers_probes: bool = False
    """One of its parts listens, and answers the probes of the whole process too."""
    idle: Callable[[Desk], str | None] = field(default=lambda desk: None)
    """Why there is nothing to do for the role here; None where there is."""


class Roles:
    """The roles that processes may have, by name."""

    def __init__(self, roles: Iterable[Role]) -> None:
        self._by_name = {role.name: role for role in roles}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def __iter__(self) -> Iterator[Role]:
        return iter(self._by_name.values())

    def plus(self, role: Role) -> "Roles":
        """These and one more."""
        return Roles([*self, role])

    def pick(self, names: Iterable[str]) -> Sequence[Role]:
        """The named roles in the list's order. Raises `SetupError` for an unknown name, or none at all."""
        wanted = {name.strip() for name in names} - {""}
        if unknown := wanted - set(self._by_name):
            raise SetupError(
                f"unknown role {', '.join(sorted(unknown))}: the roles are {', '.join(self.names)}"
            )
        if not wanted:
            raise SetupError(f"no role is named: the roles are {', '.join(self.names)}")
        return [role for role in self if role.name in wanted]
