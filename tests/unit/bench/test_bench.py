"""Each benchmark runs and prints its figures; how good they are is not tested."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench.__main__ import BENCHMARKS
from bench.report import Aim, Figure, Report, percentile

ROOT = Path(__file__).parents[3]


@pytest.mark.timeout(120)
def test_every_benchmark_runs_at_the_smallest_scale_and_prints_its_figures() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--scale", "0.01", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    reports = json.loads(done.stdout)["benchmarks"]
    assert [report["benchmark"] for report in reports] == list(BENCHMARKS)
    for report in reports:
        assert all(isinstance(figure["value"], float | int) for figure in report["figures"])


def test_an_unknown_benchmark_is_refused_by_name() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "nonsense"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "unknown benchmark nonsense" in done.stderr


def test_a_bound_that_must_hold_fails_the_run_and_a_missed_aim_is_only_marked() -> None:
    promise = Report("x", (Figure("lost", 1, "", Aim(most=0, least=0, must=True)),), "")
    ambition = Report("x", (Figure("p50", 80, "ms", Aim(most=50)),), "")
    assert not promise.kept
    assert ambition.kept
    assert "MISSED" in ambition.table()
    assert ambition.record()["figures"][0]["met"] is False


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0
    assert percentile([1.0], 0.0) == 1.0
