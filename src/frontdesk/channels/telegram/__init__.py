"""Telegram: a bot, called by webhook or asked by long polling."""

from frontdesk.channels.channel import Channel
from frontdesk.channels.registry import ChannelDeps, Provider, accounts
from frontdesk.channels.style import ReplyStyle
from frontdesk.channels.telegram.account import TelegramAccount
from frontdesk.channels.telegram.polled import PolledTelegram
from frontdesk.channels.telegram.webhook import CalledTelegram
from frontdesk.engine.blobs import Blobs
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName

PROVIDERS = (Provider("telegram", TelegramAccount),)


def build(settings: Settings, deps: ChannelDeps) -> list[Channel]:
    """Telegram calls accounts that have a secret, where the desk has a public address; the others are asked."""
    style = deps.styles[ChannelName.TELEGRAM]
    public = settings.base_url if settings.public_url else ""
    configured = accounts(settings, "telegram", TelegramAccount)
    return [_channel(name, account, style, deps.blobs, public) for name, account in configured.items()]


def _channel(name: str, account: TelegramAccount, style: ReplyStyle, blobs: Blobs, public: str) -> Channel:
    if public and account.webhook_secret is not None:
        return CalledTelegram(name, account, style, blobs, public)
    return PolledTelegram(name, account, style, blobs)
