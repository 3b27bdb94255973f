"""The request id: one name for everything that a call from outside sets off, across lanes and processes."""

import structlog

KEY = "request_id"


def current() -> str | None:
    """The id under which the present task works."""
    found = structlog.contextvars.get_contextvars().get(KEY)
    return found if isinstance(found, str) else None


def follow(request_id: str | None) -> None:
    """Work under this id from now on, in this task."""
    if request_id is None:
        structlog.contextvars.unbind_contextvars(KEY)
    else:
        structlog.contextvars.bind_contextvars(**{KEY: request_id})
