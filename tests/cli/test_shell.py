"""How the command behaves in a shell: help, ports, logs, and no trace where it only looks."""

import io
import os
import pty
import socket
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
import structlog

from frontdesk import logs

COMMAND = (sys.executable, "-m", "frontdesk")


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "FRONTDESK_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}


def test_the_bare_command_prints_its_help(tmp_path: Path) -> None:
    bare = subprocess.run(COMMAND, env=_environment(tmp_path), capture_output=True, text=True, check=False)
    assert (bare.returncode, "COMMAND" in bare.stdout, bare.stderr) == (0, True, "")


def test_doctor_changes_nothing_on_disk(tmp_path: Path) -> None:
    home = tmp_path / "home"
    looked = subprocess.run(
        [*COMMAND, "doctor"],
        env=_environment(home),
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert "not running now" in looked.stdout
    assert list(tmp_path.iterdir()) == []


def test_demo_looks_at_the_port_before_it_starts_anything(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        demo = subprocess.run(
            [*COMMAND, "demo", "--no-browser", "--port", port],
            env=_environment(home), capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert (demo.returncode, f"port {port} is taken" in demo.stderr) == (1, True)
    assert not home.exists()


@pytest.fixture
def logged_anew() -> object:
    """Whatever a test configures, the next one finds logs as they ship."""
    yield
    logs.configure("WARNING", io.StringIO())


def test_logs_are_plain_at_a_terminal_and_json_in_a_pipe(logged_anew: object) -> None:
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w") as terminal:
        logs.configure("INFO", terminal)
        structlog.get_logger("frontdesk.test").info("decided", act="answer")
        terminal.flush()
        shown = os.read(leader, 4096).decode()
    os.close(leader)
    pipe = io.StringIO()
    logs.configure("INFO", pipe)
    structlog.get_logger("frontdesk.test").info("decided", act="answer")
    assert "decided" in shown
    assert not shown.lstrip().startswith("{")
    assert orjson.loads(pipe.getvalue())["event"] == "decided"


@pytest.mark.parametrize(("log_format", "is_json"), [("json", True), ("plain", False)])
def test_the_form_of_logs_can_be_asked_for(log_format: str, is_json: bool, logged_anew: object) -> None:
    out = io.StringIO()
    logs.configure("INFO", out, log_format)  # type: ignore[arg-type]  # one of the three words
    structlog.get_logger("frontdesk.test").info("decided")
    assert out.getvalue().startswith("{") is is_json
