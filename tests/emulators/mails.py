"""Mails as customers' programs write them, and as a relay hands them over."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from frontdesk.channels.email.webhook import SIGNATURE, signature
from frontdesk.channels.request import Request

ADDRESS = "support@shop.example"
SECRET = "relay-secret-0123456789"
URL = "https://desk.example/webhooks/email/default"
DATE = "Fri, 20 Nov 2026 10:00:00 +0500"


def mail(
    text: str,
    n: int = 1,
    peer: str = "ann",
    *,
    answers: str = "",
    references: Sequence[str] = (),
    files: Sequence[tuple[str, str, bytes]] = (),
    to: str = ADDRESS,
    **headers: str,
) -> bytes:
    """The n-th mail of this peer; in the names of further headers `_` stands for `-`."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=900))
    given = {
        "From": f"Ann Lee <{peer}@mail.example>",
        "To": to,
        "Subject": "Where is my order",
        "Date": DATE,
        "Message-Id": f"<{peer}-{n}@mail.example>",
    }
    if answers:
        given |= {"In-Reply-To": answers, "References": " ".join([*references, answers])}
    for name, value in (
        given | {name.replace("_", "-").title(): value for name, value in headers.items()}
    ).items():
        if value:
            message[name] = value
    message.set_content(text, cte="base64")
    for filename, content_type, data in files:
        maintype, _, subtype = content_type.partition("/")
        message.add_attachment(data, maintype, subtype, filename=filename)
    return message.as_bytes()


def bounce(message_id: str, recipient: str = "ann@mail.example", status: str = "5.1.1") -> bytes:
    """What a mail server says of a mail that nobody took."""
    action = "failed" if status.startswith("5") else "delayed"
    return (
        "From: MAILER-DAEMON@mx.mail.example\r\nReturn-Path: <>\r\n"
        f"To: {ADDRESS}\r\nSubject: Undelivered Mail Returned to Sender\r\nDate: {DATE}\r\n"
        f"Message-ID: <{status}-{recipient}@mx.mail.example>\r\nAuto-Submitted: auto-replied\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="=_b"\r\n\r\n'
        "--=_b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        "--=_b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.mail.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n"
        "--=_b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {message_id}\r\nFrom: {ADDRESS}\r\nTo: {recipient}\r\nSubject: Re: Where is my order\r\n\r\n"
        "--=_b--\r\n"
    ).encode()


def relayed(body: bytes) -> Request:
    headers = {SIGNATURE: signature(SECRET.encode(), body), "Content-Type": "message/rfc822"}
    return Request("POST", URL, headers, body)


def variables(**more: Any) -> dict[str, str]:
    """Those of an account that a relay hands mail to."""
    return {"EMAIL_ADDRESS": ADDRESS, "EMAIL_WEBHOOK_SECRET": SECRET} | more
