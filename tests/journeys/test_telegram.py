"""A chat with a bot on the whole road, over a Bot API server that others wrote: asked, and called."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from frontdesk.channels.channel import Connectable
from frontdesk.channels.outbound import Button
from frontdesk.channels.telegram.webhook import SECRET
from frontdesk.delivery.outbox import SendOptions
from frontdesk.desk import Desk
from frontdesk.terms import ChannelName
from frontdesk.web.app import create_app
from tests.emulators import telegram
from tests.emulators.bot_api import TOKEN, WEBHOOK_SECRET
from tests.emulators.http_stub import Asked, Says, http_stub
from tests.emulators.telegram import Person, TelegramServer
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import look, rows, until, wait_for
from tests.journeys.toy_desk import say

pytestmark = pytest.mark.skipif(not telegram.PROGRAM.exists(), reason=telegram.WHY_NOT)


@pytest.fixture(scope="module")
def server() -> Iterator[TelegramServer]:
    running = TelegramServer()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def account(server: TelegramServer) -> dict[str, Any]:
    return {"variables": {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}}


async def answers(person: Person, most: int) -> list[str]:
    """What the bot has said, once it has said so much."""
    for _ in range(400):
        texts = [message["text"] for message in await person.read()]
        if len(texts) >= most:
            return texts
        await asyncio.sleep(0.05)
    return pytest.fail("the bot did not answer")


@asynccontextmanager
async def called(desk: Desk, secret: str, statuses: list[int]) -> AsyncIterator[str]:
    """The address at which the desk is called; the emulator sends no secret, so that it is put in here."""
    loop = asyncio.get_running_loop()
    browser = httpx2.AsyncClient(
        transport=httpx2.ASGITransport(create_app(desk)), base_url="https://desk.example"
    )

    def relay(asked: Asked) -> Says:
        headers = {SECRET: secret, "Content-Type": "application/json"}
        call = browser.post("/webhooks/telegram/default", content=asked.body, headers=headers)
        statuses.append(asyncio.run_coroutine_threadsafe(call, loop).result(20).status_code)
        return Says(200)  # the emulator ends for any other answer

    with http_stub(relay) as stub:
        yield stub.url
    await browser.aclose()


async def test_who_writes_to_a_bot_that_asks_is_answered_in_the_chat(
    desk_on: OpenDesk, server: TelegramServer, account: dict[str, Any]
) -> None:
    ann, bob = Person(server, TOKEN, 111), Person(server, TOKEN, 222)
    async with desk_on(**account) as desk:
        channel = desk.channels.get(ChannelName.TELEGRAM, "default")
        assert isinstance(channel, Connectable)
        await channel.connect()
        await desk.polling.start()
        await ann.write("Where is my order 54321?")
        assert await answers(ann, 1) == ["RE: WHERE IS MY ORDER 54321?"]
        await say(desk, "Was it good?", SendOptions(buttons=(Button("Yes", "yes"),)))
        await answers(ann, 2)
        await ann.press((await ann.read())[1], "yes")
        await until(desk, lambda seen: "Yes" in [message.content for message in seen.messages])
        await bob.write("May I give it back?")
        assert await answers(bob, 1) == ["RE: MAY I GIVE IT BACK?"]
        [row] = await rows(desk, "select cursor from poll_cursor where source = 'telegram/default'")
        assert int(row["cursor"].partition("@")[0]) >= 4


async def test_a_bot_that_is_called_answers_too_and_nothing_is_taken_without_the_secret(
    desk_on: OpenDesk, server: TelegramServer, account: dict[str, Any]
) -> None:
    ann = Person(server, TOKEN, 333)
    account["variables"]["TELEGRAM_WEBHOOK_SECRET"] = WEBHOOK_SECRET
    statuses: list[int] = []
    async with (
        desk_on(**account, public_url="https://desk.example") as desk,
        httpx2.AsyncClient() as operator,
    ):

        async def set_webhook(url: str) -> None:
            await operator.post(f"{server.url}/bot{TOKEN}/setWebhook", json={"url": url})

        async with called(desk, "a-wrong-secret", statuses) as wrong:
            await set_webhook(wrong)
            await ann.write("Is anybody there?")
            await wait_for(lambda: bool(statuses))
        assert statuses == [401]
        assert await rows(desk, "select 1 from raw_delivery") == []
        async with called(desk, WEBHOOK_SECRET, statuses) as right:
            await set_webhook(right)
            await ann.write("Where is my order 54321?")
            assert await answers(ann, 1) == ["RE: WHERE IS MY ORDER 54321?"]
            [heard] = [m for m in (await look(desk)).messages if m.sender_type == "customer"]
            assert (heard.content, heard.sender_name) == ("Where is my order 54321?", "Ann")
        assert statuses == [401, 200]
        await operator.post(f"{server.url}/bot{TOKEN}/deleteWebhook")
