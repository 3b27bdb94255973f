"""Instagram: direct messages and comments of a professional account."""

from frontdesk.channels.channel import Channel
from frontdesk.channels.instagram.account import InstagramAccount
from frontdesk.channels.instagram.channel import Instagram
from frontdesk.channels.registry import ChannelDeps, Provider, accounts
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName

PROVIDERS = (Provider("instagram", InstagramAccount),)


def build(settings: Settings, deps: ChannelDeps) -> list[Channel]:
    configured = accounts(settings, "instagram", InstagramAccount)
    ids = {account.account_id: name for name, account in configured.items()}
    style = deps.styles[ChannelName.INSTAGRAM]
    return [Instagram(name, account, style, ids) for name, account in configured.items()]
