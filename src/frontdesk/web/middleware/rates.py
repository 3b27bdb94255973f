"""Strangers' requests have a rate for each address, before anything of them is read."""

from starlette.types import ASGIApp, Receive, Scope, Send

from frontdesk.engine.rates import Rates
from frontdesk.errors import RateLimited
from frontdesk.web.errors import refused
from frontdesk.web.rates import REQUESTS_OF_ADDRESS, take_of_address

_UNLIMITED = ("/health", "/ready", "/webhooks/")
"""Probes, and providers who prove themselves and repeat what is refused."""


class AddressRates:
    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self.app = app
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and not scope["path"].startswith(_UNLIMITED):
            client = scope.get("client")
            try:
                take_of_address(self._rates, client[0] if client else None, "requests", REQUESTS_OF_ADDRESS)
            except RateLimited as error:
                await _refuse(error, scope, receive, send)
                return
        await self.app(scope, receive, send)


async def _refuse(error: RateLimited, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1013})
    else:
        await refused(error)(scope, receive, send)
