"""`frontdesk channels`: what is missing is said, what is there is verified, and Telegram is told where to call."""

import argparse
import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from bench.place import free_port

from frontdesk.cli import channels
from frontdesk.errors import FrontdeskError
from tests.cli.conftest import Ran
from tests.emulators import dovecot
from tests.emulators.bot_api import TOKEN, BotApiStub
from tests.emulators.dovecot import PASSWORD
from tests.emulators.http_stub import HttpStub, http_stub
from tests.engine.smtp import Inbox

HERE = "https://desk.example/webhooks/telegram/default"


@pytest.fixture
def api() -> BotApiStub:
    return BotApiStub()


@pytest.fixture
def stub(api: BotApiStub) -> Iterator[HttpStub]:
    with http_stub(api) as running:
        yield running


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process, which is quicker; the outermost edge turns errors into one line."""

    def ran(*words: str, **variables: str) -> Ran:
        monkeypatch.chdir(tmp_path)
        for name, value in {"FRONTDESK_HOME": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        parser = argparse.ArgumentParser()
        channels.register(parser.add_subparsers())
        args = parser.parse_args(["channels", *words])
        try:
            result = args.run(args)
            code = asyncio.run(result) if asyncio.iscoroutine(result) else result
        except FrontdeskError as error:
            return Ran(1, capsys.readouterr().out, error.message)
        return Ran(code, *capsys.readouterr())

    return ran


def test_what_is_missing_is_named_with_what_it_is(run: Run) -> None:
    ran = run("add", "telegram")
    assert ran.code == 1
    assert "missing: TELEGRAM_BOT_TOKEN  the token that @BotFather gives" in ran.out
    assert "for example TELEGRAM_WEBHOOK_SECRET=" in ran.out
    assert "PUBLIC_URL" in ran.out


def test_an_unknown_provider_and_an_unknown_account_are_one_clear_line(run: Run) -> None:
    run("add", "pigeon").assert_failed(1, "no provider 'pigeon'", "telegram")
    unknown = run("add", "telegram", "--account", "shop2")
    unknown.assert_failed(1, "no account 'shop2'", "CHANNEL_ACCOUNTS")


def test_with_an_address_and_a_secret_telegram_is_told_where_to_call(
    run: Run, stub: HttpStub, api: BotApiStub
) -> None:
    api.webhook_info["url"] = HERE
    account = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": "hook-secret_1",
        "TELEGRAM_API_URL": stub.url,
        "PUBLIC_URL": "https://desk.example",
    }
    ran = run("add", "telegram", **account)
    assert (ran.code, ran.err) == (0, "")
    assert "it is @shop_bot" in ran.out
    assert f"Telegram calls {HERE}" in ran.out
    assert "connected as @shop_bot" in ran.out
    assert TOKEN.partition(":")[2] not in ran.out
    [setting] = [asked.json for asked in stub.asked if asked.path.endswith("/setWebhook")]
    assert (setting["url"], setting["secret_token"]) == (HERE, "hook-secret_1")


def test_without_them_it_is_asked_and_a_webhook_that_stands_there_goes(run: Run, stub: HttpStub) -> None:
    ran = run("add", "telegram", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=stub.url)
    assert (ran.code, ran.err) == (0, "")
    assert "Telegram is asked" in ran.out
    assert any(asked.path.endswith("/deleteWebhook") for asked in stub.asked)


@pytest.mark.parametrize("typed", [TOKEN, "", None])
def test_at_a_terminal_what_is_missing_is_asked_for(
    run: Run, stub: HttpStub, monkeypatch: pytest.MonkeyPatch, typed: str | None
) -> None:
    def ask(prompt: str) -> str:
        assert prompt.startswith("TELEGRAM_BOT_TOKEN")
        if typed is None:
            raise EOFError
        return typed

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", ask)
    ran = run("add", "telegram", TELEGRAM_API_URL=stub.url)
    assert ran.code == (0 if typed else 1)
    assert ("put it there (TELEGRAM_BOT_TOKEN)" if typed else "missing: TELEGRAM_BOT_TOKEN") in ran.out
    assert TOKEN not in ran.out


def test_accounts_are_listed_and_checked(run: Run, stub: HttpStub, api: BotApiStub) -> None:
    account = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": stub.url}
    listed = run("list", "--json", **account)
    assert {"channel": "telegram", "account": "default", "webhook": None} in json.loads(listed.out)
    assert stub.asked == []
    api.webhook_info["url"] = HERE
    checked = run("check", "--json", **account)
    [telegram] = [row for row in json.loads(checked.out) if row["channel"] == "telegram"]
    assert checked.code == 1
    assert (telegram["health"], telegram["connected"]) == ("trouble", False)
    assert telegram["missing"] == ["frontdesk channels add telegram"]


def test_a_wrong_token_is_said_in_one_line(run: Run, stub: HttpStub) -> None:
    ran = run("add", "telegram", TELEGRAM_BOT_TOKEN="1:wrong", TELEGRAM_API_URL=stub.url)
    ran.assert_failed(1, "does not know the bot's token")


@pytest.mark.parametrize(
    ("provider", "variables"),
    [
        ("whatsapp", {"TOKEN", "PHONE_NUMBER_ID", "APP_SECRET", "VERIFY_TOKEN"}),
        ("instagram", {"TOKEN", "ACCOUNT_ID", "APP_SECRET", "VERIFY_TOKEN"}),
        ("twilio", {"ACCOUNT_SID", "AUTH_TOKEN", "FROM"}),
    ],
)
def test_each_provider_names_what_its_account_needs(run: Run, provider: str, variables: set[str]) -> None:
    ran = run("add", provider)
    missing = {line.split()[2] for line in ran.out.splitlines() if "✗ missing" in line}
    assert missing == {f"{provider.upper()}_{name}" for name in variables}


@pytest.mark.skipif(dovecot.PROGRAM is None, reason=dovecot.WHY_NOT)
def test_the_logins_of_a_mail_account_are_tried_and_what_is_wrong_is_named(run: Run) -> None:
    smtp = Controller(Inbox(), hostname="127.0.0.1", port=free_port())
    smtp.start()
    try:
        with dovecot.served() as imap:
            account = {
                "EMAIL_ADDRESS": "support@shop.example",
                "EMAIL_WEBHOOK_SECRET": "relay-secret-0123456789",
                "SMTP_HOST": "127.0.0.1",
                "SMTP_PORT": str(smtp.port),
                "SMTP_TLS": "none",
                "IMAP_HOST": "127.0.0.1",
                "IMAP_PORT": str(imap.port),
                "IMAP_USERNAME": "support",
                "IMAP_PASSWORD": PASSWORD,
                "IMAP_TLS": "none",
            }
            ran = run("add", "email", **account)
            wrong = run("add", "email", **account | {"IMAP_PASSWORD": "not-the-secret"})
    finally:
        smtp.stop()
    assert (ran.code, ran.err) == (0, "")
    assert "replies leave from support@shop.example" in ran.out
    assert "the mailbox at 127.0.0.1 opens, folder INBOX" in ran.out
    assert "/webhooks/email/default" in ran.out
    wrong.assert_failed(1, "IMAP_PASSWORD")
    assert "not-the-secret" not in wrong.out + wrong.err


def test_a_mail_account_that_nothing_is_sent_from_or_comes_to_is_told_so(run: Run) -> None:
    ran = run("add", "email", EMAIL_ADDRESS="support@shop.example")
    assert ran.code == 1
    assert "missing: SMTP_HOST" in ran.out
    assert "missing: EMAIL_WEBHOOK_SECRET, or IMAP_HOST" in ran.out
