"""A relay that hands over each mail as it came, signed: `X-Frontdesk-Signature: sha256=<hex HMAC-SHA256 of the body>`."""

import hashlib
import hmac

from frontdesk.channels.email.account import EmailAccount
from frontdesk.channels.email.channel import Email
from frontdesk.channels.email.letter import Letterhead
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.request import Request
from frontdesk.errors import Unauthorized

SIGNATURE = "X-Frontdesk-Signature"


class CalledEmail(Email):
    def __init__(self, account: str, settings: EmailAccount, deps: ChannelDeps, head: Letterhead) -> None:
        super().__init__(account, settings, deps, head)
        self.webhook = self.source
        secret = settings.webhook_secret
        self._secret = secret.get_secret_value().encode() if secret else b""

    def verify(self, request: Request) -> None:
        given = request.header(SIGNATURE).encode("utf-8", "surrogatepass")
        if not self._secret or not hmac.compare_digest(given, signature(self._secret, request.body).encode()):
            raise Unauthorized(f"{SIGNATURE} is missing or wrong")


def signature(secret: bytes, body: bytes) -> str:
    """What the header has to say."""
    return "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
