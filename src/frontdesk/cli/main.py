"""Reads the command line, runs one command, and turns errors into one clear line."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from frontdesk import __version__, logs, settings
from frontdesk.cli import (
    ask,
    audit,
    bench,
    channels,
    customer,
    demo,
    doctor,
    enrich,
    evaluate,
    events,
    kb,
    migrate,
    model,
    people,
    proof,
    score,
    serve,
    widget,
)
from frontdesk.errors import FrontdeskError
from frontdesk.kit import loop

Command = Callable[[argparse.Namespace], int | Coroutine[Any, Any, int]]

_FAMILIES = (
    demo,
    serve,
    ask,
    enrich,
    kb,
    model,
    evaluate,
    proof,
    score,
    people,
    channels,
    events,
    widget,
    audit,
    customer,
    migrate,
    doctor,
    bench,
)


def run(words: list[str]) -> int:
    """The exit code: 0 done, 1 failed, 2 wrong use."""
    parser = _parser()
    if not words:
        parser.print_help()
        return 0
    args = parser.parse_args(words)
    try:
        _configure_logs(args)
        command: Command = args.run
        result = command(args)
        return loop.run(result) if asyncio.iscoroutine(result) else int(result)
    except FrontdeskError as error:
        if args.debug:
            raise
        print(f"frontdesk: {error.message}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:  # the outermost edge of a command: whatever it is, one clear line
        if args.debug:
            raise
        print(f"frontdesk: {_in_words(error)}", file=sys.stderr)
        return 1


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return f"unexpected {type(error).__name__}: {error}; `frontdesk --debug ...` shows where"


def _configure_logs(args: argparse.Namespace) -> None:
    """As the settings say; a command that speaks to a person at a terminal logs only what goes wrong."""
    config = settings.load() if args.logs else None
    level = "ERROR" if config is None else config.log_level
    if (
        config is not None
        and args.calm
        and sys.stderr.isatty()
        and "log_level" not in config.model_fields_set
    ):
        level = "WARNING"
    logs.configure("DEBUG" if args.debug else level, log_format=config.log_format if config else "auto")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontdesk", description="A support desk that answers.")
    parser.add_argument("--version", action="version", version=f"frontdesk {__version__}")
    parser.add_argument("--debug", action="store_true", help="show tracebacks and debug logs")
    parser.set_defaults(logs=False, calm=False)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for family in _FAMILIES:
        family.register(commands)
    return parser
