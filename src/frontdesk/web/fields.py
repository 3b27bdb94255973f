"""Texts and names as callers may send them: cleaned of what cannot be kept, limited, never only blank."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from frontdesk.engine.mailer import ADDRESS
from frontdesk.errors import PayloadTooLarge
from frontdesk.kit.phones import e164
from frontdesk.kit.plain import plain
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName, Priority

MOST_CHARACTERS = 100_000
_LONGEST_PHONE = 100
_VISIBLE = r"[^\s\x00-\x1f\x7f]"


def _cleaned(value: Any) -> Any:
    """Raises `PayloadTooLarge`: a text that long is no slip of the keyboard, and has a status of its own."""
    if not isinstance(value, str):
        return value
    if len(value) > MOST_CHARACTERS:
        raise PayloadTooLarge(f"a text field takes {MOST_CHARACTERS:,} characters at most")
    return clean(value)


def _line(value: str) -> str:
    return " ".join(value.split())


def _as_phone(value: Any) -> Any:
    text = _cleaned(value)
    if not isinstance(text, str) or len(text) > _LONGEST_PHONE:
        return text
    return e164(text) or plain(text).text.strip()


_Clean = BeforeValidator(_cleaned)

Text = Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS, pattern=_VISIBLE), _Clean]
"""What somebody wrote: up to 100,000 characters, something visible among them."""
OptionalText = Annotated[str, Field(max_length=MOST_CHARACTERS), _Clean]
Subject = Annotated[str, Field(max_length=MOST_CHARACTERS), _Clean, AfterValidator(_line)]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=_VISIBLE), _Clean, AfterValidator(_line)]
Assignee = Annotated[
    str, Field(min_length=1, max_length=80, pattern=r"^[^\W_][\w .,'’@()+-]*$"), _Clean, AfterValidator(_line)
]
"""Who has a ticket, by name: letters, digits and what names are written with."""
Email = Annotated[str, Field(max_length=320, pattern=r"^[^@\s<>,;\"]+@[^@\s<>,;\"]+$"), _Clean]
GivenAddress = Annotated[str, Field(max_length=320), _Clean]
"""What somebody types where their address is asked for; whether it is one, nobody is told."""
MailAddress = Annotated[str, Field(max_length=320, pattern=f"^{ADDRESS.pattern}$"), _Clean]
"""An address that the desk itself sends mail to."""
Phone = Annotated[
    str, Field(max_length=40, pattern=r"^[+0-9() .-]*[0-9][+0-9() .-]*$"), BeforeValidator(_as_phone)
]
"""Taken in any notation and kept as E.164; what is no known number stays as it is."""
Locale = Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$"), _Clean]
Tag = Annotated[str, Field(min_length=1, max_length=60, pattern=_VISIBLE), _Clean, AfterValidator(_line)]

Channel = Annotated[
    ChannelName, WithJsonSchema({"type": "string", "enum": [*ChannelName, "chat"], "title": "Channel"})
]
"""The alias `chat` is accepted for `web_chat`, never produced."""
GivenPriority = Annotated[
    Priority,
    WithJsonSchema({"type": "string", "enum": [*Priority, "medium", "critical"], "title": "Priority"}),
]
"""The aliases `medium` (`normal`) and `critical` (`urgent`) are accepted, never produced."""

TicketName = Annotated[
    str,
    Path(description="A ticket's id, or its number for people (`T-000123`).", examples=["T-000001"]),
]
