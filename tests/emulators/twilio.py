"""Twilio's API and its signed callbacks, spoken by an emulator that others wrote (npm emulate)."""

import json
import subprocess
import time
from pathlib import Path

import httpx2
from bench.place import free_port

HOME = Path(__file__).parent
PROGRAM = HOME / "node_modules" / ".bin" / "emulate"
WHY_NOT = "the Twilio emulator is not installed (npm ci in tests/emulators, or make setup)"
SID = "AC" + "0" * 32
TOKEN = "twilio_test_auth_token"


class TwilioEmulator:
    """One process; `numbers` are ours, `sms_url` is called when somebody writes to them."""

    def __init__(self, folder: Path, numbers: list[str], sms_url: str) -> None:
        self._seed = folder / "seed.json"
        listed = [{"phone_number": number, "friendly_name": number, "sms_url": sms_url} for number in numbers]
        account = {"sid": SID, "auth_token": TOKEN, "friendly_name": "Desk"}
        self._seed.write_text(json.dumps({"twilio": {"account": account, "phone_numbers": listed}}))
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self, wait: float = 30.0) -> None:
        """Raises `TimeoutError` where it does not listen in time."""
        command = [str(PROGRAM), "start", "--service", "twilio", "--port", str(self._port)]
        self._process = subprocess.Popen(
            [*command, "--seed", str(self._seed)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + wait
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                self.stop()
                raise TimeoutError("the Twilio emulator did not start")
            time.sleep(0.1)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def simulate(self, what: str, **fields: str) -> None:
        """`inbound-message` or `message-status`, as the emulator's documentation has it."""
        answer = httpx2.post(
            f"{self.url}/_twilio/simulate/{what}", data=fields, auth=(SID, TOKEN), timeout=10
        )
        assert answer.is_success, answer.text

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/", timeout=2).status_code < 500
        except httpx2.HTTPError:
            return False
