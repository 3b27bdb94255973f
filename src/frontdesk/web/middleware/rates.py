"""Requests have a rate, before anything of them is read: for each person and key, for each address of strangers."""

from collections.abc import Awaitable

from starlette.types import ASGIApp, Receive, Scope, Send

from frontdesk.access.actor import OPERATOR, Actor
from frontdesk.engine.rates import Rates
from frontdesk.errors import RateLimited
from frontdesk.web.errors import refused
from frontdesk.web.rates import REQUESTS_OF_ADDRESS, REQUESTS_OF_STAFF, take, take_of_address

_UNLIMITED = ("/health", "/ready", "/webhooks/")
"""Probes, and providers who prove themselves and repeat what is refused."""


class CallerRates:
    """Stands behind the gate, which knows people and keys."""

    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self.app = app
        self._rates = rates

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] != "lifespan" and not scope["path"].startswith(_UNLIMITED):
            try:
                self._take(scope)
            except RateLimited as error:
                return _refuse(error, scope, receive, send)
        return self.app(scope, receive, send)

    def _take(self, scope: Scope) -> None:
        actor = scope.get("state", {}).get("actor")
        if isinstance(actor, Actor) and actor is not OPERATOR:
            take(self._rates, f"{actor.kind}:{actor.id}", REQUESTS_OF_STAFF)
        else:
            client = scope.get("client")
            take_of_address(self._rates, client[0] if client else None, "requests", REQUESTS_OF_ADDRESS)


async def _refuse(error: RateLimited, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1013})
    else:
        await refused(error)(scope, receive, send)
