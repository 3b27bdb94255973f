"""Which channel accounts there are: each channel is one package that builds its accounts from the settings.

Packages in this folder are found by themselves; `CHANNEL_MODULES` names those that live elsewhere.
"""

import pkgutil
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from frontdesk import channels
from frontdesk.channels.channel import Channel, Channels
from frontdesk.channels.style import ReplyStyles
from frontdesk.engine.blobs import Blobs
from frontdesk.engine.mailer import Mailer
from frontdesk.errors import SetupError
from frontdesk.kit.reply_tokens import ReplyTokens
from frontdesk.settings import Settings


class KeptDeliveries(Protocol):
    async def body(self, source: str, digest: bytes) -> bytes:
        """The bytes that came in there, by their SHA-256. Raises `NotFound`."""
        ...


@dataclass(frozen=True, slots=True)
class ChannelDeps:
    """What a channel may use of the house."""

    styles: ReplyStyles
    blobs: Blobs
    mailer: Mailer | None
    """None where no SMTP server is set."""
    portal_line: Callable[[str, str], str] | None = None
    """By a ticket's number and a language: the sentence that leads a customer there; None without a portal."""
    tokens: ReplyTokens = field(default_factory=lambda: ReplyTokens(secrets.token_bytes(32)))
    """Prove which mails answer one of ours; without a key of the desk's they do so in this process alone."""
    deliveries: KeptDeliveries | None = None
    """What came in, as it came; None where no database is at hand."""


Build = Callable[[Settings, ChannelDeps], list[Channel]]
"""The one function of a channel's package: its configured accounts. Raises `SetupError`."""


class AccountSettings(BaseModel):
    """The settings of one account; a channel's subclass names its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Account = TypeVar("Account", bound=AccountSettings)


@dataclass(frozen=True, slots=True)
class Provider:
    """Whose accounts a package builds, for `frontdesk channels add`: a package names its own in `PROVIDERS`."""

    name: str
    """As its variables and `CHANNEL_ACCOUNTS` have it."""
    account: type[AccountSettings]
    """The `description` of each field says what it is and where it is found."""


def build_channels(settings: Settings, deps: ChannelDeps) -> Channels:
    """Every configured account. Raises `SetupError`."""
    channels = [channel for build in _builders(settings) for channel in build(settings, deps)]
    return Channels(channels, deps.styles)


def accounts(settings: Settings, provider: str, kind: type[Account]) -> dict[str, Account]:
    """A provider's accounts by name.

    `default` is what the variables `<PROVIDER>_<FIELD>` say, where one of them is set; the others stand
    in `CHANNEL_ACCOUNTS`. Raises `SetupError`, naming the variable that is missing or wrong.
    """
    prefix = f"{provider.upper()}_"
    variables = {
        name: settings.variables.get(variable_of(provider, name, field), "")
        for name, field in fields_of(kind).items()
    }
    given = {name: value for name, value in variables.items() if value}
    built = {"default": _account(kind, given, prefix)} if given else {}
    for name, values in settings.channel_accounts.get(provider, {}).items():
        if name in built:
            raise SetupError(f"CHANNEL_ACCOUNTS: {provider}/{name} is set by {prefix}... too")
        built[name] = _account(kind, values, f"CHANNEL_ACCOUNTS: {provider}/{name}/")
    return built


def fields_of(kind: type[AccountSettings]) -> dict[str, FieldInfo]:
    """An account's fields by the names that variables and `CHANNEL_ACCOUNTS` have for them."""
    return {field.alias or name: field for name, field in kind.model_fields.items()}


def variable_of(provider: str, name: str, field: FieldInfo) -> str:
    """The variable that sets this field of the account `default`: `<PROVIDER>_<FIELD>`, or the field's own."""
    extra = field.json_schema_extra
    own = extra.get("variable") if isinstance(extra, dict) else None
    return own if isinstance(own, str) else f"{provider}_{name}".upper()


def _account(kind: type[Account], values: dict[str, Any], prefix: str) -> Account:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        problems = [
            f"{prefix}{'.'.join(map(str, problem['loc'])).upper()}: {problem['msg']}"
            for problem in error.errors(include_input=False)
        ]
        raise SetupError("wrong settings\n  " + "\n  ".join(problems)) from None


def providers(settings: Settings) -> dict[str, Provider]:
    """The providers that packages name, by name. Raises `SetupError`."""
    return {name: provider for name, (provider, _) in _named(settings).items()}


def build_provider(settings: Settings, deps: ChannelDeps, name: str) -> list[Channel]:
    """The configured accounts of the package that names this provider. Raises `SetupError`."""
    _, build = _named(settings)[name]
    return build(settings, deps)


def _named(settings: Settings) -> dict[str, tuple[Provider, Build]]:
    return {
        provider.name: (provider, _builder(package))
        for package in _packages(settings)
        for provider in getattr(_module(package), "PROVIDERS", ())
    }


def _builders(settings: Settings) -> list[Build]:
    return [_builder(name) for name in _packages(settings)]


def _packages(settings: Settings) -> list[str]:
    own = [f"{channels.__name__}.{m.name}" for m in pkgutil.iter_modules(channels.__path__) if m.ispkg]
    return [*sorted(own), *settings.channel_modules]


def _builder(name: str) -> Build:
    try:
        return cast(Build, _module(name).build)
    except AttributeError as error:
        raise SetupError(f"the channel {name} cannot be loaded: {error}") from error


def _module(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise SetupError(f"the channel {name} cannot be loaded: {error}") from error
