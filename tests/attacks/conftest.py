"""A demo that runs in a process of its own, with a mail server at its side, to be attacked from outside."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from bench.place import free_port

from frontdesk.db.embedded import forget

STRANGER = {"X-Forwarded-For": "203.0.113.9"}
"""As a reverse proxy on the same machine marks the world."""


class Mails:
    def __init__(self) -> None:
        self.contents: list[bytes] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.contents.append(envelope.content)
        return "250 taken"


@dataclass(frozen=True)
class Demo:
    address: str
    home: Path
    mails: Mails
    pid: int
    key: str = field(repr=False)
    """Of a program that may do everything."""

    @property
    def socket_address(self) -> str:
        return self.address.replace("http", "ws", 1)

    def client(self, stranger: bool = False) -> httpx2.Client:
        headers = STRANGER if stranger else {"Authorization": f"Bearer {self.key}"}
        return httpx2.Client(base_url=self.address, headers=headers, timeout=30)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    home, port, mails = tmp_path_factory.mktemp("attacked"), free_port(), Mails()
    server = Controller(mails, hostname="127.0.0.1", port=free_port())
    server.start()
    environment = {
        **os.environ, "FRONTDESK_HOME": str(home), "WORKING_HOURS": "24/7", "EMBEDDING_MODEL": "none",
        "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(server.port), "SMTP_TLS": "none",
        "PYTHONPATH": os.pathsep.join(sys.path), "LOOPBACK_OPERATOR": "false",
    }  # fmt: skip
    command = [sys.executable, "-m", "frontdesk", "demo", "--no-browser", "--no-sample", "--port", str(port)]
    with (home / "demo.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_ready(address, home, process)
            yield Demo(address, home, mails, process.pid, _key(environment))
        finally:
            process.terminate()
            process.wait(30)
            server.stop()
            forget(home)


def _key(environment: dict[str, str]) -> str:
    """Made on the command line, beside the running demo."""
    scopes = "tickets:read,tickets:write,kb:write,analytics:read,admin"
    command = [sys.executable, "-m", "frontdesk", "key", "create", "--name", "tests", "--scopes", scopes]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return made.stdout.strip()


def _wait_until_ready(address: str, home: Path, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx2.get(f"{address}/ready").status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.2)
    pytest.fail("the demo did not start: " + (home / "demo.log").read_text()[-2000:])
