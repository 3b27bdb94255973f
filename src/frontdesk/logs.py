"""Logs: a JSON object a line, or plain lines at a terminal; with ids, never texts, secrets or personal data."""

import logging
import sys
from typing import Literal, TextIO

import orjson
import structlog


def _json(event: object, **_options: object) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def _plain(out: TextIO) -> structlog.typing.Processor:
    """Short lines; a fault as Python itself prints it, for structlog's own drawing takes seconds."""
    return structlog.dev.ConsoleRenderer(
        colors=out.isatty(), pad_event_to=28, exception_formatter=structlog.dev.plain_traceback
    )


def configure(
    level: str = "INFO", stream: TextIO | None = None, log_format: Literal["auto", "json", "plain"] = "auto"
) -> None:
    """Send every log line, the libraries' too, through one renderer to `stream` (stderr).

    `auto` is plain where the stream is a terminal, and JSON where it is a file or a pipe.
    """
    out = stream or sys.stderr
    plain = log_format == "plain" or (log_format == "auto" and out.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _plain(out) if plain else structlog.processors.JSONRenderer(serializer=_json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # uvicorn.error names each WebSocket by its address, where the session id is.
    for noisy in ("uvicorn.access", "uvicorn.error", "httpx2", "httpx", "alembic", "psycopg.pool"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
