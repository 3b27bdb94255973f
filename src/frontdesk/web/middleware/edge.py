"""The outermost layer: request id, access log, metrics, safe headers, and no fault without an answer."""

import asyncio
import re
import time
import uuid
from contextlib import suppress

import structlog
from prometheus_client import Counter, Histogram
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from frontdesk.kit.trace import come_from
from frontdesk.web.errors import failure

_ID = re.compile(rb"[\x21-\x7e]{1,200}")
_ALWAYS = ((b"x-content-type-options", b"nosniff"),)
_UNLESS_GIVEN = (
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"same-origin"),
)
STOPPING = "the desk is being stopped: send this again in a moment"
_API = "/api/v1"
_QUIET = ("/health", "/ready", "/metrics")

_requests = Counter("support_http_requests_total", "HTTP requests", ["method", "route", "status"])
_seconds = Histogram("support_http_request_seconds", "Time to the end of the answer", ["method", "route"])
_log = structlog.get_logger("frontdesk.access")


class Edge:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        client: tuple[str, int] | None = scope.get("client")
        with (
            structlog.contextvars.bound_contextvars(request_id=request_id),
            come_from(client[0] if client else None),
        ):
            if scope["type"] == "websocket":
                with suppress(
                    asyncio.CancelledError, WebSocketDisconnect
                ):  # the desk stops, or the window closed
                    await self.app(scope, receive, send)
            else:
                await _Exchange(self.app, scope, request_id).run(receive, send)


class _Exchange:
    """One HTTP request and its answer."""

    def __init__(self, app: ASGIApp, scope: Scope, request_id: str) -> None:
        self.app = app
        self.scope = scope
        self.request_id = request_id.encode()
        self.status = 0

    async def run(self, receive: Receive, send: Send) -> None:
        started = time.perf_counter()

        async def outward(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._start(message)
            await send(message)

        try:
            await self.app(self.scope, receive, outward)
        except ClientDisconnect:
            _log.info("caller_left")
        except asyncio.CancelledError:
            # Only the server cancels a request, where the desk stops and has waited long enough.
            if not self.status:
                stopping = failure(503, STOPPING, headers={"Retry-After": "2", "Connection": "close"})
                await stopping(self.scope, receive, outward)
        except Exception:
            _log.exception("unhandled")
            if self.status:
                raise
            await failure(500)(self.scope, receive, outward)
        finally:
            self._record(time.perf_counter() - started)

    def _start(self, message: Message) -> None:
        self.status = message["status"]
        headers = message["headers"]
        given = {name for name, _ in headers}
        headers.append((b"x-request-id", self.request_id))
        headers += _ALWAYS
        headers += (header for header in _UNLESS_GIVEN if header[0] not in given)

    def _record(self, seconds: float) -> None:
        """The route's pattern is told, not the path: ids of outside systems may be personal."""
        method = self.scope["method"] if self.scope["method"] in _METHODS else "other"
        route = self._route()
        _requests.labels(method, route, self.status).inc()
        _seconds.labels(method, route).observe(seconds)
        if route not in _QUIET:
            _log.info("request", method=method, route=route, status=self.status, ms=round(seconds * 1000, 1))

    def _route(self) -> str:
        """The pattern that matched; included routers tell theirs without their prefix."""
        pattern: str = getattr(self.scope.get("route"), "path", None) or "other"
        if self.scope["path"].startswith(_API) and not pattern.startswith(_API) and pattern != "other":
            return _API + pattern
        return pattern


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ID.fullmatch(value):
            return str(value.decode("ascii"))
    return new_request_id()


def new_request_id() -> str:
    return uuid.uuid4().hex
