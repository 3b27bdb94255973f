"""Shorthand of the journeys: say something, wait, look."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.db.pool import execute, fetch_all, fetch_dicts
from frontdesk.desk import Desk
from frontdesk.kit.tasks import end
from frontdesk.terms import ChannelName
from frontdesk.tickets.message import COLUMNS, Message
from frontdesk.tickets.ticket import SELECT, Ticket


def said(peer: str, text: str, n: int = 1, channel: ChannelName = ChannelName.WEB_CHAT) -> InboundMessage:
    return InboundMessage(
        channel=channel,
        account="default",
        external_id=f"{peer}:{n}",
        peer=Peer(address=peer, email=f"{peer}@mail.example"),
        content=text,
        sent_at=datetime.now(UTC),
        client_msg_id=f"{peer}:{n}",
    )


@dataclass(frozen=True)
class Look:
    tickets: list[Ticket]
    messages: list[Message]

    @property
    def by_ai(self) -> list[Message]:
        return [message for message in self.messages if message.sender_type == "ai"]


async def look(desk: Desk) -> Look:
    async with desk.db.connection() as conn:
        # Messages first: whoever sees a reply sees its ticket at least as far.
        messages = await fetch_all(conn, Message, f"select {COLUMNS} from message m order by created_at, seq")
        return Look(await fetch_all(conn, Ticket, SELECT + " order by t.number"), messages)


async def rows(desk: Desk, query: str) -> list[dict[str, Any]]:
    async with desk.db.connection() as conn:
        return await fetch_dicts(conn, query)


async def until(
    desk: Desk,
    true: Callable[[Look], bool],
    seconds: float = 20.0,
    what: str = "it did not come true in time",
) -> Look:
    """What the desk looks like once the condition holds; the test fails where it never does."""
    deadline = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < deadline:
        seen = await look(desk)
        if true(seen):
            return seen
        await asyncio.sleep(0.03)
    return pytest.fail(what)


async def quiet(desk: Desk, seconds: float = 20.0) -> None:
    """Wait until no lane is due or running (the clock's aside)."""
    deadline = asyncio.get_running_loop().time() + seconds
    busy = (
        "select 1 from lane where (due_at < 'infinity' or lease_until is not null)"
        " and parked_at is null and kind <> 'clock'"
    )
    while asyncio.get_running_loop().time() < deadline:
        if not await rows(desk, busy):
            return
        await asyncio.sleep(0.03)
    pytest.fail("the lanes did not come to rest")


async def wait_for(true: Callable[[], bool]) -> None:
    """Wait for what is to be seen within the test's own process."""
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.02)
    pytest.fail("it did not come true in time")


async def later(desk: Desk, change: str) -> None:
    """Change rows as time would, so that no test waits for it."""
    async with desk.db.connection() as conn:
        await execute(conn, change)


@asynccontextmanager
async def working(desk: Desk) -> AsyncIterator[None]:
    """A worker of the desk, as long as the block lasts."""
    task = asyncio.create_task(desk.worker().run())
    try:
        yield
    finally:
        await end([task])
