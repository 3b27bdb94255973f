"""Whether a mail account works: its logins, and what is missing."""

import asyncio

from frontdesk.channels.email.imap import LoginRefused, Mailbox, Server
from frontdesk.channels.email.letter import Letterhead
from frontdesk.channels.health import Health
from frontdesk.engine.mailer import Mailer, Reaches
from frontdesk.errors import FrontdeskError, SendRefused, SetupError

_NO_SMTP = "SMTP_HOST"
_NO_WAY_IN = "EMAIL_WEBHOOK_SECRET, or IMAP_HOST"


async def health(head: Letterhead, mailer: Mailer | None, server: Server | None) -> Health:
    missing = [what for what, there in ((_NO_SMTP, mailer), (_NO_WAY_IN, head.is_read)) if not there]
    try:
        await _try_smtp(mailer)
        await _try_imap(server)
    except FrontdeskError as error:
        return Health(is_connected=False, name=head.address, error=error.message, missing=tuple(missing))
    return Health(is_connected=mailer is not None, name=head.address, missing=tuple(missing))


async def connect(
    head: Letterhead, mailer: Mailer | None, server: Server | None, webhook: str | None
) -> list[str]:
    """What works, a sentence each. Raises `SetupError`, or `TemporaryError` where a server is not heard of."""
    done = []
    try:
        if mailer is not None:
            await _try_smtp(mailer)
            done.append(f"the mail server takes the login: replies leave from {head.address}")
        if server is not None:
            await _try_imap(server)
            done.append(
                f"the mailbox at {server.host} opens, folder {server.folder}: it is asked (role `channels`)"
            )
    except (SendRefused, LoginRefused) as error:
        raise SetupError(error.message) from None
    if webhook is not None:
        done.append(f"a relay may hand mail over at /webhooks/{webhook}")
    return done


async def _try_smtp(mailer: Mailer | None) -> None:
    if isinstance(mailer, Reaches):
        await mailer.check()


async def _try_imap(server: Server | None) -> None:
    if server is not None:
        await asyncio.to_thread(lambda: Mailbox(server).abort())
