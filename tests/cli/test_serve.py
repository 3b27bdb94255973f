"""`frontdesk serve` and `frontdesk migrate` as processes of their own."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from bench.place import free_port

from frontdesk.db.migrate import newest
from tests.cli.conftest import Shell
from tests.ground import KEY

SECRET = {"SECRET_KEY": KEY}


@contextmanager
def serving(shell: Shell, *words: str) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """A running `serve`, and the port that it answers on."""
    port = free_port()
    command = [sys.executable, "-m", "frontdesk", "serve", "--port", str(port), *words]
    process = subprocess.Popen(
        command, env=shell.env | SECRET, cwd=shell.home, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process, port
    finally:
        process.kill()
        process.communicate()


def wait_until_ready(process: "subprocess.Popen[str]", port: int) -> dict[str, str]:
    """What it says of its roles."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            answer = httpx2.get(f"http://127.0.0.1:{port}/ready")
            if answer.status_code == 200:
                return dict(answer.json()["checks"]["roles"])
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail(f"it did not get ready: {process.communicate()[1] if process.poll() else ''}")


def test_serve_migrates_nothing_by_itself(shell: Shell) -> None:
    shell.run("serve", **SECRET).assert_failed(1, "no tables yet", "`frontdesk migrate`", "--migrate")
    migrated = shell.run("migrate")
    assert (migrated.code, migrated.out) == (0, f"the database was brought to schema {newest()}\n")
    assert shell.run("migrate").out == f"the database has schema {newest()}\n"


def test_a_worker_alone_gets_ready_and_stops_in_order(shell: Shell) -> None:
    with serving(shell, "--roles", "worker,scheduler", "--migrate") as (process, port):
        assert wait_until_ready(process, port) == {"worker": "ready", "scheduler": "ready"}
        assert httpx2.get(f"http://127.0.0.1:{port}/api/v1/tickets").status_code == 404
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors


def test_what_cannot_be_served_is_said_in_one_line(shell: Shell) -> None:
    shell.run("migrate")
    shell.run("serve", "--roles", "porter", **SECRET).assert_failed(1, "unknown role porter", "events")
    shell.run("serve", "--roles", "channels", **SECRET).assert_failed(1, "nothing to do", "channels: ")
    shell.run("serve", "--roles", "worker").assert_failed(1, "SECRET_KEY")
