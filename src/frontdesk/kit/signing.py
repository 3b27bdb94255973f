"""Signed tokens for links, sessions and reply addresses: not encrypted, not forgeable."""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from frontdesk.errors import SetupError, Unauthorized

_LONGEST = 8_192


def sign(secret: bytes, purpose: str, payload: dict[str, Any], expires_at: datetime | None = None) -> str:
    """A URL-safe token; its payload is readable. `expires_at` must be aware."""
    until = None if expires_at is None else expires_at.astimezone(UTC).timestamp()
    body = json.dumps({"for": purpose, "until": until, "of": payload}, separators=(",", ":"), sort_keys=True)
    encoded = _encode(body.encode())
    return f"{encoded}.{_seal(secret, encoded)}"


def verify(secret: bytes, purpose: str, token: str, now: datetime | None = None) -> dict[str, Any]:
    """The payload; raises `Unauthorized` for a token that is forged, damaged, expired or for another purpose."""
    encoded, dot, seal = token.partition(".")
    if not dot or len(token) > _LONGEST or not token.isascii():
        raise Unauthorized("the link or token is not valid")
    # Compared in encoded form, so that a seal has only one valid spelling.
    if not hmac.compare_digest(seal, _seal(secret, encoded)):
        raise Unauthorized("the link or token is not valid")
    body = _decode(encoded)
    if not hmac.compare_digest(str(body["for"]).encode(), purpose.encode()):
        raise Unauthorized("the link or token is not valid")
    moment = (now or datetime.now(UTC)).timestamp()
    if body["until"] is not None and moment >= body["until"]:
        raise Unauthorized("the link or token has expired")
    payload: dict[str, Any] = body["of"]
    return payload


def _seal(secret: bytes, encoded: str) -> str:
    if not secret:
        raise SetupError("SECRET_KEY is empty: nothing can be signed")
    return _encode(hmac.new(secret, encoded.encode(), hashlib.sha256).digest())


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(encoded: str) -> dict[str, Any]:
    try:
        body: dict[str, Any] = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (binascii.Error, ValueError) as error:
        raise Unauthorized("the link or token is not valid") from error
    return body
