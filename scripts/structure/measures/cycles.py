"""Modules in import cycles: those of the program that import themselves by way of another one.

An import inside a function counts like any other, and so does one for types alone. `from a import b`
leads to `a.b` where that is a module, else to `a`; the packages above a module are not counted as
imported by it.
"""

from collections.abc import Mapping

from scripts.structure.measure import Measure, Place
from scripts.structure.sources import Sources

_Graph = Mapping[str, frozenset[str]]


def find(sources: Sources) -> list[Place]:
    graph = _graph(sources)
    reached = {name: _reachable(graph, name) for name in graph}
    places = []
    for name in sorted(graph):
        cycle = [other for other in sorted(reached[name]) if name in reached[other]]
        if cycle:
            places.append(Place(sources.package[name].path, 1, "in the cycle of " + ", ".join(cycle)))
    return places


def _graph(sources: Sources) -> _Graph:
    package = sources.package
    return {
        name: frozenset(
            target if target in package else target.rpartition(".")[0]
            for target in (entry.target for entry in module.imports)
            if target in package or target.rpartition(".")[0] in package
        )
        - {name}
        for name, module in package.items()
    }


def _reachable(graph: _Graph, start: str) -> frozenset[str]:
    """Every module that is imported by this one or by what it imports; itself only where a cycle leads back."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = graph[waiting.pop()] - reached
        reached |= fresh
        waiting.extend(fresh)
    return frozenset(reached)


MEASURE = Measure("cycles", "modules in import cycles", find, aim=0)
