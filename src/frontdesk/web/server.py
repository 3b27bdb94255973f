"""Run the roles of a process: the HTTP server, the worker, and what must live beside them."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
import uvicorn

from frontdesk.desk import Desk
from frontdesk.errors import SetupError
from frontdesk.kit.tasks import end
from frontdesk.web.app import create_app
from frontdesk.web.live.tail import Tail

ROLES = ("api", "worker", "scheduler", "channels", "events")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")

_log = structlog.get_logger("frontdesk.server")


class _Server(uvicorn.Server):
    """Calls back once the port listens, and leaves the signals to the process."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            gc.collect()
            gc.freeze()  # what was loaded by now stays: the collector need not walk through it again
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """uvicorn would raise the signal again when it has stopped, and the database would be left running."""
        yield


async def run_roles(desk: Desk, roles: set[str], ready: Callable[[], None] = lambda: None) -> None:
    """Run until told to stop (SIGINT, SIGTERM) or until a part fails. Raises `SetupError` for a taken port."""
    if desk.settings.host not in _LOOPBACK:
        raise SetupError(
            "there is no sign-in yet, so the desk listens on loopback only: HOST must be 127.0.0.1"
        )
    parts: list[asyncio.Task[None]] = []
    if "scheduler" in roles:
        await desk.clocks.start()
        parts.append(asyncio.create_task(desk.clocks.keep(), name="clocks"))
    if "worker" in roles:
        warming = asyncio.create_task(desk.warm(), name="warm")
        warming.add_done_callback(_told_of_warming)
        parts.append(asyncio.create_task(desk.worker().run(), name="worker"))
    if "api" in roles:
        _require_port(desk.settings.host, desk.settings.port)
        parts.append(asyncio.create_task(Tail(desk.db, desk.lanes.signals, desk.fanout).run(), name="live"))
        parts.append(asyncio.create_task(_serve(desk, ready), name="api"))
    elif parts:
        ready()
    parts.append(asyncio.create_task(_until_told(), name="signals"))
    try:
        done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        for part in done:
            part.result()
    finally:
        await end(parts)


def _told_of_warming(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.warning("not_warmed", error=type(error).__name__)  # the first messages load what is missing


async def _until_told() -> None:
    """Ends at the first SIGINT or SIGTERM; everything is then stopped in order."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    await told.wait()


async def _serve(desk: Desk, ready: Callable[[], None]) -> None:
    config = uvicorn.Config(
        create_app(desk),
        host=desk.settings.host,
        port=desk.settings.port,
        access_log=False,
        log_config=None,
        server_header=False,
        ws_max_size=2 * 1024 * 1024,
        timeout_graceful_shutdown=3,
        lifespan="off",
    )
    _log.info("loopback_only", host=desk.settings.host, port=desk.settings.port)
    await _Server(config, ready).serve()


def _require_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise SetupError(f"port {port} is taken: give another one with --port") from None
