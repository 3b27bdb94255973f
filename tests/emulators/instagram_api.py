"""Instagram's side: what it delivers and how it answers, in the documented shapes."""

import itertools
import json
import time
from collections.abc import Mapping
from typing import Any, ClassVar

from frontdesk.channels.meta_webhook import SIGNATURE, sign
from frontdesk.channels.request import Request
from tests.emulators.cloud_api import graph_error
from tests.emulators.http_stub import DROP, Asked, Says

ACCOUNT_ID = "17841400000000001"
APP_SECRET = "instagram-secret"
URL = "https://desk.example/webhooks/instagram/default"
ANN = "6000000000000001"
AT = int(time.time()) * 1000
"""Now, for reply windows are counted from it."""
CLOSED = graph_error(10, "outside of allowed window", error_subcode=2534022)


class InstagramApi:
    """`next_answers` are given first. A path that begins with a failure's name fails."""

    failures: ClassVar[dict[str, Says | str]] = {
        "/SendDelayed": graph_error(613, "Calls to this api have exceeded the rate limit"),
        "/SendRefused": graph_error(551, "This person isn't available right now"),
        "/SendUnknown": DROP,
    }

    def __init__(self) -> None:
        self.next_answers: list[Says | str] = []
        self._numbers = itertools.count(1)

    def __call__(self, asked: Asked) -> Says | str:
        for prefix, says in self.failures.items():
            if asked.path.startswith(prefix):
                return says
        if self.next_answers:
            return self.next_answers.pop(0)
        if asked.path.endswith("/messages"):
            return Says(200, {"recipient_id": ANN, "message_id": f"mid.{next(self._numbers)}"})
        if asked.path.endswith("/replies"):
            return Says(200, {"id": f"{next(self._numbers)}"})
        return Says(404)


def delivered(*messaging: Mapping[str, Any], **entry: Any) -> dict[str, Any]:
    listed = {"messaging": list(messaging)} if messaging else {}
    return {"object": "instagram", "entry": [{"id": ACCOUNT_ID, "time": AT, **listed, **entry}]}


def direct(name: str, body: Mapping[str, Any], sender: str = ANN) -> dict[str, Any]:
    """Such as `message`, `reaction` or `read`."""
    return {"sender": {"id": sender}, "recipient": {"id": ACCOUNT_ID}, "timestamp": AT, name: dict(body)}


def message(text: str, mid: str = "mid.IN1", sender: str = ANN, **more: Any) -> dict[str, Any]:
    return direct("message", {"mid": mid, "text": text, **more}, sender)


def comment(text: str, id: str = "c1", author: str = ANN, **more: Any) -> dict[str, Any]:
    """A change of an entry."""
    value = {"id": id, "from": {"id": author, "username": "ann"}, "media": {"id": "m1"}, "text": text, **more}
    return {"field": "comments", "value": value}


def signed(body: bytes, secret: str = APP_SECRET) -> Request:
    return Request("POST", URL, {SIGNATURE: sign(secret, body), "Content-Type": "application/json"}, body)


def request(delivery: Any) -> Request:
    return signed(json.dumps(delivery).encode())
