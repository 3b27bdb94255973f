"""Fields of the machine-readable parts of reports."""

import re

from frontdesk.mail.addresses import normal
from frontdesk.mail.headers import ids
from frontdesk.mail.message import ReadMail

Fields = dict[str, str]

_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:[ \t]*(.*)$")
_ORIGINAL = re.compile(
    r"^[> \t]{0,10}(?:message-id|ид сообщения)[ \t]*+:[ \t]*+\n?[ \t]*+(<[^\s<>]{3,300}>)", re.I | re.M
)
_RETURNED = ("text/rfc822-headers", "message/rfc822", "message/global", "message/global-headers")
_MOST_LINES = 2_000


def groups(text: str) -> list[Fields]:
    """Groups of fields between empty lines, folded lines joined, names in lower case."""
    every: list[Fields] = [{}]
    name = ""
    for line in text.split("\n")[:_MOST_LINES]:
        if not line.strip():
            every.append({})
            name = ""
        elif line[0] in " \t" and name:
            every[-1][name] = f"{every[-1][name]} {line.strip()}"[:2_000]
        elif match := _FIELD.match(line):
            name = match[1].lower()
            every[-1].setdefault(name, match[2].strip()[:2_000])
    return [fields for fields in every if fields]


def first(mail: ReadMail, kind: str) -> Fields | None:
    """The fields of the first part `message/KIND`; None where the report has none."""
    for report in mail.reports:
        if report.content_type in (f"message/{kind}", f"message/global-{kind}"):
            merged: Fields = {}
            for fields in groups(report.text):
                merged = fields | merged
            return merged
    return None


def address_of(fields: Fields, *names: str) -> str:
    """The address of the first of these fields; `rfc822; anna@example.com` and comments are undone."""
    for name in names:
        value = fields.get(name, "").rpartition(";")[2]
        address = normal(re.sub(r"\([^()]*\)", "", value).strip().strip("<>"))
        if address:
            return address
    return ""


def message_id_of(fields: Fields) -> str:
    return next(iter(ids(fields.get("original-message-id", ""))), "")


def returned_id(mail: ReadMail) -> str:
    """The Message-ID of the message that a report returns, in whole or its headers alone."""
    for report in mail.reports:
        if report.content_type in _RETURNED:
            for fields in groups(report.text)[:1]:
                if message_ids := ids(fields.get("message-id", "")):
                    return message_ids[0]
    return ""


def quoted_id(text: str) -> str:
    """The Message-ID of a message that is quoted in a text."""
    match = _ORIGINAL.search(text[:200_000])
    return match[1] if match else ""
