"""A mailer with a server at its other end."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.engine.mailer import SmtpMailer
from tests.engine.smtp import Inbox, served


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def mailer(inbox: Inbox) -> AsyncIterator[SmtpMailer]:
    async with served(inbox) as port:
        yield SmtpMailer("127.0.0.1", port, security="none", timeout=2)
