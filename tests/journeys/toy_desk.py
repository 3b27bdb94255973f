"""A desk whose one account is the toy channel's, and its provider."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from frontdesk.delivery.outbox import SendOptions
from frontdesk.desk import Desk
from frontdesk.intake.webhook import Outcome, take_delivery
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName, SenderType
from frontdesk.tickets import message
from tests.contracts import toy_channel
from tests.contracts.toy_channel import Wire, event
from tests.journeys.talk import look, quiet, rows

QUESTION = "Where is my order?"
ANSWER = "RE: WHERE IS MY ORDER?"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    toy = {"channel_modules": ("tests.contracts.toy_channel",), "variables": {"TOY_SECRET": "s"}}
    return settings.model_copy(update=toy)


@pytest.fixture(autouse=True)
def wire() -> Iterator[Wire]:
    toy_channel.WIRES["default"] = fresh = Wire()
    yield fresh
    toy_channel.WIRES.clear()


async def call(desk: Desk, *events: dict[str, Any]) -> Outcome:
    """The provider calls, with the right signature."""
    body = toy_channel.delivery(*events)
    request = toy_channel.signed("s", "http://desk.example/webhooks/toy/default", body)
    return await take_delivery(desk.db, desk.lanes, desk.channels.webhook("toy/default"), request)


async def ask(desk: Desk, id: str = "m1", text: str = QUESTION, **fields: Any) -> None:
    await call(desk, event("message", id, content=text, **fields))
    await quiet(desk)


async def said(desk: Desk) -> list[message.Message]:
    return [message for message in (await look(desk)).messages if message.sender_type == "customer"]


async def entries(desk: Desk, type: str) -> list[dict[str, Any]]:
    entries = await rows(desk, "select type, message_id, data from ticket_event order by event_id")
    return [entry for entry in entries if entry["type"] == type]


async def say(
    desk: Desk, text: str, options: SendOptions | None = None, by: SenderType = SenderType.MANAGER
) -> None:
    async with desk.db.transaction() as conn:
        [ticket] = (await look(desk)).tickets
        added = await message.add(conn, ticket.ticket_id, by, text, ChannelName.TELEGRAM)
        await desk.journey.post.put(conn, ticket.conversation_id, added, options)


async def until_row(desk: Desk, query: str) -> None:
    for _ in range(500):
        if await rows(desk, query):
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"no row came: {query}")
