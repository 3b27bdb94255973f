"""The Bot API with one token: one call, and what its failures mean. The token is part of every address."""

import logging
import random
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote

import orjson

from frontdesk.channels.body import Json, part, text
from frontdesk.channels.provider_http import Answer, ProviderHttp
from frontdesk.errors import (
    FileRefused,
    FrontdeskError,
    SendDelayed,
    SendRefused,
    SendUnknown,
    Unavailable,
)

ANSWER_SECONDS = 30.0
_TOKEN = re.compile(r"/bot\d+:[\w-]+")
_MEANINGS = {
    "bot was blocked by the user": "the customer has blocked the bot",
    "user is deactivated": "the customer's account does not exist any more",
    "bot can't initiate conversation": "the customer has not started the bot: they have to write first",
    "chat not found": "there is no such chat, or the customer has not started the bot",
}
_UNREADABLE_MARKUP = ("can't parse entities", "unsupported start tag", "can't find end tag")
_NO_PICTURE = ("photo_invalid", "image_process_failed", "photo_save", "wrong type of the web page content")


class MarkupRefused(SendRefused):
    """Telegram could not read the marks of a text; nothing was said."""


class PictureRefused(SendRefused):
    """A file that calls itself a picture is none to Telegram; nothing was said."""


class TokenRefused(SendRefused):
    """The bot's token is not valid (any more)."""


class PollingRefused(SendRefused):
    """Telegram calls a webhook, or somebody else asks with this token."""


class BotApi:
    def __init__(self, root: str, token: str) -> None:
        self._http = ProviderHttp("Telegram", root, "TELEGRAM_API_URL")
        self._token = token
        logging.getLogger("httpx2").addFilter(_without_tokens)

    async def say(
        self, method: str, fields: Mapping[str, Any], file: tuple[str, str, bytes, str] | None = None
    ) -> Json:
        """Something the customer sees. `file`: field, name, bytes, content type.

        Raises `SendDelayed`, `SendRefused` or `SendUnknown`.
        """
        if file is None:
            return self._result(await self._call(method, json=dict(fields)))
        field, name, data, content_type = file
        form = {
            key: value if isinstance(value, str) else orjson.dumps(value).decode()
            for key, value in fields.items()
        }
        return self._result(await self._call(method, data=form, files={field: (name, data, content_type)}))

    async def ask(self, method: str, wait: float = 0.0, **fields: Any) -> Any:
        """Something that may be repeated; `wait`: seconds that Telegram may take before it answers.

        Raises `SendRefused` (by its subclasses), or `Unavailable`.
        """
        try:
            answer = await self._call(method, json=fields, timeout=wait + ANSWER_SECONDS)
        except (SendDelayed, SendUnknown) as error:
            raise Unavailable(error.message, retry_after=getattr(error, "retry_after", None)) from None
        if answer.ok and answer.json.get("ok") is True:
            return answer.json.get("result")
        failure = failure_of(answer)
        if isinstance(failure, SendRefused):
            raise failure
        raise Unavailable(failure.message, retry_after=getattr(failure, "retry_after", None))

    async def file(self, file_id: str) -> AsyncIterator[bytes]:
        """Raises `FileRefused` or `Unavailable`."""
        try:
            known = await self.ask("getFile", file_id=file_id)
        except SendRefused as error:
            raise FileRefused(error.message) from None
        path = text(known, "file_path") if isinstance(known, dict) else ""
        if not path or path.startswith("/") or ".." in path:
            raise FileRefused("Telegram gives no address of the file")
        async for piece in self._http.file(f"{self._http.api}/file/bot{self._token}/{quote(path)}", {}):
            yield piece

    async def aclose(self) -> None:
        await self._http.aclose()

    async def _call(self, method: str, **given: Any) -> Answer:
        return await self._http.call("POST", f"/bot{self._token}/{method}", **given)

    def _result(self, answer: Answer) -> Json:
        result = answer.json.get("result")
        if answer.ok and answer.json.get("ok") is True and isinstance(result, dict):
            return result
        raise failure_of(answer)


def _without_tokens(record: logging.LogRecord) -> bool:
    """Whatever level is logged: the HTTP client names addresses, and the token is part of each."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            _TOKEN.sub("/bot***", str(arg)) if _TOKEN.search(str(arg)) else arg for arg in record.args
        )
    return True


def failure_of(answer: Answer) -> FrontdeskError:
    """What an answer that is not `ok` means for a send."""
    code = answer.json.get("error_code")
    status = code if isinstance(code, int) else answer.status
    words = text(answer.json, "description")[:200]
    if status == 429:
        given = part(answer.json, "parameters").get("retry_after")
        wait = float(given) if isinstance(given, int | float) else answer.retry_after or 1.0
        return SendDelayed("Telegram wants fewer messages", retry_after=wait + random.uniform(0.1, 0.5))
    if status >= 500 or answer.ok:
        return SendUnknown(f"Telegram answered {answer.status}: sent or not cannot be told")
    return _refusal(status, words)


def _refusal(status: int, words: str) -> SendRefused:
    lowered = words.lower()
    if status in (401, 404):
        return TokenRefused("Telegram does not know the bot's token (TELEGRAM_BOT_TOKEN)")
    if status == 409:
        return PollingRefused("Telegram calls a webhook, or another program asks with this bot's token")
    if any(sign in lowered for sign in _UNREADABLE_MARKUP):
        return MarkupRefused(f"Telegram: {words}")
    if any(sign in lowered for sign in _NO_PICTURE):
        return PictureRefused(f"Telegram: {words}")
    meaning = next((meaning for sign, meaning in _MEANINGS.items() if sign in lowered), None)
    return SendRefused(meaning or f"Telegram refused it: {words or status}")
