"""Sockets that thousands of customers hold open, apart from the routes: what these keep for each would be 8 KB."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket


class Sockets:
    """The innermost layer: everybody outside it has allowed the socket already."""

    def __init__(self, app: ASGIApp, by_path: Mapping[str, Callable[[WebSocket], Awaitable[None]]]) -> None:
        self.app = app
        self._by_path = by_path

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        converse = self._by_path.get(scope["path"]) if scope["type"] == "websocket" else None
        if converse is None:
            return self.app(scope, receive, send)
        return converse(WebSocket(scope, receive, send))
