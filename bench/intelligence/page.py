"""The sections as a Markdown page."""

import os
import platform
from collections.abc import Iterable, Sequence

from scripts.wrap_docs import wrapped

from bench.intelligence.section import Row, Section

_HEAD = """# How good local intelligence is

    make intelligence DATA=DIR                                   # writes this page, some ten minutes
    .venv/bin/python -m bench.intelligence --data DIR --only tickets    # one part, printed

This page is made by the command above; do not edit it. Figures are percent; those with two or three decimals are
shares of one, those of speed and memory plain numbers. *Plain* is what TF-IDF with a linear model, or BM25, reaches
on sets of the same kind (given, not measured here), *aim* what was set out for. Rows of public sets are trained on
their own training part; tickets, language and search measure what ships.

**All are development figures**: these sets could be looked at while the code was written, and search was fitted on
some of them (below). Nothing was taken from them into the training text that ships, yet only other examples of the
same kinds tell how well it does in earnest.
"""


def page(sections: Sequence[Section]) -> str:
    missed = sum(row.verdict.startswith("missed") for section in sections for row in section.rows)
    aims = sum(row.aim is not None for section in sections for row in section.rows)
    place = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    parts = [_HEAD, f"{aims - missed} of {aims} aims are met. Measured on {place}.\n", _table(sections)]
    parts += [_left_out(sections), "## How each was measured\n"]
    parts += [f"**{section.title}.** {section.how}\n" for section in sections if section.how]
    return wrapped("\n".join(part for part in parts if part).rstrip() + "\n")


def _table(sections: Iterable[Section]) -> str:
    lines = ["| | plain | aim | ours | |", "|---|---:|---:|---:|---|"]
    for section in sections:
        if section.rows:
            lines.append(f"| **{section.title}** | | | | |")
            lines += [_line(row) for row in section.rows]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    plain = "" if row.plain is None else f"{row.plain:g}"
    aim = "" if row.aim is None else str(row.aim)
    return f"| {row.what} | {plain} | {aim} | **{row.value:,.{row.digits}f}** | {row.verdict} |"


def _left_out(sections: Iterable[Section]) -> str:
    notes = [f"* {section.title}: {note}" for section in sections for note in section.left_out]
    return "\n".join(["Left out of this run:\n", *notes]) + "\n" if notes else ""
