"""What Meta's webhooks (WhatsApp, Instagram) have in common: the signature and the handshake."""

import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from frontdesk.channels.request import Reply, Request
from frontdesk.errors import BadRequest, Unauthorized

SIGNATURE = "X-Hub-Signature-256"
DELIVERY_BYTES = 4 * 1024 * 1024
"""Meta sends at most 3 MB."""


def verify_signature(request: Request, app_secrets: Sequence[str]) -> None:
    """Over the raw bytes, by one of the secrets; raises `Unauthorized`."""
    given = request.header(SIGNATURE).encode()
    good = [
        hmac.compare_digest(given, b"sha256=" + _digest(secret, request.body))
        for secret in app_secrets
        if secret
    ]
    if not any(good):
        raise Unauthorized(f"{SIGNATURE} is missing or wrong")


def sign(app_secret: str, body: bytes) -> str:
    """The header as Meta sends it."""
    return "sha256=" + _digest(app_secret, body).decode()


def answer_handshake(request: Request, verify_token: str) -> Reply:
    """Meta's GET before it calls. Raises `Unauthorized` for a wrong token, `BadRequest` without a challenge."""
    query = parse_qs(urlsplit(request.url).query)

    def of(name: str) -> str:
        return query.get(f"hub.{name}", [""])[0]

    given = of("verify_token").encode("utf-8", "surrogatepass")
    if not verify_token or not hmac.compare_digest(given, verify_token.encode()):
        raise Unauthorized("hub.verify_token is wrong")
    if of("mode") != "subscribe" or not of("challenge"):
        raise BadRequest("hub.mode or hub.challenge is missing")
    return Reply(of("challenge").encode("utf-8", "surrogatepass"))


def _digest(secret: str, body: bytes) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()
