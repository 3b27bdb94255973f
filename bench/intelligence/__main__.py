"""`python -m bench.intelligence --data DIR [--only NAME...] [--write]`: every figure of local intelligence."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.intelligence import answers, label_sets, questions, readings, retrieval, speed, spelled
from bench.intelligence.page import page
from bench.intelligence.section import Bench, Part, Section
from frontdesk import logs
from frontdesk.llm.embedding.minilm import installed_minilm

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "intelligence.md"
PARTS = (
    *readings.PARTS,
    *spelled.PARTS,
    *label_sets.PARTS,
    *retrieval.PARTS,
    *answers.PARTS,
    *questions.PARTS,
    *speed.PARTS,
)


def main(words: Sequence[str] | None = None) -> int:
    """Print the page, or write it with `--write`; 0 also where aims are missed."""
    args = _parser().parse_args(words)
    if args.write and args.only:
        _parser().error("--write makes the whole page: leave --only out")
    if not args.data.is_dir():
        _parser().error(f"{args.data} is not a folder")
    logs.configure("ERROR")
    bench = Bench(args.data, installed_minilm())
    text = page([_run(part, bench) for part in PARTS if not args.only or part.name in args.only])
    if args.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.intelligence", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the development sets")
    names = ", ".join(part.name for part in PARTS)
    parser.add_argument(
        "--only",
        nargs="+",
        choices=[part.name for part in PARTS],
        metavar="NAME",
        help=f"some parts, of: {names}",
    )
    parser.add_argument("--write", action="store_true", help=f"write docs/reference/{PAGE.name}")
    return parser


def _run(part: Part, bench: Bench) -> Section:
    began = time.perf_counter()
    section = part.run(bench)
    print(f"{part.name}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return section


if __name__ == "__main__":
    sys.exit(main())
