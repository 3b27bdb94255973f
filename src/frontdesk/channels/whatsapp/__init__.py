"""WhatsApp by Meta's Cloud API."""

from frontdesk.channels.channel import Channel
from frontdesk.channels.registry import ChannelDeps, Provider, accounts
from frontdesk.channels.whatsapp.account import WhatsAppAccount
from frontdesk.channels.whatsapp.channel import WhatsApp
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName

PROVIDERS = (Provider("whatsapp", WhatsAppAccount),)


def build(settings: Settings, deps: ChannelDeps) -> list[Channel]:
    configured = accounts(settings, "whatsapp", WhatsAppAccount)
    numbers = {account.phone_number_id: name for name, account in configured.items()}
    style, public = deps.styles[ChannelName.WHATSAPP], settings.public_url.rstrip("/")
    return [
        WhatsApp(name, account, style, deps.blobs, numbers, public) for name, account in configured.items()
    ]
