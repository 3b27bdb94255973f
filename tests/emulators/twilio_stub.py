"""What Twilio delivers and how it answers where the emulator that others wrote has nothing: faults, files, buttons."""

import itertools
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import parse_qs, urlencode

from frontdesk.channels.request import Request
from frontdesk.channels.twilio.signature import FORM, HEADER, form, sign
from tests.emulators.http_stub import DROP, Asked, Says

SID = "AC" + "0" * 32
TOKEN = "twilio-token"
NUMBER = "+15551234567"
ANN = "+77010000001"
URL = "https://desk.example/webhooks/twilio/default"
FILE = b"a picture"


def twilio_error(code: int, status: int = 400, **headers: str) -> Says:
    return Says(status, {"code": code, "message": "no", "status": status}, headers)


class TwilioStub:
    """`next_answers` are given first. A path that begins with a failure's name fails."""

    failures: ClassVar[dict[str, Says | str]] = {
        "/SendDelayed": twilio_error(20429, 429),
        "/SendRefused": twilio_error(21610),
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
        if asked.path.endswith("/Messages.json"):
            return Says(201, {"sid": f"SM{next(self._numbers):032}", "status": "queued"})
        if asked.path == "/v1/Content":
            return Says(201, {"sid": f"HX{next(self._numbers):032}"})
        if asked.path.endswith("/Media/ME1"):
            return Says(307, headers={"Location": "/cdn/1"})
        return Says(200, FILE) if asked.path == "/cdn/1" else Says(404)


def sms(body: str, sid: str = "SM1", **more: str) -> dict[str, str]:
    written = {"MessageSid": sid, "SmsSid": sid, "AccountSid": SID, "From": ANN, "To": NUMBER, "Body": body}
    return {"SmsStatus": "received", "NumMedia": "0", **written, "ApiVersion": "2010-04-01", **more}


def whatsapp(body: str, sid: str = "SM1", **more: str) -> dict[str, str]:
    numbers = {"From": f"whatsapp:{ANN}", "To": f"whatsapp:{NUMBER}", "WaId": ANN[1:], "ProfileName": "Ann"}
    return sms(body, sid, **{**numbers, "MessageType": "text", **more})


def status(state: str, sid: str = "SM9", prefix: str = "", **more: str) -> dict[str, str]:
    numbers = {"From": prefix + NUMBER, "To": prefix + ANN, "AccountSid": SID}
    return {"MessageSid": sid, "SmsSid": sid, "MessageStatus": state, "SmsStatus": state, **numbers, **more}


def request(fields: Mapping[str, str], url: str = URL) -> Request:
    return signed(urlencode(fields).encode(), url)


def signed(body: bytes, url: str = URL, token: str = TOKEN) -> Request:
    headers = {HEADER: sign(token, url, form(body)), "Content-Type": FORM}
    return Request("POST", url, headers, body)


def sent(asked: Asked) -> dict[str, str]:
    """The fields of a request to send."""
    return {name: values[-1] for name, values in parse_qs(asked.body.decode()).items()}
