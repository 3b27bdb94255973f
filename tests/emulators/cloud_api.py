"""Meta's Graph API for WhatsApp: what it delivers and how it answers, in the shapes that pywa reads and sends."""

import itertools
import json
import time
from typing import Any, ClassVar

from frontdesk.channels.meta_webhook import SIGNATURE, sign
from frontdesk.channels.request import Request
from tests.emulators.http_stub import DROP, Asked, Says

PHONE_ID = "106540350000001"
APP_SECRET = "app-secret"
URL = "https://desk.example/webhooks/whatsapp/default"
ANN = {"profile": {"name": "Ann"}, "wa_id": "77010000001", "user_id": "KZ.1410018717"}
AT = int(time.time())
"""Now, for reply windows are counted from it."""
FILE = b"%PDF-1.7 a receipt"


def graph_error(code: int, message: str = "no", status: int = 400, **more: Any) -> Says:
    details = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, **more}
    return Says(status, {"error": details})


class CloudApi:
    """Takes messages and files; `next_answers` are given first. A path that begins with a failure's name fails."""

    failures: ClassVar[dict[str, Says | str]] = {
        "/SendDelayed": graph_error(130429, "Rate limit hit", 429),
        "/SendRefused": graph_error(131047, "Re-engagement message"),
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
            return Says(
                200, {"messaging_product": "whatsapp", "messages": [{"id": f"wamid.{next(self._numbers)}"}]}
            )
        if asked.path.endswith("/media"):
            return Says(200, {"id": f"{next(self._numbers)}"})
        if asked.path.startswith("/55"):
            return Says(
                200, {"url": f"http://{asked.headers['host']}/files/55", "mime_type": "application/pdf"}
            )
        return Says(200, FILE) if asked.path == "/files/55" else Says(404)


def delivered(*messages: dict[str, Any], **value: Any) -> dict[str, Any]:
    """A delivery with these messages, or with other parts of a change's value."""
    whole = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "77270000000", "phone_number_id": PHONE_ID},
        "contacts": [ANN],
        **({"messages": list(messages)} if messages else {}),
        **value,
    }
    change = {"field": "messages", "value": whole}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}


def message(kind: str, body: Any, id: str = "wamid.IN1", **more: Any) -> dict[str, Any]:
    written = {"from": ANN["wa_id"], "from_user_id": ANN["user_id"], "id": id, "timestamp": str(AT)}
    return written | {"type": kind, kind: body} | more


def status(state: str, id: str = "wamid.OUT1", **more: Any) -> dict[str, Any]:
    return {"id": id, "status": state, "timestamp": str(AT), "recipient_id": ANN["wa_id"], **more}


def signed(body: bytes, secret: str = APP_SECRET) -> Request:
    return Request("POST", URL, {SIGNATURE: sign(secret, body), "Content-Type": "application/json"}, body)


def request(delivery: dict[str, Any]) -> Request:
    return signed(json.dumps(delivery).encode())
