"""A WebSocket on the wire: who does not read what is sent to it is cut off, and an idle one costs little memory."""

import asyncio
from typing import Any, cast

import structlog
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from frontdesk.kit.waiting import SlimEvent, SlimQueue

STALLED_SECONDS = 30.0
"""So long what waits to be sent may stay above the transport's mark; and so long a close may take to be sent."""
LINGER_SECONDS = 2.0
"""So long the rest of a refused frame is read and thrown away."""

_log = structlog.get_logger("frontdesk.server")


class SocketWire(WebSocketsSansIOProtocol):
    """uvicorn's protocol, which waits for ever for a client that never reads: an orderly close needs its reading."""

    _deadline: asyncio.TimerHandle | None = None
    _is_refused = False

    def pause_writing(self) -> None:
        super().pause_writing()
        self._expect_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        if not self.transport.is_closing():
            self._end_deadline()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._expect_reading()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queue = SlimQueue()  # type: ignore[assignment]  # it has what the protocol uses
        self.writable = SlimEvent()  # type: ignore[assignment]  # the same
        self.writable.set()

    async def send(self, message: Any) -> None:
        await super().send(message)
        match message["type"]:
            case "websocket.accept":
                self._forget_handshake()
            case "websocket.close":
                self._expect_reading()

    def _forget_handshake(self) -> None:
        """Nobody asks for its headers any more, and they would stay as long as the socket is open."""
        self.request.headers.clear()
        self.response.headers.clear()
        cast("list[object]", self.scope["headers"]).clear()

    def data_received(self, data: bytes) -> None:
        if not self._is_refused:  # else: the rest of a frame that was refused
            super().data_received(data)

    def handle_parser_exception(self) -> None:
        """As uvicorn's, but what is still on its way is read for a moment: closing at once would reset the
        connection, and the client would never read why."""
        assert self.conn.close_sent is not None
        self._is_refused = self.close_sent = True
        code, reason = self.conn.close_sent.code, self.conn.close_sent.reason
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.transport.write(b"".join(self.conn.data_to_send()))
        # As a close that waits for its echo: the end of the application does not close the connection then.
        self.close_timer = self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_deadline()
        super().connection_lost(exc)

    def _expect_reading(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(STALLED_SECONDS, self._cut_off)

    def _end_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _cut_off(self) -> None:
        _log.warning("socket_never_read", bytes_unsent=self.transport.get_write_buffer_size())
        self.transport.abort()
