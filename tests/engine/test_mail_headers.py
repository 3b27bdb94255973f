"""Nothing that a stranger types becomes a header line of an e-mail, over SMTP, to the byte."""

from typing import Any

import pytest

from frontdesk.engine.mailer import MailFile, SmtpMailer
from frontdesk.errors import SendRefused
from tests.engine.smtp import HIDDEN_LINES, MAIL, Inbox, like


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
