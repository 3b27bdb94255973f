"""The figures as a table for people, or as JSON for programs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scripts.structure.measure import Measure, Place

Places = Mapping[str, list[Place]]
"""What each measure counted, by the measure's name."""


def table(measures: Sequence[Measure], columns: Mapping[str, Places]) -> str:
    """A row for each measure, a column for each revision."""
    rows = [["", "aim", *columns]]
    for measure in measures:
        aim = "" if measure.aim is None else str(measure.aim)
        rows.append([measure.title, aim, *(str(len(column[measure.name])) for column in columns.values())])
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows
    )


def listing(measures: Sequence[Measure], places: Places) -> Iterator[str]:
    """Every counted place under its measure's title."""
    for measure in measures:
        if places[measure.name]:
            yield f"\n{measure.title}: {len(places[measure.name])}"
            yield from (f"  {place}" for place in places[measure.name])


def record(measures: Sequence[Measure], columns: Mapping[str, Places]) -> dict[str, Any]:
    return {
        title: {
            measure.name: {
                "value": len(column[measure.name]),
                "aim": measure.aim,
                "met": measure.is_met(column[measure.name]),
                "places": [str(place) for place in column[measure.name]],
            }
            for measure in measures
        }
        for title, column in columns.items()
    }
