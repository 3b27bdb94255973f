"""Only the desk's own pages may speak to it: a guard against DNS rebinding and cross-site requests."""

from collections.abc import Awaitable
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

from frontdesk.settings import Settings
from frontdesk.web.errors import failure
from frontdesk.web.origin import own_host, own_origin

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN_TO_PROBES = frozenset({"/health", "/ready"})
"""A cluster's probes come by address, and learn nothing."""


class Guard:
    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings
        self._own_host = lru_cache(maxsize=64)(lambda host: own_host(host, settings))

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] == "lifespan" or scope["path"] in _OPEN_TO_PROBES:
            return self.app(scope, receive, send)
        headers = {
            name: value.decode("latin-1") for name, value in scope["headers"] if name in (b"host", b"origin")
        }
        host, origin = headers.get(b"host"), headers.get(b"origin")
        if not self._own_host(host):
            return _refuse(scope, receive, send, "this desk does not answer under that host name")
        if origin is not None and _writes(scope) and not own_origin(origin, host, self._settings):
            return _refuse(scope, receive, send, "pages of other sites may not write here")
        return self.app(scope, receive, send)


def _writes(scope: Scope) -> bool:
    return scope["type"] == "websocket" or scope["method"] not in _READS


async def _refuse(scope: Scope, receive: Receive, send: Send, why: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await failure(403, why)(scope, receive, send)
