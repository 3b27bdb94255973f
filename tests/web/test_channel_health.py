"""What staff hears of the channel accounts: asked each minute by a clock, kept, and shown."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from frontdesk.db.pool import execute
from frontdesk.desk import Desk
from frontdesk.settings import Settings
from frontdesk.terms import LaneKind
from tests.emulators.bot_api import TOKEN, BotApiStub
from tests.emulators.http_stub import HttpStub, http_stub
from tests.journeys.talk import later, rows


@pytest.fixture
def api() -> BotApiStub:
    return BotApiStub()


@pytest.fixture
def stub(api: BotApiStub) -> Iterator[HttpStub]:
    with http_stub(api) as running:
        yield running


@pytest.fixture
def settings(settings: Settings, stub: HttpStub) -> Settings:
    account = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": stub.url}
    return settings.model_copy(update={"variables": account})


async def telegram(client: httpx2.AsyncClient) -> dict[str, Any]:
    accounts = (await client.get("/api/v1/channels")).json()
    [account] = [a for a in accounts if (a["channel"], a["account"]) == ("telegram", "default")]
    return dict(account)


async def ready(client: httpx2.AsyncClient) -> str:
    return str((await client.get("/ready")).json()["checks"]["channels"]["telegram/default"])


async def ask(desk: Desk) -> None:
    """Have the clock's next round now, and wait for its end."""
    began = await rows(desk, "select clock_timestamp() as at")
    async with desk.db.transaction() as conn:
        await desk.lanes.wake(conn, LaneKind.CLOCK, "channel-health")
    for _ in range(400):
        kept = await rows(desk, "select checked_at as at from channel_health")
        if kept and kept[0]["at"] > began[0]["at"]:
            return
        await asyncio.sleep(0.02)
    pytest.fail("nobody asked")


async def test_what_the_provider_says_is_shown_and_grows_old(
    client: httpx2.AsyncClient, desk: Desk, api: BotApiStub
) -> None:
    before = await telegram(client)
    assert (before["health"], before["report"], before["polled"]) == ("unknown", None, True)
    await ask(desk)
    well = await telegram(client)
    assert (well["health"], well["report"]["name"], well["report"]["connected"]) == ("ok", "@shop_bot", True)
    assert await ready(client) == "ok"
    api.webhook_info["url"] = "https://other.example"
    await ask(desk)
    broken = await telegram(client)
    assert broken["health"] == await ready(client) == "trouble"
    assert broken["report"]["missing"] == ["frontdesk channels add telegram"]
    assert broken["report"]["since"] > well["report"]["since"]
    assert (await client.get("/ready")).status_code == 200
    await later(desk, "update channel_health set checked_at = now() - interval '11 minutes'")
    assert (await telegram(client))["health"] == "unknown"


async def test_an_account_that_cannot_be_asked_for_its_messages_is_in_trouble(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    async with desk.db.connection() as conn:
        await execute(
            conn,
            "insert into lane (key, kind, due_at, attempts, last_error)"
            " values ('poll:telegram/default', 'poll', 'infinity', 2, 'the token is not known')",
        )
    account = await telegram(client)
    assert (account["health"], account["report"]["error"]) == ("trouble", "the token is not known")


async def test_replies_that_wait_are_counted_on_their_account(client: httpx2.AsyncClient) -> None:
    assert (await telegram(client))["queued"] == 0
