"""Tokens of an identity provider that must not be believed, whoever made them."""

import hashlib
import hmac
import json
import time
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from frontdesk.access.oidc import Provider, provider_of, require_private
from frontdesk.access.roles import Role
from frontdesk.errors import SetupError, Unauthorized
from tests.ground import settings_on

ISSUER, CLIENT = "https://id.example", "frontdesk"
KEY = RSAKey.generate_key(2048, {"kid": "own"}, private=True)
OTHER = RSAKey.generate_key(2048, {"kid": "own"}, private=True)


class Scripted(Provider):
    async def _ask(self, method: str, address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        """The provider's documents, without a network."""
        if address.endswith("jwks"):
            return dict(KeySet([KEY]).as_dict(private=False))
        ends = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint")}
        return {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/jwks", **ends}


def _provider() -> Scripted:
    return Scripted(
        ISSUER, CLIENT, "secret", "groups", {"support": Role.MANAGER}, "https://desk.example/back"
    )


def _claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": ISSUER, "aud": CLIENT, "sub": "17", "exp": now + 300, "iat": now, "nonce": "n",
        "email": "dana@desk.example", "email_verified": True, **changes,
    }  # fmt: skip


async def test_a_right_token_is_believed() -> None:
    token = jwt.encode({"alg": "RS256", "kid": "own"}, _claims(groups=["support", 7]), KEY)
    identity = _provider()._identity(await _provider()._claims(token, "n"))
    assert (identity.subject, identity.role, identity.name) == (f"{ISSUER}|17", Role.MANAGER, "dana")


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://evil.example"},
        {"aud": "another client"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"aud": [CLIENT, "another"]},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": "never"},
        {"sub": None},
    ],
)
async def test_claims_that_are_not_for_this_sign_in(changes: dict[str, Any]) -> None:
    token = jwt.encode({"alg": "RS256", "kid": "own"}, _claims(**changes), KEY)
    with pytest.raises(Unauthorized):
        await _provider()._claims(token, "n")


async def test_signatures_that_are_not_the_providers() -> None:
    tokens = [
        jwt.encode({"alg": "RS256", "kid": "own"}, _claims(), OTHER),
        jwt.encode({"alg": "ES256", "kid": "own"}, _claims(), ECKey.generate_key("P-256", private=True)),
        _signed_with_the_public_key(),
        jwt.encode({"alg": "HS256", "kid": "own"}, _claims(), OctKey.import_key(b"secret")),
        "eyJhbGciOiJub25lIn0.e30.",
        "",
        "a.b.c",
        "x" * 100_000,
    ]
    for token in tokens:
        with pytest.raises(Unauthorized):
            await _provider()._claims(token, "n")


def _signed_with_the_public_key() -> str:
    """HS256 with what everybody knows; no library helps with that any more."""
    parts = [{"alg": "HS256", "kid": "own"}, _claims()]
    body = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    seal = hmac.new(KEY.as_pem(private=False), body, hashlib.sha256).digest()
    return (body + b"." + urlsafe_b64encode(seal).rstrip(b"=")).decode()


@pytest.mark.parametrize("claims", [{"email": None}, {"email": 7}, {"sub": 17}])
async def test_identities_without_what_the_desk_needs(claims: dict[str, Any]) -> None:
    with pytest.raises(Unauthorized):
        _provider()._identity(_claims(**claims))


@pytest.mark.parametrize(
    "address", ["http://id.example", "ftp://id.example", "id.example", "file:///etc/passwd"]
)
def test_tokens_travel_by_https_alone(address: str) -> None:
    with pytest.raises(SetupError):
        require_private(address)


def test_a_half_set_provider_is_refused_at_the_start(tmp_path: Any) -> None:
    assert provider_of(settings_on("", tmp_path)) is None
    with pytest.raises(SetupError, match="OIDC_CLIENT_ID"):
        provider_of(settings_on("", tmp_path, oidc_issuer=ISSUER))
