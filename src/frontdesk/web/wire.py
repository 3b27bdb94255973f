"""HTTP on the wire, before there is a request: what is malformed, endless or never comes is answered and closed."""

import asyncio
import resource
from typing import ClassVar

import structlog
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from frontdesk.web.errors import failure
from frontdesk.web.middleware.edge import new_request_id

HEAD_BYTES = 64 * 1024
"""For all that is no body: request line and headers, and what stands between the pieces of a body."""
URL_BYTES = 16 * 1024
HEAD_SECONDS = 15.0
"""From a connection's beginning, or a request's first byte, to the end of its headers."""
TOO_LARGE = (431, "the headers are too large")
_LINGER_SECONDS = 2.0
_LINGER_BYTES = 16 * 1024 * 1024
_FILES_FOR_OTHERS = 256
"""Of the process's open files: for the database, mail, models."""

_log = structlog.get_logger("frontdesk.server")


class _Refused(Exception):
    """Raised within the parser, to end it."""


class Wire(HttpToolsProtocol):
    """uvicorn's protocol with limits, and with the contract's answers where it would write plain text."""

    most_connections: ClassVar[int] = max(
        64, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 20_000) - _FILES_FOR_OTHERS
    )

    _outside_body = 0
    """Bytes since the last piece of a body, or since a request's beginning."""
    _head_size = 0
    _wanted: tuple[int, str] = (400, "this is not HTTP")
    _is_refused = False
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            self._refuse(503, "too many connections: try again in a moment")
        else:
            self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._outside_body += len(data)
        if self._is_refused:
            if self._outside_body > _LINGER_BYTES:
                self.transport.abort()
            return
        super().data_received(data)
        if self._outside_body > HEAD_BYTES and not self._is_refused:
            self._refuse(*TOO_LARGE)
        elif self._timer is None and self.timeout_keep_alive_task is None and not self._has_left:
            self._expect_head()  # bytes that begin no request stop the clock of an idle connection

    def send_400_response(self, msg: str) -> None:
        self._refuse(*self._wanted)

    def on_message_begin(self) -> None:
        self._expect_head()
        self._head_size = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > URL_BYTES:
            self._wanted = (414, "the address is too long")
            raise _Refused

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._head_size += len(name) + len(value)
        if self._head_size > HEAD_BYTES:
            self._wanted = TOO_LARGE
            raise _Refused

    def on_headers_complete(self) -> None:
        self._head_came()
        self._outside_body = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._outside_body = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._outside_body = 0
        super().on_message_complete()

    def _expect_head(self) -> None:
        self._head_came()
        self._timer = self.loop.call_later(HEAD_SECONDS, self._head_too_slow)

    def _head_came(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _head_too_slow(self) -> None:
        self._timer = None
        if self._is_busy:  # the beginning of a next request, while the one before is still answered
            self._expect_head()
        elif self._outside_body:
            self._refuse(408, "the request came too slowly")
        else:
            self.transport.close()

    @property
    def _has_left(self) -> bool:
        """Whether the connection is with a request's answer, or a WebSocket's for good."""
        return self._is_busy or self.transport.get_protocol() is not self

    @property
    def _is_busy(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _refuse(self, status: int, why: str) -> None:
        """Answer, then let the other side finish: a connection cut in the middle of its sending hides the answer."""
        if self._is_refused or self.transport.is_closing():
            return
        self._is_refused = True
        self._head_came()
        if self._is_busy:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if not (self._is_busy and self.cycle.response_started):
            self.transport.write(_answer(status, why))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._outside_body = 0
        self.loop.call_later(_LINGER_SECONDS, self.transport.close)
        _log.info("request_refused", status=status)


def _answer(status: int, why: str) -> bytes:
    request_id = new_request_id()
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        answer = failure(status, why)
    headers = [
        *answer.raw_headers,
        (b"x-request-id", request_id.encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
        *([(b"retry-after", b"2")] if status == 503 else []),
    ]
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    return STATUS_LINE[status] + lines + b"\r\n" + bytes(answer.body)
