"""Commands that work on an opened knowledge base."""

import argparse
from collections.abc import Awaitable, Callable

from frontdesk import settings
from frontdesk.desk import open_desk
from frontdesk.knowledge.base import Knowledge

Handler = Callable[[argparse.Namespace, Knowledge], Awaitable[int]]


def opened(handler: Handler) -> Callable[[argparse.Namespace], Awaitable[int]]:
    """The command that opens the desk, hands its knowledge to `handler`, and closes the desk."""

    async def run(args: argparse.Namespace) -> int:
        async with open_desk(settings.load()) as desk:
            return await handler(args, desk.knowledge)

    return run
