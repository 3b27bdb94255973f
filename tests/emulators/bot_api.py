"""The Bot API's edge that `telegram-test-api` lacks: secrets, files, refusals, 429; shapes that aiogram reads."""

import itertools
import json
import re
from typing import Any, ClassVar

from frontdesk.channels.request import Request
from frontdesk.channels.telegram.webhook import SECRET
from tests.emulators.http_stub import DROP, Asked, Says

TOKEN = "123456:AAsecretsecretsecret"
WEBHOOK_SECRET = "hook-secret_1"
URL = "https://desk.example/webhooks/telegram/default"
AT = 1795000000
ANN = {"id": 111, "is_bot": False, "first_name": "Ann", "username": "ann", "language_code": "en"}
CHAT = {"id": 111, "first_name": "Ann", "username": "ann", "type": "private"}
FILE = b"\xff\xd8 a picture"


def refused(status: int, description: str, **parameters: Any) -> Says:
    body = {"ok": False, "error_code": status, "description": description}
    return Says(status, body | ({"parameters": parameters} if parameters else {}))


class BotApiStub:
    """Takes what is said; `next_answers` are given first. A path that begins with a failure's name fails."""

    failures: ClassVar[dict[str, Says | str]] = {
        "/SendDelayed": refused(429, "Too Many Requests: retry after 7", retry_after=7),
        "/SendRefused": refused(403, "Forbidden: bot was blocked by the user"),
        "/SendUnknown": DROP,
    }

    def __init__(self) -> None:
        self.next_answers: list[Says | str] = []
        self.webhook_info: dict[str, Any] = {"url": "", "has_custom_certificate": False}
        self.webhook_info["pending_update_count"] = 0
        self._numbers = itertools.count(1)

    def __call__(self, asked: Asked) -> Says | str:
        for prefix, says in self.failures.items():
            if asked.path.startswith(prefix):
                return says
        if self.next_answers:
            return self.next_answers.pop(0)
        if asked.path == f"/file/bot{TOKEN}/photos/file_1.jpg":
            return Says(200, FILE)
        if not asked.path.startswith(f"/bot{TOKEN}/"):
            return refused(401, "Unauthorized")
        return Says(200, {"ok": True, "result": self._result(asked)})

    def _result(self, asked: Asked) -> Any:
        method = asked.path.rpartition("/")[2]
        if method == "getMe":
            return {"id": 123456, "is_bot": True, "first_name": "Shop", "username": "shop_bot"}
        if method == "getFile":
            return {"file_id": asked.json["file_id"], "file_unique_id": "u", "file_path": "photos/file_1.jpg"}
        if method == "getWebhookInfo":
            return self.webhook_info
        if method.startswith("send"):
            return message(next(self._numbers), text="ok")
        return True


def message(id: int = 7, **content: Any) -> dict[str, Any]:
    return {"message_id": id, "from": ANN, "chat": CHAT, "date": AT} | content


def update(id: int = 10001, **kind: Any) -> dict[str, Any]:
    return {"update_id": id} | kind


def pressed(payload: str = "yes") -> dict[str, Any]:
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    bot = {"id": 123456, "is_bot": True, "first_name": "Shop"}
    asked = message(9, text="Was it good?", reply_markup=keyboard) | {"from": bot}
    return {"id": "17001", "from": ANN, "message": asked, "chat_instance": "-38", "data": payload}


def reacted(*emoji: str) -> dict[str, Any]:
    new = [{"type": "emoji", "emoji": sign} for sign in emoji]
    return {"chat": CHAT, "message_id": 7, "user": ANN, "date": AT, "old_reaction": [], "new_reaction": new}


def membership(status: str) -> dict[str, Any]:
    bot = {"id": 123456, "is_bot": True, "first_name": "Shop"}
    new = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    return {
        "chat": CHAT,
        "from": ANN,
        "date": AT,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": new,
    }


def signed(body: bytes) -> Request:
    return Request("POST", URL, {SECRET: WEBHOOK_SECRET, "Content-Type": "application/json"}, body)


def request(sent: dict[str, Any]) -> Request:
    return signed(json.dumps(sent).encode())


def fields(asked: Asked) -> dict[str, str]:
    """The fields of a multipart form, without its files."""
    pairs = re.findall(rb'name="([^"]+)"\r\n\r\n(.*?)\r\n--', asked.body, re.DOTALL)
    return {name.decode(): value.decode() for name, value in pairs}
