"""Single sign-on: OpenID Connect Core 1.0, authorization code flow with PKCE (RFC 7636), state and nonce."""

import asyncio
import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx2
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from frontdesk.access.roles import Role
from frontdesk.access.secrets import new_secret
from frontdesk.errors import SetupError, Unauthorized, Unavailable
from frontdesk.settings import Settings

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""Signatures with a public key alone: a shared secret or `none` is never accepted, whatever a token says."""
_KEPT: Final = timedelta(hours=1)
_LARGEST: Final = 1_000_000
_TIMEOUT: Final = 10.0
_LEEWAY: Final = 60
_NEEDED: Final = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")

_log = structlog.get_logger("frontdesk.access")


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that the provider has now; `address` is where the browser goes."""

    address: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for. `subject` is unique over all providers."""

    subject: str
    email: str
    email_verified: bool
    name: str
    role: Role | None
    """By the groups, None where none of them gives a role."""


@dataclass(slots=True)
class _Kept:
    at: float = -1e9
    content: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Provider:
    """One identity provider, whose documents are fetched when they are first needed and kept for an hour."""

    issuer: str
    client_id: str
    client_secret: str
    groups_claim: str
    roles: Mapping[str, Role]
    redirect_uri: str
    _about: _Kept = field(default_factory=_Kept)
    _keys: _Kept = field(default_factory=_Kept)
    _fetching: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def begin(self, state: str) -> Begun:
        """Raises `Unavailable` where the provider cannot be asked."""
        about = await self._discovered()
        nonce, verifier = new_secret(), new_secret()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        address = about["authorization_endpoint"]
        return Begun(f"{address}{'&' if '?' in address else '?'}{urlencode(query)}", nonce, verifier)

    async def finish(self, code: str, verifier: str, nonce: str) -> Identity:
        """Raises `Unauthorized` for whatever the provider does not vouch for, `Unavailable` where it cannot be asked."""
        about = await self._discovered()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
        }
        answer = await self._ask("POST", about["token_endpoint"], form)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise Unauthorized(_REFUSED)
        return self._identity(await self._claims(token, nonce))

    async def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        expected = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        for anew in (False, True):  # a key that is not known yet may be new
            keys = await self._key_set(anew=anew)
            try:
                claims = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
                expected.validate(claims)
            except (JoseError, ValueError) as error:
                _log.warning("oidc_token_refused", error=type(error).__name__)
                continue
            audience = claims["aud"]
            if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != self.client_id:
                break
            return dict(claims)
        raise Unauthorized(_REFUSED)

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        email, groups = claims.get("email"), claims.get(self.groups_claim)
        if not isinstance(email, str) or not isinstance(claims["sub"], str):
            raise Unauthorized(
                "the identity provider told no e-mail address: the client needs the scope email"
            )
        names = [group for group in groups if isinstance(group, str)] if isinstance(groups, list) else []
        given = {self.roles[name] for name in names if name in self.roles}
        name = claims.get("name")
        return Identity(
            f"{self.issuer}|{claims['sub']}",
            email,
            claims.get("email_verified") is True,
            name if isinstance(name, str) and name.strip() else email.partition("@")[0],
            next((role for role in Role if role in given), None),
        )

    async def _discovered(self) -> dict[str, Any]:
        address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        about = await self._fetched(self._about, address)
        if any(not isinstance(about.get(name), str) for name in _NEEDED):
            raise Unavailable("the identity provider does not describe itself as OpenID Connect asks")
        if not hmac.compare_digest(about["issuer"].encode(), self.issuer.encode()):
            raise Unavailable("the identity provider calls itself by another name than OIDC_ISSUER")
        return about

    async def _key_set(self, *, anew: bool) -> KeySet:
        if anew:
            self._keys.at = -1e9
        about = await self._discovered()
        content = await self._fetched(self._keys, about["jwks_uri"])
        try:
            return KeySet.import_key_set(content)  # type: ignore[arg-type]  # its form is checked by the library
        except (JoseError, ValueError, KeyError, TypeError):
            raise Unavailable("the identity provider's keys cannot be read") from None

    async def _fetched(self, kept: _Kept, address: str) -> dict[str, Any]:
        async with self._fetching:
            if time.monotonic() - kept.at > _KEPT.total_seconds():
                kept.content, kept.at = await self._ask("GET", address), time.monotonic()
            return kept.content

    async def _ask(self, method: str, address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        """JSON of the provider. Raises `Unauthorized` where it refuses, `Unavailable` where it does not answer."""
        require_private(address)
        login = httpx2.BasicAuth(self.client_id, self.client_secret) if form is not None else None
        try:
            async with (
                httpx2.AsyncClient(timeout=_TIMEOUT, follow_redirects=False) as client,
                client.stream(method, address, data=form, auth=login) as answer,
            ):
                body = bytearray()
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > _LARGEST:
                        raise Unavailable("the identity provider's answer is too large")
                status = answer.status_code
            content = httpx2.Response(status, content=bytes(body)).json()
        except (httpx2.HTTPError, ValueError) as error:
            _log.warning("oidc_unreachable", error=type(error).__name__)
            raise Unavailable("the identity provider cannot be reached") from None
        if 400 <= status < 500 and form is not None:
            raise Unauthorized(_REFUSED)
        if status != 200 or not isinstance(content, dict):
            raise Unavailable("the identity provider does not answer as it should")
        return content


_REFUSED = "the identity provider did not sign you in: try again"


def require_private(address: str) -> None:
    """Raises `SetupError` for an address by which tokens would travel in the clear."""
    parts = urlsplit(address)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise SetupError(f"OIDC: {parts.scheme or 'an address without scheme'} is not https")


def provider_of(settings: Settings) -> Provider | None:
    """None without `OIDC_ISSUER`. Raises `SetupError` for a half-set provider."""
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client_id or settings.oidc_client_secret is None:
        raise SetupError("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it")
    require_private(settings.oidc_issuer)
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
        settings.oidc_groups_claim,
        {group: Role(role) for group, role in settings.oidc_roles.items()},
        f"{settings.base_url}/api/v1/auth/oidc/callback",
    )
