"""A benchmark's figures, each with its aim, as a table or as JSON."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Aim:
    """A bound. Where it `must` hold, missing it fails the run; other aims depend on the machine."""

    most: float | None = None
    least: float | None = None
    must: bool = False

    def met(self, value: float) -> bool:
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)

    def __str__(self) -> str:
        if self.most is not None and self.least is not None and self.most == self.least:
            return _number(self.most)
        return f"≤ {_number(self.most)}" if self.most is not None else f"≥ {_number(self.least or 0)}"


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    value: float
    unit: str = ""
    aim: Aim | None = None

    @property
    def met(self) -> bool:
        return self.aim is None or self.aim.met(self.value)

    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = {"name": self.name, "value": round(self.value, 4), "unit": self.unit}
        return record | ({"aim": str(self.aim), "met": self.met} if self.aim else {})


@dataclass(frozen=True, slots=True)
class Report:
    benchmark: str
    figures: tuple[Figure, ...]
    setting: str
    """What was measured, in a line: sizes, rounds."""

    @property
    def kept(self) -> bool:
        """Whether every bound that must hold was met."""
        return all(figure.met for figure in self.figures if figure.aim and figure.aim.must)

    def record(self) -> dict[str, Any]:
        return {
            "benchmark": self.benchmark,
            "setting": self.setting,
            "figures": [figure.record() for figure in self.figures],
        }

    def table(self) -> str:
        wide = max(len(figure.name) for figure in self.figures)
        return "\n".join(
            [f"{self.benchmark}: {self.setting}", *(_line(figure, wide) for figure in self.figures)]
        )


def _line(figure: Figure, wide: int) -> str:
    aim = f"   aim {figure.aim}{'' if figure.met else '   MISSED'}" if figure.aim else ""
    return f"  {figure.name:<{wide}}  {_number(figure.value):>9} {figure.unit:<8}{aim}".rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:,.3g}"


def median(values: Iterable[float]) -> float:
    return float(statistics.median(values))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
