"""Bodies have a limit, with or without a Content-Length: what is over it is never kept in memory."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.channels.channel import Channels, Webhook
from frontdesk.errors import PayloadTooLarge
from frontdesk.web.errors import failure
from frontdesk.web.paths import UPLOADS, WEBHOOKS

JSON_BYTES = 2 * 1024 * 1024
"""Room for a text of 100,000 characters, each escaped as twelve."""
FILE_BYTES = 10 * 1024 * 1024
UPLOAD_BYTES = FILE_BYTES + 512 * 1024
_LINGER_SECONDS = 5.0
_LINGER_BYTES = 64 * 1024 * 1024


class BodyLimit:
    def __init__(self, app: ASGIApp, channels: Channels) -> None:
        self.app = app
        self._webhooks = {
            f"{WEBHOOKS}/{channel.webhook}": channel.capabilities.delivery_bytes
            for channel in channels
            if isinstance(channel, Webhook)
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        told = _told_length(scope)
        if told is None:
            await _Counted(self.app, limit).run(scope, receive, send)
        elif told > limit:
            await _refuse(scope, receive, send)
        else:  # the server reads no further than the told length
            await self.app(scope, receive, send)

    def _limit(self, path: str) -> int:
        if UPLOADS.fullmatch(path):
            return UPLOAD_BYTES
        return self._webhooks.get(path, JSON_BYTES)


class _Counted:
    """A request whose body is counted while it is read. Whatever the app says after the limit is replaced."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.left = limit
        self.started = False

    async def run(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted() -> Message:
            message = await receive()
            self.left -= len(message.get("body", b""))
            if self.left < 0:
                raise PayloadTooLarge("the request is too large")
            return message

        async def outward(message: Message) -> None:
            if self.left >= 0 or self.started:
                self.started = True
                await send(message)

        try:
            await self.app(scope, counted, outward)
        except PayloadTooLarge:
            if self.started:
                raise
        if self.left < 0 and not self.started:
            await _refuse(scope, receive, send)


def _told_length(scope: Scope) -> int | None:
    """What Content-Length says, where that is how the body's end is found."""
    headers = dict(scope["headers"])
    told = headers.get(b"content-length", b"")
    return int(told) if told.isdigit() and b"transfer-encoding" not in headers else None


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at once, then let the sender finish: a connection cut in mid-body hides the answer."""
    answer = failure(413, headers={"Connection": "close"})
    await send({"type": "http.response.start", "status": 413, "headers": answer.raw_headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    discarded = 0
    try:
        async with asyncio.timeout(_LINGER_SECONDS):
            while discarded < _LINGER_BYTES:
                message = await receive()
                discarded += len(message.get("body", b""))
                if message["type"] == "http.disconnect" or not message.get("more_body", False):
                    break
    except TimeoutError:
        pass
    await send({"type": "http.response.body", "body": b""})
