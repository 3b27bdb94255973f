"""`frontdesk events`: make the bus's topics, put tickets on it, and give dead letters another try."""

import argparse
import asyncio
import sys
from pathlib import Path

from frontdesk.bus import topics
from frontdesk.bus.client import topics_made
from frontdesk.bus.produce import Produced, produce
from frontdesk.bus.replay import replay
from frontdesk.errors import SetupError
from frontdesk.settings import load


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "events", help="the bus: make its topics, put tickets on it, replay dead letters"
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    making = actions.add_parser("create-topics", help="make the topics of the contract that are missing")
    making.set_defaults(run=create_topics)
    putting = actions.add_parser("produce", help=f"put the lines of a JSON Lines file on {topics.TICKETS}")
    putting.add_argument("file", type=Path, metavar="FILE", help="one record a line")
    putting.set_defaults(run=produce_file)
    again = actions.add_parser("replay-dlq", help=f"put dead letters on {topics.TICKETS} again, each once")
    again.add_argument("--limit", type=int, default=10_000, help="at most so many (default: 10000)")
    again.set_defaults(run=replay_letters)


async def create_topics(args: argparse.Namespace) -> int:
    made = await asyncio.to_thread(topics_made, load().model_copy(update={"kafka_auto_create": True}))
    print("\n".join(f"made {name}" for name in made) or "every topic is there already")
    return 0


async def produce_file(args: argparse.Namespace) -> int:
    """Exit code 1 where the broker did not take every line."""
    try:
        lines = args.file.read_bytes().splitlines()
    except OSError as error:
        raise SetupError(f"{args.file} cannot be read: {error.strerror}") from error
    return _told(await asyncio.to_thread(produce, load(), [line for line in lines if line.strip()]))


async def replay_letters(args: argparse.Namespace) -> int:
    """Exit code 1 where the broker did not take every letter."""
    return _told(await asyncio.to_thread(replay, load(), args.limit))


def _told(produced: Produced) -> int:
    print(f"{produced.sent} on {topics.TICKETS}")
    if produced.failed:
        print(f"frontdesk events: {produced.failed} were not taken: {produced.reason}", file=sys.stderr)
    return 1 if produced.failed else 0
