"""Who may come in at all: each caller is known and allowed before anything of a body is read, sockets included."""

import re
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from frontdesk.access.actor import OPERATOR, Actor, ActorKind, Permission
from frontdesk.desk import Desk
from frontdesk.engine.rates import Rates
from frontdesk.errors import Forbidden, FrontdeskError, NotFound, Unauthorized
from frontdesk.settings import Settings
from frontdesk.web.credentials import Credentials, require_csrf
from frontdesk.web.errors import refused
from frontdesk.web.origin import is_loopback
from frontdesk.web.permissions import SOCKET, Need, rules_of
from frontdesk.web.rates import REFUSALS_OF_ADDRESS, take_of_address

_FORWARDED = frozenset({b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"forwarded", b"via"})
_PAGES = re.compile(r"/docs|/redoc")
"""Where a person who has not signed in is led to the sign-in rather than refused."""


class Gate:
    def __init__(self, app: ASGIApp, settings: Settings, rates: Rates) -> None:
        self.app = app
        self._rates = rates
        self._trusts_loopback = settings.loopback_operator
        self._operator_port = settings.operator_port
        self._is_published = not is_loopback(urlsplit(settings.base_url).hostname or "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_preflight(scope):
            await self.app(scope, receive, send)
            return
        try:
            await self._admit(scope)
        except FrontdeskError as error:
            await _refuse(error, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        """Raises `Unauthorized`, `Forbidden`, `NotFound`, or `Unavailable` where the database is away."""
        rules = rules_of(scope["path"])
        method = _method(scope)
        rule = rules.get(method)
        if rule is not None and rule.need is Need.NOTHING:
            return
        if rules and all(open_rule.need is Need.NOTHING for open_rule in rules.values()):
            return  # another method of a public path: the router says which are meant
        actor = await self._caller(scope, writes=method not in ("GET", SOCKET))
        if not rules:
            raise NotFound("there is nothing at this address")
        if rule is not None:
            _require(actor, rule.need)

    async def _caller(self, scope: Scope, *, writes: bool) -> Actor:
        connection = HTTPConnection(scope)
        credentials = Credentials.of(connection)
        if credentials is None and self._is_trusted(scope):
            actor, session_id = OPERATOR, None
        elif credentials is None:
            raise Unauthorized("sign in first")
        else:
            desk = scope["app"].state.desk
            if writes and credentials.is_cookie:
                require_csrf(connection, credentials, desk.access.tokens)
            actor, session_id = await self._holder(scope, credentials, desk)
        state = scope.setdefault("state", {})
        state["actor"], state["sign_in"] = actor, session_id
        return actor

    async def _holder(self, scope: Scope, credentials: Credentials, desk: Desk) -> tuple[Actor, str | None]:
        try:
            return await credentials.holder(desk.db, desk.access.tokens)
        except Unauthorized:
            client = scope.get("client")
            take_of_address(self._rates, client[0] if client else None, "refusals", REFUSALS_OF_ADDRESS)
            raise

    def _is_trusted(self, scope: Scope) -> bool:
        """Metrics may be collected on the desk's own machine without a key; the rest only by setting."""
        return (self._trusts_loopback or scope["path"] == "/metrics") and self._is_local(scope)

    def _is_local(self, scope: Scope) -> bool:
        """Whether this comes directly from the desk's own machine.

        A reverse proxy makes the whole world look like that: where a request was forwarded, or `PUBLIC_URL` says
        that the world comes in here, nobody is local, but on the port that `OPERATOR_PORT` names.
        """
        client: tuple[str, int] | None = scope.get("client")
        if client is not None and not is_loopback(client[0]):
            return False
        if any(name in _FORWARDED for name, _ in scope["headers"]):
            return False
        server: tuple[str, int | None] = scope.get("server") or ("", None)
        port = server[1]
        by_own_port = port is not None and port == self._operator_port
        return bool(by_own_port or not self._is_published)


def _method(scope: Scope) -> str:
    if scope["type"] == "websocket":
        return SOCKET
    return "GET" if scope["method"] == "HEAD" else str(scope["method"])


def _require(actor: Actor, need: Need | frozenset[Permission]) -> None:
    if isinstance(need, frozenset):
        for permission in sorted(need):
            actor.require(permission)
    elif need is Need.PERSON and actor.kind is not ActorKind.PERSON:
        raise Forbidden("this is for signed-in people")


def _is_preflight(scope: Scope) -> bool:
    """A browser's question before the request, which bears no proof and changes nothing."""
    return bool(scope["type"] == "http" and scope["method"] == "OPTIONS")


async def _refuse(error: FrontdeskError, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1013 if error.status == 503 else 1008})
    elif error.status == 401 and _PAGES.fullmatch(scope["path"]) and _is_browser(scope):
        await RedirectResponse(f"/console/sign-in?next={quote(scope['path'])}", 303)(scope, receive, send)
    else:
        await refused(error)(scope, receive, send)


def _is_browser(scope: Scope) -> bool:
    return "text/html" in Headers(scope=scope).get("accept", "")
