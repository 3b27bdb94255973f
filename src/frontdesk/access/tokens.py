"""The short-lived token of a signed-in person (JWT, RFC 7519, HS256), and the token against forged requests."""

import hashlib
import hmac
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from frontdesk.errors import Unauthorized

LIFETIME: Final = timedelta(minutes=10)
_ISSUER: Final = "frontdesk"
_ALGORITHM: Final = "HS256"
_LONGEST: Final = 2_000
_CLAIMS = jwt.JWTClaimsRegistry(
    iss={"essential": True, "value": _ISSUER}, exp={"essential": True}, sid={"essential": True}
)


@dataclass(frozen=True, slots=True, repr=False)
class AccessTokens:
    """Signs and reads tokens with one key; only its own algorithm is accepted, whatever a token says."""

    key: bytes

    def issue(self, session_id: str, person_id: str) -> str:
        now = int(time.time())
        claims = {
            "iss": _ISSUER,
            "sub": person_id,
            "sid": session_id,
            "iat": now,
            "exp": now + int(LIFETIME.total_seconds()),
        }
        return jwt.encode({"alg": _ALGORITHM}, claims, self._signing_key)

    def session_of(self, token: str) -> str:
        """The session that the token is of. Raises `Unauthorized` for one that is forged, changed or has ended."""
        if len(token) > _LONGEST:
            raise Unauthorized(_REFUSED)
        try:
            claims = jwt.decode(token, self._signing_key, algorithms=[_ALGORITHM]).claims
            _CLAIMS.validate(claims)
        except (JoseError, ValueError):
            raise Unauthorized(_REFUSED) from None
        session_id = claims["sid"]
        if not isinstance(session_id, str):
            raise Unauthorized(_REFUSED)
        return session_id

    def csrf(self, session_id: str) -> str:
        """What a page of the desk sends with each write: other sites' pages cannot read it."""
        return hmac.new(self.key, f"csrf:{session_id}".encode(), hashlib.sha256).hexdigest()

    @property
    def _signing_key(self) -> OctKey:
        return OctKey.import_key(self.key)


_REFUSED = "the sign-in has ended: sign in again"
