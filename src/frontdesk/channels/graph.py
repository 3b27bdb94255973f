"""Meta's Graph API as a channel uses it: one call, and its error codes in the desk's own errors."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from frontdesk.channels.body import part, text
from frontdesk.channels.provider_http import Answer, ProviderHttp
from frontdesk.errors import FrontdeskError, SendDelayed, SendRefused, SendUnknown, SetupError, Unavailable

HOSTS = ("fbsbx.com", "fbcdn.net", "cdninstagram.com", "whatsapp.net", "facebook.com", "instagram.com")
"""Where Meta keeps files."""
_LATER: dict[int, float | None] = {
    1: None,
    2: None,
    4: 60.0,
    17: 60.0,
    32: 60.0,
    341: 60.0,
    613: 60.0,
    **dict.fromkeys(range(80001, 80010), 60.0),
    130429: 1.0,
    131000: None,
    131016: None,
    131056: 6.0,
    131057: 60.0,
    133004: None,
}
"""Codes after which the same may be tried again, with the least wait in seconds where one is known."""
_MEANINGS = {
    0: "the access token is not valid any more",
    190: "the access token is not valid any more",
    368: "Meta has blocked the account for breaking its policies",
    551: "this person cannot be written to now",
    130497: "the account may not write to this country",
    131026: "the message cannot be delivered to this number",
    131030: "the number is not among the recipients that a test account may write to",
    131031: "Meta has locked the account",
    131042: "there is a problem with the account's payment",
    131047: "the 24 hours after the customer's last message are over: only a template may be sent",
    131049: "Meta holds this message back to keep the customer from too many of its kind",
    131050: "the customer does not want marketing messages",
    131053: "the file was not taken",
    132001: "there is no such template in this language",
    132015: "the template is paused",
    132016: "the template is disabled",
    133010: "the number is not registered with the Cloud API",
}
_WINDOW_CLOSED = 2534022
"""A subcode of Instagram's."""


@dataclass(frozen=True, slots=True)
class GraphError:
    """What Meta's error envelope says."""

    code: int | None
    subcode: int | None
    details: str

    @property
    def is_about_access(self) -> bool:
        """Whether the token is to blame."""
        return self.code in (0, 3, 10, 190) or (self.code is not None and 200 <= self.code <= 299)

    @property
    def is_window_closed(self) -> bool:
        """Whether it came too late after the customer's last message (Instagram)."""
        return self.code == 10 and self.subcode == _WINDOW_CLOSED

    @property
    def in_words(self) -> str:
        """For staff: what it means, and the code to look up."""
        if self.is_window_closed:
            meaning = "the time after the customer's last message in which it may be sent is over"
        elif self.code not in _MEANINGS and self.is_about_access:
            meaning = "the access token lacks a permission"
        else:
            meaning = _MEANINGS.get(self.code or -1) or self.details or "Meta refused it"
        return f"{meaning} (code {self.code})" if self.code is not None else meaning


class Graph:
    """The Graph API with one access token."""

    def __init__(self, name: str, api: str, token: str, setting: str) -> None:
        self._provider = ProviderHttp(name, api, setting, HOSTS)
        self.token = token.strip()
        self._secret = {"Authorization": f"Bearer {self.token}"}

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Raises `SendDelayed`, `SendRefused` or `SendUnknown`."""
        return self._taken(await self._provider.call("POST", path, json=body, headers=self._secret))

    async def upload(self, path: str, fields: dict[str, str], file: tuple[str, bytes, str]) -> dict[str, Any]:
        """`file`: name, bytes, content type. What is not seen to the end is harmless: raises `SendDelayed`."""
        try:
            answer = await self._provider.call(
                "POST", path, data=fields, files={"file": file}, headers=self._secret
            )
            return self._taken(answer)
        except SendUnknown as error:
            raise SendDelayed(error.message) from None

    async def ask(
        self, path: str, params: dict[str, str] | None = None, method: str = "GET"
    ) -> dict[str, Any]:
        """What may be asked any number of times. Raises `SendRefused` where it is not given, or `Unavailable`."""
        try:
            return self._taken(
                await self._provider.call(method, path, params=params or {}, headers=self._secret)
            )
        except (SendDelayed, SendUnknown) as error:
            raise Unavailable(error.message, retry_after=getattr(error, "retry_after", None)) from None

    async def set(self, path: str, body: dict[str, Any]) -> None:
        """Set what stays the same if it is set again. Raises `SetupError` where it is refused, or `Unavailable`."""
        try:
            await self.post(path, body)
        except (SendDelayed, SendUnknown) as error:
            raise Unavailable(error.message) from None
        except SendRefused as error:
            raise SetupError(error.message) from None

    def file(self, url: str) -> AsyncIterator[bytes]:
        """The bytes behind an address that Meta named."""
        return self._provider.file(url, self._secret)

    def open_file(self, url: str) -> AsyncIterator[bytes]:
        """The bytes behind an address that is a secret itself: no token is shown there."""
        return self._provider.file(url, {})

    async def aclose(self) -> None:
        await self._provider.aclose()

    def _taken(self, answer: Answer) -> dict[str, Any]:
        if answer.ok and "error" not in answer.json:
            return answer.json
        raise _failure(self._provider.name, answer)


def graph_error(envelope: dict[str, Any]) -> GraphError:
    """Of `{"error": {...}}`, which Meta answers, or of an error in a status, which it sends later."""
    error = part(envelope, "error") or envelope
    details = text(part(error, "error_data"), "details") or text(error, "message") or text(error, "title")
    return GraphError(_number(error.get("code")), _number(error.get("error_subcode")), details[:300])


def _failure(name: str, answer: Answer) -> FrontdeskError:
    error = graph_error(answer.json) if "error" in answer.json else GraphError(None, None, "")
    if error.code is not None and error.code in _LATER:
        wait = answer.retry_after or _LATER[error.code]
        return SendDelayed(f"{name}: {error.in_words}", retry_after=wait)
    if error.code is not None:
        return SendRefused(f"{name}: {error.in_words}", error)
    if answer.status in (408, 425, 429, 503):
        return SendDelayed(f"{name} answered {answer.status}", retry_after=answer.retry_after)
    if answer.status >= 500:
        return SendUnknown(f"{name} answered {answer.status}: sent or not cannot be told")
    return SendRefused(f"{name} answered {answer.status}")


def _number(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None
