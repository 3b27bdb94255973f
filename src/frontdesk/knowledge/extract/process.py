"""The desk's end of one worker process. Its calls block: `Workers` makes them in threads."""

import os
import signal
import subprocess
import sys
from typing import IO

from frontdesk.errors import Unavailable
from frontdesk.knowledge.extract import wire
from frontdesk.knowledge.extract.wire import Reply, Request

_ENDING_SECONDS = 5.0
_PYTHON_NEEDS = ("PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")


class WorkerDied(Exception):
    """The worker ended, or sent something else than a reply; it is gone now."""

    def __init__(self, code: int) -> None:
        super().__init__(f"exit code {code}")
        self.code = code
        """Its exit code, negative for a signal."""

    @property
    def by_processor_limit(self) -> bool:
        return self.code == -signal.SIGXCPU


class WorkerProcess:
    """One process, for one file at a time. On Linux it ends with the thread that started it."""

    def __init__(self) -> None:
        """Start the process without waiting until it is ready. Raises `Unavailable`."""
        command = (sys.executable, "-P", "-s", "-m", "frontdesk.knowledge.extract.worker", str(os.getpid()))
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                close_fds=True,
                cwd="/",
                start_new_session=True,  # Ctrl+C is the desk's, and the desk ends its workers
            )
        except OSError as error:
            raise Unavailable("the process that reads files cannot be started", retry_after=10) from error
        assert self._process.stdin
        assert self._process.stdout
        self._requests: IO[bytes] = self._process.stdin
        self._replies: IO[bytes] = self._process.stdout
        self.files = 0
        """How many it has replied to."""

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Raises `WorkerDied`."""
        try:
            self._receive()
        except (EOFError, OSError, ValueError) as error:
            raise WorkerDied(self._end()) from error

    def read(self, request: Request, data: bytes) -> Reply:
        """Raises `WorkerDied`."""
        try:
            for part in wire.request_frames(request, data):
                self._requests.write(part)
            self._requests.flush()
            reply = wire.reply_of(self._receive())
        except (EOFError, OSError, ValueError) as error:
            raise WorkerDied(self._end()) from error
        self.files += 1
        return reply

    def kill(self) -> None:
        """End it at once; a call that waits for it raises `WorkerDied`."""
        self._process.kill()

    def wait(self) -> None:
        """Wait until a killed process has ended."""
        self._process.wait(_ENDING_SECONDS)

    def _receive(self) -> bytes:
        payload = wire.read_frame(self._replies)
        if payload is None:
            raise EOFError
        return payload

    def _end(self) -> int:
        """Its own exit code if it has ended, else kill it."""
        try:
            return self._process.wait(0.5)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.wait(_ENDING_SECONDS)


def _environment() -> dict[str, str]:
    """Only what Python needs to start and to import: the desk's environment holds secrets."""
    kept = {name: os.environ[name] for name in _PYTHON_NEEDS if name in os.environ}
    return kept | {
        "PYTHONPATH": os.pathsep.join(os.path.abspath(path) for path in sys.path if path),
        "PYTHONUTF8": "1",
    }
