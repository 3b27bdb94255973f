"""The command: see the package."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.structure import __doc__ as about
from scripts.structure.measures import ALL, CHECKED
from scripts.structure.report import Places, listing, record, table
from scripts.structure.sources import Sources, of_revision, of_working_tree

NOW = "now"
"""The column of the working tree."""


def main(args: Sequence[str] | None = None, root: Path = Path(__file__).parents[2]) -> int:
    """The exit code: 1 where `--check` fails, 2 for a revision that git does not know."""
    asked = _parser().parse_args(args)
    now = _measured(of_working_tree(root))
    if asked.check:
        return _check(now)
    try:
        columns = {revision: _measured(of_revision(root, revision)) for revision in asked.at} | {NOW: now}
    except subprocess.CalledProcessError as error:
        print(f"git has no such revision: {error.cmd[-1]}", file=sys.stderr)
        return 2
    if asked.json:
        print(json.dumps(record(ALL, columns), indent=2))
    else:
        print(table(ALL, columns))
        if asked.places:
            print(*listing(ALL, now), sep="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m scripts.structure", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--at", nargs="+", default=[], metavar="REV", help="git revisions, each a column")
    parser.add_argument("--json", action="store_true", help="with every place")
    parser.add_argument("--places", action="store_true", help="list what is counted in the working tree")
    parser.add_argument(
        "--check", action="store_true", help=f"fail unless at their aim: {', '.join(CHECKED)}"
    )
    return parser


def _measured(sources: Sources) -> Places:
    return {measure.name: measure.find(sources) for measure in ALL}


def _check(now: Places) -> int:
    missed = [measure for measure in ALL if measure.name in CHECKED and not measure.is_met(now[measure.name])]
    if missed:
        print(*listing(missed, now), sep="\n", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
