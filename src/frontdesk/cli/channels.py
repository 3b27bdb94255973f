"""`frontdesk channels`: connect a provider's account, list the accounts, ask how they are."""

import argparse
import getpass
import secrets
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import orjson
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from frontdesk import settings
from frontdesk.channels.channel import Channel, Channels, Connectable, Lifecycle
from frontdesk.channels.checkup import check
from frontdesk.channels.health import Health, HealthState
from frontdesk.channels.registry import (
    ChannelDeps,
    Provider,
    build_channels,
    build_provider,
    fields_of,
    providers,
    variable_of,
)
from frontdesk.channels.style import reply_styles
from frontdesk.channels.web_form import API_ACCOUNT
from frontdesk.engine.blobs import FolderBlobs
from frontdesk.engine.mailer import FolderMailer, mailer_from
from frontdesk.errors import SetupError
from frontdesk.kit.times import stamp
from frontdesk.settings import Settings

_MARKS = {True: "✓", False: "✗"}


def register(commands: Any) -> None:
    parser = commands.add_parser("channels", help="the channel accounts: add, list, check")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="verify a provider's credentials and tell it where to call")
    add.add_argument("provider", help="such as telegram")
    add.add_argument("--account", default="default", help="its name in CHANNEL_ACCOUNTS (default: default)")
    add.set_defaults(run=add_account)
    listing = actions.add_parser("list", help="every configured account, without asking anybody")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=list_accounts)
    checking = actions.add_parser("check", help="ask every provider how its accounts are")
    checking.add_argument("--json", action="store_true", help="print JSON")
    checking.set_defaults(run=check_accounts)


async def add_account(args: argparse.Namespace) -> int:
    config = settings.load()
    known = providers(config)
    provider = known.get(args.provider)
    if provider is None:
        raise SetupError(f"there is no provider {args.provider!r}; there are: {', '.join(sorted(known))}")
    typed: dict[str, str] = {}
    if args.account not in config.channel_accounts.get(provider.name, {}) and args.account == "default":
        typed = _asked_for(config, provider)
        config = config.model_copy(update={"variables": config.variables | typed})
        if _show_variables(config, provider):
            print(
                f"\nSet what is missing (in .env or the environment), then: frontdesk channels add {provider.name}"
            )
            return 1
    channels = build_provider(config, _deps(config), provider.name)
    chosen = [channel for channel in channels if channel.account == args.account]
    if not chosen:
        example = f'CHANNEL_ACCOUNTS={{"{provider.name}": {{"{args.account}": {{...}}}}}}'
        raise SetupError(f"{provider.name} has no account {args.account!r}; it stands in {example}")
    async with _opened(chosen):
        code = max([await _connect(channel) for channel in chosen])
    if typed:
        print(
            f"\nThe desk reads what you typed from .env or the environment: put it there ({', '.join(typed)})."
        )
    return code


