"""Nothing that a stranger types becomes a header line of an e-mail, over SMTP, to the byte."""

from typing import Any

import pytest

from frontdesk.engine.mailer import MailFile, SmtpMailer
from frontdesk.errors import SendRefused
from tests.engine.smtp import MAIL, Inbox, like

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


@pytest.mark.parametrize("typed", HIDDEN_LINES)
@pytest.mark.parametrize("field", ["sender", "to", "subject", "header", "filename", "text", "html"])
async def test_no_field_of_a_stranger_becomes_a_header_line_or_a_body(
    inbox: Inbox, mailer: SmtpMailer, field: str, typed: str
) -> None:
    names = {"sender": "desk@desk.example", "to": "manager@desk.example"}
    if field in names:
        quoted = typed.replace("\r", " ").replace("\n", " ").replace('"', "")
        changes: dict[str, Any] = {field: f'"{quoted}" <{names[field]}>'}
    elif field == "header":
        changes = {"headers": {"Auto-Submitted": "auto-generated", "X-Subject": typed}}
    elif field == "filename":
        changes = {"attachments": (MailFile(typed, "application/pdf", b"%PDF"),)}
    else:
        changes = {field: typed}
    plain = like(MAIL, headers={"Auto-Submitted": "auto-generated", "X-Subject": "x"})
    try:
        await mailer.send(like(plain, **changes))
    except SendRefused:
        return  # what cannot be a header at all is not sent
    content = inbox.kept[0].content
    assert isinstance(content, bytes)
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    assert not [line for line in lines if line.lower().startswith(b"reply-to")]
    received = inbox.read()
    assert received["Reply-To"] is None
    assert received["Auto-Submitted"] == "auto-generated"
    text = received.get_body(("plain",))
    assert text is not None
    assert field == "text" or "жалғыз нүкте" in text.get_content()
