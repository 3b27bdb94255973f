"""The walk of docs/contributing.md is true: followed word by word in a copy, it adds an endpoint with its test."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
_MADE = re.compile(r"`((?:src|tests)/[\w/]+\.py)`:\n\n```python\n(.*?)```", re.DOTALL)
_CHANGED = re.compile(r"In\s`(src/[\w/]+\.py)`:\n\n((?:```diff\n.*?```\n+)+)", re.DOTALL)
_DIFF = re.compile(r"```diff\n(.*?)```", re.DOTALL)


def _walk(root: Path, text: str) -> list[str]:
    """Make the files and changes that the text tells of; the files it makes."""
    made = _MADE.findall(text)
    for path, content in made:
        (root / path).write_text(content)
    for path, diffs in _CHANGED.findall(text):
        for diff in _DIFF.findall(diffs):
            _replace(root / path, diff)
    return [path for path, _ in made]


def _replace(path: Path, diff: str) -> None:
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] == "-")
    after = "".join(line[1:] for line in lines if line[0] == "+")
    text = path.read_text()
    assert text.count(before) == 1, f"{before!r} is not there once"
    path.write_text(text.replace(before, after))


def test_the_endpoint_of_the_walk_works(tmp_path: Path) -> None:
    for folder in ("src", "tests", "scripts", "bench"):
        shutil.copytree(
            ROOT / folder,
            tmp_path / folder,
            ignore=shutil.ignore_patterns("node_modules", "__pycache__", "static"),
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    made = _walk(tmp_path, (ROOT / "docs" / "contributing.md").read_text())
    assert made == ["src/frontdesk/web/console/waiting.py", "tests/web/test_waiting.py"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}
    environment.pop("PYTEST_XDIST_WORKER", None)
    for command in (["pytest", "-q", "-p", "no:cacheprovider", made[1]], ["ruff", "check", *made]):
        run = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
