"""The two ways in which Telegram tells: it calls, or it is asked; and what it says of the account."""

import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from frontdesk.channels.channel import Channel, Polled, Poller, Webhook
from frontdesk.channels.health import HealthState
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.request import Request
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.channels.telegram import build
from frontdesk.channels.telegram.polled import NUMBERS_HOLD, PolledTelegram
from frontdesk.channels.telegram.webhook import CalledTelegram
from frontdesk.engine.blobs import FolderBlobs
from frontdesk.errors import PermanentError, SetupError, Unavailable
from frontdesk.settings import Settings
from tests.contracts.telegram_account import STYLE, UNUSED, account
from tests.emulators.bot_api import TOKEN, BotApiStub, message, pressed, refused, request, update
from tests.emulators.http_stub import HttpStub, Says, http_stub

HERE = "https://desk.example/webhooks/telegram/default"


@pytest.fixture
def api() -> BotApiStub:
    return BotApiStub()


@pytest.fixture
def stub(api: BotApiStub) -> Iterator[HttpStub]:
    with http_stub(api) as running:
        yield running


@pytest.fixture
def asked(stub: HttpStub) -> PolledTelegram:
    return PolledTelegram("default", account(stub.url), STYLE, UNUSED)


@pytest.fixture
def called(stub: HttpStub) -> CalledTelegram:
    return CalledTelegram("default", account(stub.url), STYLE, UNUSED, "https://desk.example")


def answer(*updates: Any) -> Says:
    return Says(200, {"ok": True, "result": list(updates)})


async def looks(channel: PolledTelegram, most: int, cursor: str | None = None) -> list[Polled]:
    brought: list[Polled] = []
    async with aclosing(channel.poll(cursor)) as polled:
        async for look in polled:
            brought.append(look)
            if len(brought) == most:
                break
    return brought


def built(variables: dict[str, str], public_url: str = "") -> list[Channel]:
    given = {"_env_file": None, "variables": variables, "public_url": public_url}
    deps = ChannelDeps(REPLY_STYLES, FolderBlobs(Path("unused")), None)
    return build(Settings.model_validate(given), deps)


def test_telegram_calls_where_there_is_an_address_and_a_secret_and_is_asked_elsewhere() -> None:
    token, secret = {"TELEGRAM_BOT_TOKEN": TOKEN}, {"TELEGRAM_WEBHOOK_SECRET": "hook-secret_1"}
    assert built({}) == []
    [called] = built(token | secret, "https://desk.example")
    assert isinstance(called, Webhook)
    for variables, address in ((token | secret, ""), (token, "https://desk.example")):
        [asked] = built(variables, address)
        assert isinstance(asked, Poller)


@pytest.mark.parametrize(
    "wrong",
    [
        {"TELEGRAM_BOT_TOKEN": "not-a-token"},
        {"TELEGRAM_BOT_TOKEN": f"{TOKEN}/../x"},
        {"TELEGRAM_WEBHOOK_SECRET": "hook-secret_1"},
        {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "with space"},
        {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "ftp://x"},
    ],
)
def test_a_wrong_setting_is_named_without_its_value(wrong: dict[str, str]) -> None:
    with pytest.raises(SetupError, match="TELEGRAM_") as refused:
        built(wrong)
    assert not any(value in refused.value.message for value in wrong.values())


async def test_each_update_is_kept_before_telegram_is_told_to_forget_it(
    asked: PolledTelegram, api: BotApiStub, stub: HttpStub
) -> None:
    first, second = update(41, message=message(7, text="a")), update(42, message=message(8, text="b"))
    api.next_answers += [answer(first, second), answer(update(43, poll={}))]
    before, then, last = await looks(asked, 3)
    assert [len(look.events) for look in (before, then, last)] == [1, 1, 0]
    assert [look.cursor.partition("@")[0] for look in (before, then, last)] == ["42", "43", "44"]
    assert [ask.json.get("offset") for ask in stub.asked] == [None, 43]
    assert asked.parse(Request("POST", "", {}, before.body)) == list(before.events)


async def test_it_goes_on_where_it_was_but_not_by_numbers_that_began_anew(
    asked: PolledTelegram, api: BotApiStub, stub: HttpStub
) -> None:
    for since in (60, NUMBERS_HOLD + 60):
        api.next_answers.append(answer(update(7, message=message(1, text="a"))))
        await looks(asked, 1, f"900@{int(time.time()) - since}")
    assert [ask.json.get("offset") for ask in stub.asked] == [900, None]


