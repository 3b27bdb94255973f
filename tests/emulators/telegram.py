"""A Bot API server that others wrote (npm telegram-test-api): a person's chat with a bot, in texts and buttons."""

import subprocess
import time
from pathlib import Path
from typing import Any

import httpx2
from bench.place import free_port

HOME = Path(__file__).parent
PROGRAM = HOME / "node_modules" / "telegram-test-api"
WHY_NOT = "the Telegram emulator is not installed (npm ci in tests/emulators, or make setup)"
_START = "new (require('telegram-test-api'))({port:+process.argv[1],host:'127.0.0.1'}).start()"


class TelegramServer:
    """One process."""

    def __init__(self) -> None:
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self, wait: float = 30.0) -> None:
        """Raises `TimeoutError` where it does not listen in time."""
        command = ["node", "-e", _START, str(self._port)]
        self._process = subprocess.Popen(
            command, cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + wait
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                self.stop()
                raise TimeoutError("the Telegram emulator did not start")
            time.sleep(0.1)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def _answers(self) -> bool:
        try:
            httpx2.get(self.url, timeout=2)
        except httpx2.HTTPError:
            return False
        return True


class Person:
    """Somebody who writes to the bot from the emulator's other side."""

    def __init__(self, server: TelegramServer, token: str, id: int) -> None:
        self._server = server
        self._token = token
        self._self = {
            "id": id,
            "first_name": "Ann",
            "username": "ann",
            "language_code": "en",
            "is_bot": False,
        }
        self._chat = {"id": id, "first_name": "Ann", "type": "private"}

    async def write(self, text: str) -> None:
        await self._post("sendMessage", {"chat": self._chat, "date": int(time.time()), "text": text})

    async def press(self, message: dict[str, Any], data: str) -> None:
        await self._post("sendCallback", {"message": message | {"chat": self._chat}, "data": data})

    async def read(self) -> list[dict[str, Any]]:
        """What the bot has said in this chat, in order."""
        history = (await self._post("getUpdatesHistory", {"token": self._token}))["result"]
        texts = [
            update["message"] | {"message_id": update["messageId"]}
            for update in history
            if "message" in update
        ]
        return [text for text in texts if str(text.get("chat_id")) == str(self._chat["id"])]

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        given = {"botToken": self._token, "from": self._self, **body}
        async with httpx2.AsyncClient(timeout=20) as browser:
            return (await browser.post(f"{self._server.url}/{path}", json=given)).json()
