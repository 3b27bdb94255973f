"""Writes messages by the standard library, to be read back."""

from email.message import EmailMessage
from email.policy import SMTP

DESK = "help@shop.example"
CUSTOMER = "anna@user.example"


def letter(text: str = "Где мой заказ?", **headers: str) -> EmailMessage:
    """A letter to the desk; `list_id` becomes the header `List-Id`."""
    message = EmailMessage(policy=SMTP)
    fields = {"from": CUSTOMER, "to": DESK, "subject": "Заказ", "message_id": "<m1@user.example>"} | headers
    for name, value in fields.items():
        message[name.replace("_", "-").title()] = value
    message.set_content(text)
    return message


def html_only(html: str) -> bytes:
    return b"From: anna@user.example\nContent-Type: text/html; charset=utf-8\n\n" + html.encode()


def raw(headers: str, body: str | bytes = "") -> bytes:
    data = body.encode() if isinstance(body, str) else body
    return headers.strip().encode() + b"\n\n" + data
