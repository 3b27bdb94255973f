"""The request id, which links everything that one request causes, across lanes and processes."""

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