def list_accounts(args: argparse.Namespace) -> int:
    config = settings.load()
    rows = [_row(channel, config) for channel in _configured(config)]
    if args.json:
        print(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return 0
    for row in rows:
        print(f"{row['channel']}/{row['account']}: {row['webhook'] or 'is not called'}")
    return 0


async def check_accounts(args: argparse.Namespace) -> int:
    config = settings.load()
    channels = [channel for channel in _configured(config)]
    async with _opened(channels):
        checked = [(channel, await check(channel)) for channel in channels]
    if args.json:
        rows = [_row(channel, config) | _as_json(health) for channel, health in checked]
        print(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    else:
        for channel, health in checked:
            print(f"{channel.name}/{channel.account}")
            _show(health)
    return 1 if any(health and health.state is HealthState.TROUBLE for _, health in checked) else 0


async def _connect(channel: Channel) -> int:
    print(f"\n{channel.name}/{channel.account}")
    if isinstance(channel, Connectable):
        for line in await channel.connect():
            print(f"  ✓ {line}")
    health = await check(channel)
    _show(health)
    return 0 if health is None or health.state is HealthState.OK else 1


def _asked_for(config: Settings, provider: Provider) -> dict[str, str]:
    """At a terminal what is missing is asked for; the answers hold for this run. Nothing typed is not set."""
    if not sys.stdin.isatty():
        return {}
    answers: dict[str, str] = {}
    for name, field in fields_of(provider.account).items():
        variable = variable_of(provider.name, name, field)
        if field.is_required() and not _is_made_here(field) and variable not in config.variables:
            ask = getpass.getpass if _is_secret(field) else input
            try:
                answers[variable] = ask(f"{variable} ({field.description}): ").strip()
            except EOFError:
                break
    return {variable: answer for variable, answer in answers.items() if answer}


def _show_variables(config: Settings, provider: Provider) -> bool:
    """What the account is set up with, and whether something is missing that it cannot do without."""
    lacks = False
    print(f"{provider.name}:")
    for name, field in fields_of(provider.account).items():
        variable = variable_of(provider.name, name, field)
        is_set = variable in config.variables
        lacks = lacks or (field.is_required() and not is_set)
        state = "✓ set" if is_set else "✗ missing" if field.is_required() else "- not set"
        print(f"  {state}: {variable}  {field.description or ''}".rstrip())
        if not is_set and _is_made_here(field):
            print(f"      for example {variable}={secrets.token_urlsafe(32)}")
    if not config.public_url:
        print("  - not set: PUBLIC_URL  the address at which providers reach this desk")
    return lacks


def _show(health: Health | None) -> None:
    if health is None:
        print("  - its provider cannot be asked")
        return
    called = f" as {health.name}" if health.name else ""
    print(
        f"  {_MARKS[health.is_connected]} {'connected' if health.is_connected else 'not connected'}{called}"
    )
    facts = {
        "waiting there": health.waiting,
        "last error": " ".join(filter(None, (health.error, _time(health)))),
        "credentials end": stamp(health.expires_at) if health.expires_at else None,
        "quality": health.quality,
    }
    for name, value in facts.items():
        if value not in (None, ""):
            print(f"    {name}: {value}")
    for missing in health.missing:
        print(f"  ✗ missing: {missing}")


def _time(health: Health) -> str:
    return f"({stamp(health.error_at)})" if health.error and health.error_at else ""


def _as_json(health: Health | None) -> dict[str, Any]:
    if health is None:
        return {"health": HealthState.UNKNOWN}
    return {
        "health": health.state,
        "connected": health.is_connected,
        "name": health.name,
        "waiting": health.waiting,
        "error": health.error,
        "expires_at": stamp(health.expires_at) if health.expires_at else None,
        "quality": health.quality,
        "missing": health.missing,
    }


def _row(channel: Channel, config: Settings) -> dict[str, Any]:
    path = getattr(channel, "webhook", None)
    webhook = f"{config.base_url}/webhooks/{path}" if path else None
    return {"channel": channel.name, "account": channel.account, "webhook": webhook}


def _configured(config: Settings) -> list[Channel]:
    channels: Channels = build_channels(config, _deps(config))
    return [channel for channel in channels if channel.account != API_ACCOUNT]


def _deps(config: Settings) -> ChannelDeps:
    home = config.frontdesk_home.expanduser().resolve()
    mailer = mailer_from(config, home)
    smtp = None if isinstance(mailer, FolderMailer) else mailer
    return ChannelDeps(reply_styles(config.reply_limits), FolderBlobs(home / "blobs"), smtp)


@asynccontextmanager
async def _opened(channels: Sequence[Channel]) -> AsyncIterator[None]:
    living = [channel for channel in channels if isinstance(channel, Lifecycle)]
    for channel in living:
        await channel.open()
    try:
        yield
    finally:
        for channel in living:
            await channel.close()


def _is_secret(field: FieldInfo) -> bool:
    return field.annotation in (SecretStr, SecretStr | None)


def _is_made_here(field: FieldInfo) -> bool:
    """The desk's own to choose, such as a secret that the provider repeats."""
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("made_here"))
