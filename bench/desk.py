"""Helpers to measure a desk: chat messages to send, a worker to run, and reads of its tables."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.db.pool import Query, fetch_dicts, fetch_value
from frontdesk.desk import Desk
from frontdesk.kit.tasks import end
from frontdesk.terms import ChannelName

QUESTION = "Where is my order 54321 now, and when will it be here?"
"""A complete question: answered at once, without waiting for a next part."""


def chat_message(peer: str, n: int, text: str = QUESTION) -> InboundMessage:
    return InboundMessage(
        channel=ChannelName.WEB_CHAT,
        account="default",
        external_id=f"{peer}:{n}",
        peer=Peer(address=peer, email=f"{peer}@mail.example"),
        content=text,
        sent_at=datetime.now(UTC),
        client_msg_id=f"{peer}:{n}",
    )


@asynccontextmanager
async def working(desk: Desk) -> AsyncIterator[None]:
    """A worker runs while the block lasts."""
    worker = asyncio.create_task(desk.worker().run())
    try:
        yield
    finally:
        await end([worker])


async def value(desk: Desk, query: Query) -> Any:
    async with desk.db.connection() as conn:
        return await fetch_value(conn, query)


async def rows(desk: Desk, query: Query) -> list[dict[str, Any]]:
    async with desk.db.connection() as conn:
        return await fetch_dicts(conn, query)


async def quiet(desk: Desk, seconds: float = 120.0, every: float = 0.1) -> None:
    """Wait until no lane is due or running (the clock's aside). Raises `TimeoutError`."""
    busy = (
        "select exists (select from lane where (due_at < 'infinity' or lease_until is not null)"
        " and parked_at is null and kind <> 'clock')"
    )
    deadline = time.monotonic() + seconds
    while await value(desk, busy):
        if time.monotonic() > deadline:
            raise TimeoutError("the lanes did not come to rest")
        await asyncio.sleep(every)


async def until(desk: Desk, query: Query, least: int, seconds: float = 600.0) -> None:
    """Wait until the query gives so much. Raises `TimeoutError`."""
    async with asyncio.timeout(seconds):
        while await value(desk, query) < least:  # noqa: ASYNC110  # another process's doing has no event here
            await asyncio.sleep(0.2)


async def waits(desk: Desk, after: int = 0) -> list[float]:
    """Milliseconds from accepted to sent, of each answered message whose event is newer than `after`."""
    answered = await rows(
        desk,
        "select extract(epoch from o.sent_at - r.received_at)::float8 * 1000 as ms from outbox o"
        " join message m using (message_id) join message c on c.ticket_id = m.ticket_id"
        " and c.sender_type = 'customer' join raw_event r on r.event_id = c.event_id"
        f" where o.sent_at is not null and r.event_id > {int(after)}",
    )
    return [row["ms"] for row in answered]
