"""What links everything that one request causes: its id, across lanes and processes, and where it came from."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

KEY = "request_id"


def current() -> str | None:
    """The request id of the current task."""
    request_id = structlog.contextvars.get_contextvars().get(KEY)
    return request_id if isinstance(request_id, str) else None


def follow(request_id: str | None) -> None:
    """Set the request id of the current task."""
    if request_id is None:
        structlog.contextvars.unbind_contextvars(KEY)
    else:
        structlog.contextvars.bind_contextvars(**{KEY: request_id})


_network: ContextVar[str | None] = ContextVar("network", default=None)
"""Not among what logs show: an address is personal."""


def network() -> str | None:
    """The network address that the current task's request came from; None for the desk's own work."""
    return _network.get()


@contextmanager
def come_from(address: str | None) -> Iterator[None]:
    """What happens in the block was asked for from there."""
    token = _network.set(address)
    try:
        yield
    finally:
        _network.reset(token)
