"""One HTTP application on one port or several, until its task is cancelled; then requests in flight come to their end."""

import asyncio
import gc
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import structlog
import uvicorn
from fastapi import FastAPI

from frontdesk.kit.tasks import to_its_end
from frontdesk.settings import Settings
from frontdesk.web.address import bound
from frontdesk.web.socket_wire import SocketWire
from frontdesk.web.wire import Wire

STOP_SECONDS = 5
"""So long a stop lets requests come to their end; who still waits then is answered with 503."""
_ENDING_SECONDS = 2.0
_LOOPBACK = ["127.0.0.1", "::1"]
"""Whose word on where a request came from is taken where `TRUSTED_PROXIES` names nobody."""

_log = structlog.get_logger("frontdesk.server")


class _Server(uvicorn.Server):
    """Calls back once the port listens, and leaves the signals to the process."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            gc.collect()
            gc.freeze()  # what was loaded by now stays: the collector need not walk through it again
            self._listening()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """uvicorn would raise the signal again when it has stopped, and the database would be left running."""
        yield


async def serve(
    app: FastAPI, settings: Settings, ports: Sequence[int], listening: Callable[[], None]
) -> None:
    """On `HOST`; `listening` is called once requests are taken."""
    host = settings.host
    config = uvicorn.Config(
        app,
        host=host,
        port=ports[0],
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
        forwarded_allow_ips=list(settings.trusted_proxies) or _LOOPBACK,
        access_log=False,
        log_config=None,
        server_header=False,
        http=Wire,
        ws=SocketWire,
        ws_max_size=2 * 1024 * 1024,
        ws_per_message_deflate=False,  # its windows are half the memory of an idle socket; the frames are short
        timeout_graceful_shutdown=STOP_SECONDS,
        lifespan="off",
    )
    _log.info("listening", host=host, port=ports[0], tls=settings.tls_certificate is not None)
    with ExitStack() as stack:
        sockets = [stack.enter_context(bound(host, port)) for port in ports]
        server = _Server(config, listening)
        serving = asyncio.create_task(server.serve(sockets), name="uvicorn")
        try:
            await asyncio.shield(serving)
        finally:
            await to_its_end(_stop(server, serving))


async def _stop(server: uvicorn.Server, serving: "asyncio.Task[None]") -> None:
    """No new requests, those in flight to their end; uvicorn cancels what takes too long, and does not wait for it."""
    server.should_exit = True
    await asyncio.wait([serving])
    if left := list(server.server_state.tasks):
        await asyncio.wait(left, timeout=_ENDING_SECONDS)
