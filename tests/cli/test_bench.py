"""`frontdesk bench inbox` measures on a database of its own, and checks the order while it does."""

import json

import pytest

from frontdesk.cli import main


def test_the_first_pages_are_those_of_the_naive_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["bench", "inbox", "--rows", "1500", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures.pop("equal") is True
    assert figures.pop("rows") == 1500
    assert {
        "top50_p50_ms", "top50_p95_ms", "naive_p50_ms", "alerts_p50_ms", "search_p50_ms", "ticket_p50_ms",
    } <= figures.keys()  # fmt: skip
    assert all(value > 0 for value in figures.values())


def test_a_number_of_rows_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["bench", "inbox", "--rows", "10"]) == 1
    assert "at least 1,000" in capsys.readouterr().err
