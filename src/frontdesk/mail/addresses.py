"""Addresses of headers: names, groups, comments and mistakes."""

import re

from frontdesk.mail import limits
from frontdesk.mail.message import MailAddress
from frontdesk.mail.words import decode_words

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]{1,256}@[^\s<>()\[\],;:\"@]{1,255}")
_QUOTED_LOCAL = re.compile(r'"[^"\r\n]{1,100}"@[^\s<>()\[\],;:"@]{1,255}')


def addresses(header: str) -> tuple[MailAddress, ...]:
    """Those of a header whose encoded words are still encoded, so that no name can hide a comma or a bracket."""
    read = (_address(entry) for entry in _entries(header))
    return tuple(entry for entry in read if entry.address or entry.name)[: limits.ADDRESSES]


def normal(address: str) -> str:
    """An address with its domain in lower case."""
    local, _, domain = address.strip().strip("<>").strip().rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}" if local else ""


def _entries(header: str) -> list[str]:
    """Cut at commas and semicolons that stand outside of quotes, comments and angle brackets."""
    entries: list[str] = []
    piece: list[str] = []
    quoted = escaped = False
    comments = angles = 0
    for sign in header[: limits.HEADER]:
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == '"' and not comments:
            quoted = not quoted
        elif not quoted and sign in "()":
            comments = max(0, comments + (1 if sign == "(" else -1))
        elif not quoted and not comments and sign in "<>":
            angles = 1 if sign == "<" else 0
        elif not quoted and not comments and not angles and sign in ",;":
            entries.append("".join(piece))
            piece = []
            continue
        elif not quoted and not comments and not angles and sign == ":":
            piece = []  # the name of a group
            continue
        piece.append(sign)
    return [*entries, "".join(piece)]


def _address(entry: str) -> MailAddress:
    bracket = entry.rfind("<")
    if bracket >= 0:
        inner = _uncommented(entry[bracket + 1 :].partition(">")[0])
        # `<@relay:anna@example.com>` is a route of old.
        inner = inner.rpartition(":")[2] if inner.startswith("@") else inner
        address = _first_address(inner.replace(" ", "")) or _first_address(inner)
        return MailAddress(normal(address), _name(entry[:bracket]))
    bare = _uncommented(entry)
    address = _first_address(bare) or _first_address(bare.replace(" ", ""))
    rest = entry.replace(address, " ", 1) if address else entry
    comment = re.search(r"\(([^()]{1,300})\)", rest)
    return MailAddress(normal(address), _name(comment[1] if comment else rest))


def _uncommented(text: str) -> str:
    return re.sub(r"\([^()]{0,300}\)", "", text) if "(" in text else text


def _first_address(text: str) -> str:
    plain = _ADDRESS.search(text)
    quoted = _QUOTED_LOCAL.search(text) if '"' in text else None
    match = quoted or plain
    return match.group() if match else ""


def _name(text: str) -> str:
    stripped = re.sub(r"\\(.)", r"\1", text.strip())
    if len(stripped) > 1 and stripped[0] == stripped[-1] == '"':
        stripped = stripped[1:-1]
    name = decode_words(stripped.replace('"', "")).strip()
    # Outlook and some web mailers wrap a name in single quotes.
    if len(name) > 2 and name[0] == name[-1] == "'":
        name = name[1:-1]
    return " ".join(name.split())[:300]
