"""E-mail: a mailbox that is asked by IMAP, a relay that hands mail over, and replies by SMTP."""

from frontdesk.channels.channel import Channel
from frontdesk.channels.email.account import EmailAccount
from frontdesk.channels.email.channel import Email
from frontdesk.channels.email.letter import Letterhead, address_of
from frontdesk.channels.email.polled import PolledAndCalledEmail, PolledEmail
from frontdesk.channels.email.webhook import CalledEmail
from frontdesk.channels.registry import ChannelDeps, Provider, accounts
from frontdesk.settings import Settings

PROVIDERS = (Provider("email", EmailAccount),)


def build(settings: Settings, deps: ChannelDeps) -> list[Channel]:
    """Mail comes in by a relay where a secret is set, and out of a mailbox where an IMAP server is."""
    configured = accounts(settings, "email", EmailAccount)
    return [_channel(name, account, settings, deps) for name, account in configured.items()]


def letterhead(settings: Settings) -> Letterhead:
    """Whose letters answers are that belong to no mail account, such as those of a web form."""
    configured = accounts(settings, "email", EmailAccount)
    first = configured.get("default") or next(iter(configured.values()), None)
    return _head(first, settings) if first else Letterhead(address_of(settings.mail_from), settings.desk_name)


def _channel(name: str, account: EmailAccount, settings: Settings, deps: ChannelDeps) -> Email:
    head = _head(account, settings)
    match bool(account.imap_host), account.webhook_secret is not None:
        case True, True:
            return PolledAndCalledEmail(name, account, deps, head)
        case True, False:
            return PolledEmail(name, account, deps, head)
        case False, True:
            return CalledEmail(name, account, deps, head)
        case _:
            return Email(name, account, deps, head)


def _head(account: EmailAccount, settings: Settings) -> Letterhead:
    return Letterhead(
        account.address or address_of(settings.mail_from),
        settings.desk_name,
        account.signature,
        account.plus_addresses,
        is_read=account.is_read,
    )
