"""No text, however hostile, holds a regular expression of the product up."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.patterns.attacking import held_up, stopping
from tests.unit.patterns.collecting import Found


@pytest.fixture
def _timer() -> Iterator[None]:
    before = signal.getsignal(signal.SIGVTALRM)
    stopping()
    yield
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("_timer")
@pytest.mark.parametrize(
    ("pattern", "methods"),
    [
        (r"(a+)+$", {"match"}),
        (r"(?:\w+\s?)*!$", {"fullmatch"}),
        (r"\s+$", {"search"}),
        (r"-[ ]*x?[ ]*$", {"match"}),
        (rb"charset\s*[\"']?\s*(\w+)", {"search"}),
        (r"\w*z", set()),
    ],
)
def test_a_pattern_that_backtracks_is_caught(pattern: str | bytes, methods: set[str]) -> None:
    compiled: re.Pattern[str] | re.Pattern[bytes] = re.compile(pattern)
    assert held_up(Found(compiled, "here", methods)) is not None


@pytest.mark.usefixtures("_timer")
@pytest.mark.parametrize(
    ("pattern", "methods"), [(r"(?<!\s)\s+$", {"search"}), (r"\s*+x?\s*+$", {"match"}), (r"\s+$", {"match"})]
)
def test_a_pattern_that_does_not_is_let_go(pattern: str, methods: set[str]) -> None:
    assert held_up(Found(re.compile(pattern), "here", methods)) is None


@pytest.mark.timeout(1800)
def test_no_text_holds_a_pattern_of_the_product_up() -> None:
    """In a process of its own, whose main thread the timer can stop."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.patterns.attacking"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    slow = [json.loads(line) for line in done.stdout.splitlines()]
    assert int(done.stderr.split()[0]) > 500, "all of them were found"
    assert slow == [], "use possessive repetitions, or begin where a run begins: (?<!\\s)\\s*"
