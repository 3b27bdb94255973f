"""What every measure is: a title, an aim, and the places that it counts."""

from collections.abc import Callable
from dataclasses import dataclass

from scripts.structure.sources import Sources


@dataclass(frozen=True, slots=True, order=True)
class Place:
    path: str
    line: int
    note: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" + (f"  {self.note}" if self.note else "")


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    title: str
    find: Callable[[Sources], list[Place]]
    aim: int | None = None
    """No more places than this; None: shown, and nothing is wanted of it."""

    def is_met(self, places: list[Place]) -> bool:
        return self.aim is None or len(places) <= self.aim
