"""A desk with a mail account: a relay hands mail over, and a mail server takes what the desk sends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from typing import Any

from frontdesk.desk import Desk
from frontdesk.intake.webhook import Outcome, take_delivery
from tests.emulators.mails import ADDRESS, relayed, variables
from tests.engine.smtp import Inbox, served
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import look, quiet

_OWN = ("email_", "imap_")
MANAGER = "boss@shop.example"


@asynccontextmanager
async def mail_desk(desk_on: OpenDesk, inbox: Inbox, **changed: Any) -> AsyncIterator[Desk]:
    """`email_...` and `imap_...` among the changes are variables of the account."""
    own = {name.upper(): value for name, value in changed.items() if name.startswith(_OWN)}
    others = {name: value for name, value in changed.items() if not name.startswith(_OWN)}
    async with served(inbox) as port:
        smtp = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_tls": "none"}
        fields = {"mail_from": f"Shop <{ADDRESS}>", "manager_email": MANAGER, "desk_name": "Shop"}
        async with desk_on(**smtp, **fields, variables=variables(**own), **others) as desk:
            yield desk


async def hand_over(desk: Desk, body: bytes, *, settle: bool = True) -> Outcome:
    """What the relay gets for it, once nothing waits any more."""
    hook = desk.channels.webhook("email/default")
    outcome = await take_delivery(desk.db, desk.lanes, hook, relayed(body))
    if settle:
        await quiet(desk)
    return outcome


async def heard(desk: Desk) -> list[str]:
    """What customers said."""
    return [m.content for m in (await look(desk)).messages if m.sender_type == "customer"]


def sent(inbox: Inbox) -> list[EmailMessage]:
    return [inbox.read(at) for at in range(len(inbox.kept))]


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
