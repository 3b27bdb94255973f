"""Where the disk is nearly full nothing new is taken; what is there can still be read, and deleted."""

from collections.abc import Awaitable

from starlette.types import ASGIApp, Receive, Scope, Send

from frontdesk.errors import Unavailable
from frontdesk.web.errors import refused

_TAKES_NO_ROOM = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})


class Room:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] == "http" and scope["method"] not in _TAKES_NO_ROOM:
            try:
                scope["app"].state.desk.disk.require_room()
            except Unavailable as error:
                return refused(error)(scope, receive, send)
        return self.app(scope, receive, send)
