"""`frontdesk eval tickets`: figures as JSON and as a table, and a clear error for a bad line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

pytestmark = pytest.mark.xdist_group("cli-evaluate")

TICKETS = (
    {"text": "Where is my order 54321?", "lang": "en", "category": "delivery", "escalate": False,
     "entities": {"order_number": ["54321"]}, "kind": "plain"},
    {"text": "Позовите менеджера!", "lang": "ru", "priority": "medium", "escalate": True,
     "escalate_reason": "asks_human", "entities": [], "kind": "short"},
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.jsonl"
    path.write_text(
        "\n\n".join(json.dumps(ticket, ensure_ascii=False) for ticket in TICKETS), encoding="utf-8"
    )
    return path


def test_the_figures_as_json(shell: Shell, file: Path) -> None:
    ran = shell.run("eval", "tickets", str(file), "--json")
    assert ran.code == 0, ran.err
    figures = json.loads(ran.out)
    assert figures["tickets"] == 2
    assert figures["accuracy"]["language"] == 1.0
    assert figures["accuracy"]["category"] == 1.0
    assert figures["escalate"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "found": 1, "wanted": 1}
    assert figures["entities"]["order_number"]["f1"] == 1.0
    assert set(figures["by_language"]) == {"en", "ru"}
    assert "category" not in figures["by_language"]["ru"]["accuracy"]


def test_the_figures_as_a_table(shell: Shell, file: Path) -> None:
    ran = shell.run("eval", "tickets", str(file))
    assert ran.code == 0, ran.err
    head, *rows = ran.out.splitlines()
    assert head.split() == ["all", "en", "ru"]
    assert [row.split() for row in rows if row.startswith(("tickets", "category "))][:2] == [
        ["tickets", "2", "1", "1"],
        ["category", "1.000", "1.000"],
    ]


def test_what_cannot_be_measured_is_refused_in_one_line(shell: Shell, file: Path) -> None:
    with file.open("a", encoding="utf-8") as lines:
        lines.write('\n{"text": "x", "priority": "huge"}\n')
    shell.run("eval", "tickets", str(file), "--json").assert_failed(1, "line 4", "huge")
    shell.run("eval", "tickets", str(file.parent)).assert_failed(1, "not a file")
    shell.run("eval", "tickets", str(file), "--provider", "oracle").assert_failed(1, "oracle")
    shell.run("eval", "nonsense").assert_failed(2, "nonsense")
