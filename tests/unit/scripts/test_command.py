"""The command: revisions side by side, and a check that fails."""

import json
import subprocess
from pathlib import Path

import pytest
from scripts.structure.__main__ import main
from scripts.structure.measures import ALL, CHECKED

CYCLE = {"src/frontdesk/a.py": "import frontdesk.b", "src/frontdesk/b.py": "import frontdesk.a"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose only commit, tagged `before`, has a cycle; the working tree has none."""
    _write(tmp_path, {**CYCLE, "src/frontdesk/web/static/built.py": "not python", "docs/a.py": "nor this"})
    _write(tmp_path, {"frontend/node_modules/theirs/a.ts": "\n" * 400, "frontend/a.ts": "\n" * 400})
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-f", ".")
    _git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "First")
    _git(tmp_path, "tag", "before")
    _write(tmp_path, {"src/frontdesk/b.py": "", "frontend/a.ts": ""})
    return tmp_path


def _write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def _git(root: Path, *command: str) -> None:
    subprocess.run(["git", *command], cwd=root, check=True)


def test_before_and_after_stand_side_by_side(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--at", "before", "HEAD"], root) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].split() == ["aim", "before", "HEAD", "now"]
    assert "modules in import cycles 0 2 2 0" in [" ".join(row.split()) for row in rows]
    assert "files over 300 lines 1 1 0" in [" ".join(row.split()) for row in rows]


def test_programs_get_every_place(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--at", "before", "--json"], root) == 0
    columns = json.loads(capsys.readouterr().out)
    assert columns["before"]["cycles"]["met"] is False
    assert len(columns["before"]["cycles"]["places"]) == columns["before"]["cycles"]["value"] == 2
    assert columns["now"]["cycles"] == {"value": 0, "aim": 0, "met": True, "places": []}


def test_places_are_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(root, CYCLE)
    assert main(["--places"], root) == 0
    assert "  src/frontdesk/a.py:1  in the cycle of frontdesk.a, frontdesk.b" in capsys.readouterr().out


def test_the_check_fails_and_names_the_places(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], root) == 0
    assert capsys.readouterr().err == ""
    _write(root, CYCLE)
    assert main(["--check"], root) == 1
    assert "src/frontdesk/b.py:1" in capsys.readouterr().err


def test_an_unknown_revision_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--at", "nowhere"], root) == 2
    assert "nowhere" in capsys.readouterr().err


def test_what_is_checked_is_measured_and_has_an_aim() -> None:
    aims = {measure.name: measure.aim for measure in ALL}
    assert len(aims) == len(ALL)
    assert all(aims[name] is not None for name in CHECKED)
