"""`python -m bench [NAME...] [--scale X] [--json]`: run the benchmarks on an embedded PostgreSQL of their own."""

import argparse
import asyncio
import json
import os
import platform
import sys
import time
from collections.abc import Awaitable, Callable

import psutil

from bench import access, ack, answers, crash, crowd, extract, footprint, intake, local, road, sockets
from bench.place import Place, temporary_place
from bench.report import Report
from frontdesk import logs

Benchmark = Callable[[Place, float], Awaitable[Report]]

os.environ["LOOPBACK_OPERATOR"] = "true"  # what is measured is not who may

BENCHMARKS: dict[str, Benchmark] = {
    "intake": intake.run,
    "road": road.run,
    "ack": ack.run,
    "access": access.run,
    "crowd": crowd.run,
    "footprint": footprint.run,
    "local": local.run,
    "answers": answers.run,
    "sockets": sockets.run,
    "crash": crash.run,
    "extract": extract.run,
}


async def _measure(place: Place, names: list[str], scale: float, say: Callable[[str], None]) -> list[Report]:
    reports = []
    for name in names:
        began = time.perf_counter()
        report = await BENCHMARKS[name](place, scale)
        say(f"{report.table()}\n  ({time.perf_counter() - began:.0f} s)\n")
        reports.append(report)
    return reports


def main() -> int:
    """Exit code 1 where a figure breaks a bound that must hold, such as no lost message; else 0."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of: {', '.join(BENCHMARKS)} (default: all)"
    )
    parser.add_argument(
        "--scale", type=float, default=1.0, help="sizes and durations, times this (default: 1)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    args = parser.parse_args()
    if unknown := set(args.names) - set(BENCHMARKS):
        parser.error(f"unknown benchmark {', '.join(sorted(unknown))}: there are {', '.join(BENCHMARKS)}")
    say: Callable[[str], None] = (lambda _: None) if args.json else lambda text: print(text, flush=True)
    with temporary_place() as place, (place.root / "log").open("w") as log:
        logs.configure(stream=log)  # as a desk does: logging is part of the cost
        reports = asyncio.run(_measure(place, args.names or list(BENCHMARKS), args.scale, say))
    if args.json:
        record = {"machine": _machine(), "benchmarks": [report.record() for report in reports]}
        print(json.dumps(record, indent=2))
    return 0 if all(report.kept for report in reports) else 1


def _machine() -> dict[str, object]:
    memory = round(psutil.virtual_memory().total / 2**30)
    return {"cores": os.cpu_count(), "memory_gb": memory, "python": platform.python_version()}


if __name__ == "__main__":
    sys.exit(main())
