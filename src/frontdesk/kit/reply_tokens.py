"""Signed tokens by which a mail proves what it answers: in addresses, Message-IDs and texts.

They are lower case and short enough for the local part of an address, for some mail servers lower it.
"""

import base64
import hashlib
import hmac
import re
import uuid
from dataclasses import dataclass
from enum import StrEnum

_MAC_BYTES = 10
_LENGTH = 44
"""Of a kind, an id and a MAC, in base 32."""
_TOKEN = re.compile(rf"(?<![a-z2-7])[a-z2-7]{{{_LENGTH}}}(?![a-z2-7])", re.IGNORECASE)
_MOST = 50
"""So many candidates of one text are looked at."""
LOCAL_PART = 64
"""Characters of an address before its `@`, at most."""


class Answers(StrEnum):
    """What a mail is an answer to."""

    CONVERSATION = "c"
    ESCALATION = "e"


@dataclass(frozen=True, slots=True)
class Answered:
    kind: Answers
    id: str


@dataclass(frozen=True, slots=True, repr=False)
class ReplyTokens:
    secret: bytes

    def token(self, kind: Answers, id: str) -> str:
        """`id` is a UUID."""
        named = kind.encode() + uuid.UUID(id).bytes
        return base64.b32encode(named + self._mac(named)).decode().rstrip("=").lower()

    def plus_address(self, address: str, token: str) -> str | None:
        """`desk+<token>@shop.example`; None where that would be too long for an address."""
        local, _, domain = address.rpartition("@")
        named = f"{local}+{token}"
        return f"{named}@{domain}" if len(named) <= LOCAL_PART else None

    def read(self, token: str) -> Answered | None:
        """None for what is forged or damaged."""
        if len(token) != _LENGTH:
            return None
        try:
            whole = base64.b32decode(token.upper() + "=" * (-_LENGTH % 8))
            kind = Answers(whole[:1].decode())
        except ValueError:
            return None
        named, mac = whole[:-_MAC_BYTES], whole[-_MAC_BYTES:]
        # A last letter has bits that say nothing: a token has one spelling.
        if not hmac.compare_digest(mac, self._mac(named)) or self.token(kind, _uuid(named)) != token.lower():
            return None
        return Answered(kind, _uuid(named))

    def find(self, text: str) -> Answered | None:
        """The first genuine token of a text."""
        for count, candidate in enumerate(_TOKEN.finditer(text)):
            if count >= _MOST:
                return None
            if (answered := self.read(candidate[0])) is not None:
                return answered
        return None

    def _mac(self, named: bytes) -> bytes:
        return hmac.new(self.secret, b"reply/1/" + named, hashlib.sha256).digest()[:_MAC_BYTES]


def _uuid(named: bytes) -> str:
    return str(uuid.UUID(bytes=named[1:]))
