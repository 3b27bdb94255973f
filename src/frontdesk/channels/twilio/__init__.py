"""SMS and WhatsApp by Twilio: two channels over one webhook."""

from frontdesk.channels.channel import Channel
from frontdesk.channels.registry import ChannelDeps, Provider, accounts
from frontdesk.channels.twilio.account import TwilioAccount, whatsapp_account
from frontdesk.channels.twilio.api import TwilioApi
from frontdesk.channels.twilio.channel import TwilioChannel, TwilioHook
from frontdesk.channels.twilio.parse import Reader
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName

PROVIDERS = (Provider("twilio", TwilioAccount),)


def build(settings: Settings, deps: ChannelDeps) -> list[Channel]:
    return [
        channel
        for name, account in accounts(settings, "twilio", TwilioAccount).items()
        for channel in _channels(name, account, settings.public_url.rstrip("/"), deps)
    ]


def _channels(name: str, account: TwilioAccount, public_url: str, deps: ChannelDeps) -> list[Channel]:
    """The first one is called for both."""
    api = TwilioApi(account, f"{public_url}/webhooks/twilio/{name}" if public_url else "")
    reader = Reader({ChannelName.SMS: name, ChannelName.WHATSAPP: whatsapp_account(name)})
    senders = [
        (ChannelName.SMS, name, account.sms_sender),
        (ChannelName.WHATSAPP, whatsapp_account(name), account.whatsapp_sender),
    ]
    channels: list[Channel] = []
    for channel_name, channel_account, sender in senders:
        if sender:
            given = (channel_name, channel_account, sender, api, deps.styles[channel_name])
            channels.append(
                TwilioChannel(*given)
                if channels
                else TwilioHook(*given, name, account.auth_token.get_secret_value(), reader)
            )
    return channels
