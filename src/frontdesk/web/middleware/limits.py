"""Bodies have a limit of size and of time, with or without a Content-Length: nobody waits for a slow one."""

import asyncio
from collections.abc import Awaitable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.channels.channel import Channels, Webhook
from frontdesk.errors import PayloadTooLarge
from frontdesk.web.errors import failure
from frontdesk.web.paths import UPLOADS, WEBHOOKS

JSON_BYTES = 2 * 1024 * 1024
"""Room for a text of 100,000 characters, each escaped as twelve."""
FILE_BYTES = 10 * 1024 * 1024
UPLOAD_BYTES = FILE_BYTES + 512 * 1024
BODY_SECONDS = 120.0
"""For a whole body, and `PIECE_SECONDS` between two pieces of it."""
PIECE_SECONDS = 15.0
_LINGER_SECONDS = 5.0
_LINGER_BYTES = 64 * 1024 * 1024


class _TooSlow(Exception):
    """The body was not there in time."""


class BodyLimit:
    def __init__(self, app: ASGIApp, channels: Channels) -> None:
        self.app = app
        self._webhooks = {
            f"{WEBHOOKS}/{channel.webhook}": channel.capabilities.delivery_bytes
            for channel in channels
            if isinstance(channel, Webhook)
        }

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return self.app(scope, receive, send)
        limit = self._limit(scope["path"])
        length = _told_length(scope)
        if length is not None and length > limit:
            return _refuse(scope, receive, send)
        return _Counted(self.app, limit).run(scope, receive, send)

    def _limit(self, path: str) -> int:
        if UPLOADS.fullmatch(path):
            return UPLOAD_BYTES
        return self._webhooks.get(path, JSON_BYTES)


class _Counted:
    """A request whose body is counted and timed while it is read. What the app says after a limit is replaced."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.left = limit
        self.started = False
        self.read_whole = False
        self.too_slow = False
        self.ends_at = asyncio.get_running_loop().time() + BODY_SECONDS

    async def run(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted() -> Message:
            message = await (receive() if self.read_whole else self._in_time(receive))
            self.read_whole = self.read_whole or not message.get("more_body", False)
            self.left -= len(message.get("body", b""))
            if self.left < 0:
                raise PayloadTooLarge("the request is too large")
            return message

        async def outward(message: Message) -> None:
            if self.started or not (self.left < 0 or self.too_slow):
                self.started = True
                await send(message)

        try:
            await self.app(scope, counted, outward)
        except (PayloadTooLarge, _TooSlow):
            if self.started:
                raise
        if self.too_slow and not self.started:
            answer = failure(408, "the body came too slowly", headers={"Connection": "close"})
            await answer(scope, receive, send)
        elif self.left < 0 and not self.started:
            await _refuse(scope, receive, send)

    async def _in_time(self, receive: Receive) -> Message:
        left = self.ends_at - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(max(0.0, min(PIECE_SECONDS, left))):
                return await receive()
        except TimeoutError:
            self.too_slow = True
            raise _TooSlow from None


def _told_length(scope: Scope) -> int | None:
    """What Content-Length says, where that is how the body's end is found."""
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"")
    return int(length) if length.isdigit() and b"transfer-encoding" not in headers else None


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
