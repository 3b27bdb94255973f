"""Who may come in at all: what is not public is for the operator on this machine, before anything of a body is read.

Until there is a sign-in, the operator is whoever reaches the desk directly from its own machine. A reverse proxy
makes the whole world look like that: where a request was forwarded, or `PUBLIC_URL` says that the world comes in
here, nobody is the operator, but on the port that `OPERATOR_PORT` names.
"""

import re
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from frontdesk.settings import Settings
from frontdesk.web.errors import failure
from frontdesk.web.origin import is_loopback

PUBLIC = re.compile(
    r"/health|/ready|/ws|/widget\.js|/widget(/.*)?|/act/[^/]+|/webhooks/.+"
    r"|/api/v1/(sessions(/[^/]+)?|desk|chat/sessions/.+)"
)
"""Paths that anybody may ask: each proves its caller by itself (a token, a signature) or gives nothing away."""
_FORWARDED = frozenset({b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"forwarded", b"via"})
_REFUSED = "there is no sign-in yet: the desk can be used on its own machine only"


class Gate:
    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._operator_port = settings.operator_port
        self._is_published = not is_loopback(urlsplit(settings.base_url).hostname or "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "lifespan"
            or PUBLIC.fullmatch(scope["path"])
            or self._is_preflight(scope)
            or self.is_operator(scope)
        ):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await failure(401, _REFUSED, headers={"WWW-Authenticate": "Bearer"})(scope, receive, send)

    def is_operator(self, scope: Scope) -> bool:
        """Whether this comes directly from the desk's own machine, by a way that only the operator has."""
        client: tuple[str, int] | None = scope.get("client")
        if client is not None and not is_loopback(client[0]):
            return False
        if any(name in _FORWARDED for name, _ in scope["headers"]):
            return False
        server: tuple[str, int | None] = scope.get("server") or ("", None)
        port = server[1]
        by_own_port = port is not None and port == self._operator_port
        return bool(by_own_port or not self._is_published)

    @staticmethod
    def _is_preflight(scope: Scope) -> bool:
        """A browser's question before the request, which bears no proof and changes nothing."""
        return bool(scope["type"] == "http" and scope["method"] == "OPTIONS")
