"""The LLM providers' wire, with SSE and faults, spoken by an emulator that others wrote (aimock)."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from bench.place import free_port

HOME = Path(__file__).parent
PROGRAM = HOME / "node_modules" / ".bin" / "llmock"
WHY_NOT = "the LLM wire emulator is not installed (npm ci in tests/emulators, or make setup)"


class LlmEmulator:
    """One process with its fixtures; `url` is the Anthropic root, `url/v1` the OpenAI one."""

    def __init__(self, fixtures: Sequence[dict[str, object]], folder: Path, chunk_size: int = 12) -> None:
        self._file = folder / "fixtures.json"
        self._file.write_text(json.dumps({"fixtures": list(fixtures)}), encoding="utf-8")
        self._chunk_size = chunk_size
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self, wait: float = 15.0) -> None:
        """Raises `TimeoutError` where it does not listen in time."""
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = [
            PROGRAM,
            "-p",
            port,
            "-f",
            self._file,
            "-c",
            self._chunk_size,
            "--strict",
            "--log-level",
            "silent",
        ]
        self._process = subprocess.Popen([str(part) for part in command])
        deadline = time.monotonic() + wait
        while not self._healthy():
            if time.monotonic() > deadline or self._process.poll() is not None:
                self.stop()
                raise TimeoutError("the LLM emulator did not start")
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def journal(self) -> list[dict[str, object]]:
        """The requests it has had, oldest first."""
        with urllib.request.urlopen(f"{self.url}/__aimock/journal", timeout=5) as answer:
            entries = json.load(answer)
        return list(entries if isinstance(entries, list) else entries["entries"])

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
