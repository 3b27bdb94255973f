"""A mail server that keeps what it accepts, and a mail to send."""

import asyncio
import dataclasses
import email
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from frontdesk.engine.mailer import Mail, MailFile

MAIL = Mail(
    message_id="<escalation.7f@desk.example>",
    sender="Стол помощи <desk@desk.example>",
    to="manager@desk.example",
    subject="Қазақша тақырып: тапсырыс келмеді, клиент ренжулі және адамның жауабын күтіп отыр",
    text="Сәлем!\n.жалғыз нүкте\n",
    html="<p>Сәлем!</p>",
    headers={"Auto-Submitted": "auto-generated"},
    attachments=(MailFile("чек.pdf", "application/pdf", b"%PDF"),),
)


class Inbox:
    """Keeps what it accepts; answers each DATA, and each RCPT, with the next line it was given."""

    def __init__(self) -> None:
        self.kept: list[Envelope] = []
        self.answers: list[str] = []
        self.rcpt: list[str] = []

    async def handle_RCPT(  # noqa: N802  # aiosmtpd finds its hooks by these names
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.rcpt:
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        elif answer == "silence":
            await asyncio.sleep(30)
        elif answer.startswith("250"):
            self.kept.append(envelope)
        return answer

    def read(self, at: int = 0) -> EmailMessage:
        content = self.kept[at].content
        assert isinstance(content, bytes)
        return email.message_from_bytes(content, policy=modern)


@asynccontextmanager
async def served(inbox: Inbox, at: int = 0, **options: Any) -> AsyncIterator[int]:
    """The port of an SMTP server that runs on the test's own loop."""
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: SMTP(inbox, loop=loop, **options), "127.0.0.1", at) as server:
        yield server.sockets[0].getsockname()[1]


def like(mail: Mail, **changes: Any) -> Mail:
    return dataclasses.replace(mail, **changes)


HIDDEN_LINES = (
    "=?utf-8?q?x=0D=0AReply-To:_evil=40evil.example?=",
    "=?utf-8?b?eA0KUmVwbHktVG86IGV2aWxAZXZpbC5leGFtcGxlDQoNCldob2xlIG90aGVyIGJvZHk=?=",
    "=?utf-8?q?x=0AReply-To:_evil=40evil.example=0A=0AWhole_other_body?= and more",
    "=?iso-8859-1?q?x=0D=0AReply-To:?= =?iso-8859-1?q?_evil=40evil.example?=",
    "==?=?utf-8?q?x=0D=0AReply-To:_evil=40evil.example?=",
    "x\r\nReply-To: evil@evil.example\r\n\r\nWhole other body",
    "x\u2028Reply-To: evil@evil.example\x85Reply-To: evil@evil.example",
)
"""What a stranger may type as a name, a subject, a file's name or a text, to have header lines of their own."""
