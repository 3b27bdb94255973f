"""A section of the page: figures with their aims and baselines, and how they were measured."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.report import Aim
from frontdesk.llm.embedding.minilm import MiniLM


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    value: float
    aim: Aim | None = None
    plain: float | None = None
    """What plain TF-IDF or BM25 reaches."""
    digits: int = 1

    @property
    def verdict(self) -> str:
        """Whether the aim was met, by the figure as it is rounded for the page."""
        if self.aim is None:
            return ""
        shown = round(self.value, self.digits)
        if self.aim.met(shown):
            return "met"
        bound = self.aim.least if self.aim.least is not None and shown < self.aim.least else self.aim.most
        return f"missed by {abs(shown - (bound or 0)):,.{self.digits}f}"


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: tuple[Row, ...] = ()
    how: str = ""
    """How it was measured, and what kind of figure it is; Markdown."""
    left_out: tuple[str, ...] = ()
    """What could not be measured, and why."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What sections measure with."""

    data: Path
    """The folder of the development sets."""
    sentences: MiniLM | None
    """None where its weights are not installed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section by its name on the command line."""

    name: str
    title: str
    measure: Callable[[Bench], Section]
    needs: tuple[str, ...] = field(default=())
    """Files within the folder of data without which there is nothing to measure."""

    def run(self, bench: Bench) -> Section:
        missing = [name for name in self.needs if not (bench.data / name).is_file()]
        if missing:
            return Section(self.title, left_out=(f"no data: {', '.join(f'`{name}`' for name in missing)}",))
        return self.measure(bench)


def percent(share: float | None) -> float:
    """Raises `ValueError` for a figure that could not be measured."""
    if share is None:
        raise ValueError("nothing was measured")
    return 100 * share


def at_least(bound: float) -> Aim:
    return Aim(least=bound)


def at_most(bound: float) -> Aim:
    return Aim(most=bound)