async def test_what_cannot_be_read_holds_nothing_up(asked: PolledTelegram, api: BotApiStub) -> None:
    half = b'{"ok": true, "result": [{"update_id": 1, "message": {"text": "hi"}}, %s]}'
    good = b'{"update_id": 2, "message": {"message_id": 3, "chat": {"id": 5, "type": "private"}, "text": "\\ud83d"}}'
    api.next_answers.append(Says(200, half % good))
    odd, fine = await looks(asked, 2)
    assert (odd.events, odd.failure) == ((), "an update of the kind message names no chat")
    assert len(fine.events) == 1


async def test_a_pressed_button_stops_turning(
    asked: PolledTelegram, called: CalledTelegram, api: BotApiStub, stub: HttpStub
) -> None:
    api.next_answers += [answer(update(5, callback_query=pressed()), update(6, message=message(text="a")))]
    await looks(asked, 2)
    assert stub.asked[1].path.endswith("/answerCallbackQuery")
    assert stub.asked[1].json == {"callback_query_id": "17001"}
    reply = called.acknowledge(request(update(5, callback_query=pressed())))
    assert reply.body == b'{"method":"answerCallbackQuery","callback_query_id":"17001"}'
    assert called.acknowledge(request(update(5, message=message(text="a")))).body == b""


@pytest.mark.parametrize(
    ("says", "error"),
    [
        (refused(401, "Unauthorized"), PermanentError),
        (refused(409, "Conflict: terminated by other getUpdates request"), Unavailable),
        (refused(502, "Bad Gateway"), Unavailable),
        (Says(200, b"not JSON"), Unavailable),
    ],
)
async def test_who_may_not_ask_hears_why(
    asked: PolledTelegram, api: BotApiStub, says: Says, error: type[Exception]
) -> None:
    api.next_answers.append(says)
    with pytest.raises(error) as failed:
        await looks(asked, 1)
    assert str(failed.value)


async def test_connecting_sets_the_webhook_with_its_secret_or_removes_it(
    called: CalledTelegram, asked: PolledTelegram, stub: HttpStub
) -> None:
    assert "it is @shop_bot" in " ".join(await called.connect())
    setting = next(ask.json for ask in stub.asked if ask.path.endswith("/setWebhook"))
    assert (setting["url"], setting["secret_token"]) == (HERE, "hook-secret_1")
    assert "message_reaction" in setting["allowed_updates"]
    await asked.connect()
    assert any(ask.path.endswith("/deleteWebhook") for ask in stub.asked)


async def test_connecting_with_a_wrong_token_says_so(called: CalledTelegram, api: BotApiStub) -> None:
    api.next_answers.append(refused(401, "Unauthorized"))
    with pytest.raises(SetupError, match="TELEGRAM_BOT_TOKEN"):
        await called.connect()


async def test_a_called_account_is_well_while_telegram_calls_here(
    called: CalledTelegram, api: BotApiStub
) -> None:
    api.webhook_info |= {"url": HERE, "pending_update_count": 3}
    well = await called.health()
    assert (well.state, well.name, well.waiting, well.missing) == (HealthState.OK, "@shop_bot", 3, ())
    failing = {"last_error_date": int(time.time()), "last_error_message": "Wrong response: 401"}
    api.webhook_info |= failing
    broken = await called.health()
    assert (broken.state, broken.error) == (HealthState.TROUBLE, "Wrong response: 401")
    assert broken.error_at is not None
    api.webhook_info |= {"url": "https://other.example"}
    assert (await called.health()).missing == ("frontdesk channels add telegram",)


async def test_an_asked_account_is_well_while_telegram_calls_nobody(
    asked: PolledTelegram, api: BotApiStub
) -> None:
    assert (await asked.health()).state is HealthState.OK
    api.webhook_info["url"] = HERE
    assert (await asked.health()).state is HealthState.TROUBLE


async def test_the_health_of_a_token_that_was_revoked_names_it(
    called: CalledTelegram, api: BotApiStub
) -> None:
    api.next_answers.append(refused(401, "Unauthorized"))
    health = await called.health()
    assert (health.is_connected, health.missing) == (False, ("TELEGRAM_BOT_TOKEN",))
