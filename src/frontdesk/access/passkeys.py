"""Passkeys as a second factor (WebAuthn, level 2): the browser signs a challenge with a key that never leaves it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import webauthn
from psycopg.errors import UniqueViolation
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from frontdesk.access import one_time
from frontdesk.access.actor import Actor
from frontdesk.access.one_time import OneTimeToken, Purpose
from frontdesk.access.people import Person
from frontdesk.audit.act import AuditAction, Change, ObjectKind
from frontdesk.audit.door import record
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one
from frontdesk.errors import Conflict, NotFound, Unauthorized, ValidationFailed

MOST: Final = 20
"""Passkeys of a person."""
_ADDED: Final = "registration"
_USED: Final = "assertion"


@dataclass(frozen=True, slots=True)
class Site:
    """The desk as a browser knows it: its host name, and the origins of its pages."""

    host: str
    origins: Sequence[str]
    name: str


@dataclass(frozen=True, slots=True)
class Passkey:
    credential_id: bytes
    public_key: bytes
    sign_count: int
    name: str
    created_at: datetime
    used_at: datetime | None

    @property
    def passkey_id(self) -> str:
        return bytes_to_base64url(bytes(self.credential_id))


@dataclass(frozen=True, slots=True)
class Challenge:
    """`token` comes back with what the browser made of `options`."""

    token: str
    options: dict[str, Any]


async def of_person(conn: Connection, person_id: str) -> list[Passkey]:
    return await fetch_all(
        conn,
        Passkey,
        "select credential_id, public_key, sign_count, name, created_at, used_at from passkey"
        " where person_id = %s order by created_at",
        (person_id,),
    )


async def begin_adding(conn: Connection, person: Person, site: Site) -> Challenge:
    """Raises `Conflict` for a person with very many."""
    own = await of_person(conn, person.person_id)
    if len(own) >= MOST:
        raise Conflict(f"a person has {MOST} passkeys at most: remove one first")
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=person.person_id.encode(),
        user_name=person.email,
        user_display_name=person.name,
        exclude_credentials=_named(own),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return await _challenge(
        conn, person.person_id, _ADDED, options.challenge, webauthn.options_to_json(options)
    )


async def add(
    conn: Connection, by: Actor, token: str, credential: dict[str, Any], name: str, site: Site
) -> None:
    """Raises `Unauthorized` for a challenge that has ended, `ValidationFailed` for a credential that does not fit it."""
    challenge = await _use(conn, token, _ADDED, by.id)
    try:
        verified = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=list(site.origins),
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise ValidationFailed("the passkey does not fit this sign-in: begin again") from None
    try:
        async with conn.transaction():
            await execute(
                conn,
                "insert into passkey (credential_id, person_id, public_key, sign_count, name)"
                " values (%s, %s, %s, %s, %s)",
                (verified.credential_id, by.id, verified.credential_public_key, verified.sign_count, name),
            )
    except UniqueViolation:
        raise Conflict("this passkey is set up already") from None
    change = Change("factor", None, "passkey")
    await record(conn, by, AuditAction.PERSON_FACTOR_ADDED, ObjectKind.PERSON, by.id, [change])


async def begin_using(conn: Connection, person_id: str, site: Site) -> Challenge:
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        allow_credentials=_named(await of_person(conn, person_id)),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return await _challenge(conn, person_id, _USED, options.challenge, webauthn.options_to_json(options))


async def is_used(
    conn: Connection, person_id: str, token: str, credential: dict[str, Any], site: Site
) -> bool:
    """Whether one of this person's passkeys signed the challenge. Raises `Unauthorized` where that has ended."""
    challenge = await _use(conn, token, _USED, person_id)
    passkey = await _of_credential(conn, person_id, credential)
    if passkey is None:
        return False
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=list(site.origins),
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    await execute(
        conn,
        "update passkey set sign_count = %s, used_at = now() where credential_id = %s",
        (verified.new_sign_count, passkey.credential_id),
    )
    return True


async def remove(conn: Connection, by: Actor, person_id: str, passkey_id: str) -> None:
    """Raises `NotFound`."""
    passkey = await _of_credential(conn, person_id, {"id": passkey_id})
    if passkey is None:
        raise NotFound("there is no such passkey")
    await execute(conn, "delete from passkey where credential_id = %s", (passkey.credential_id,))
    await _note_removal(conn, by, person_id)


async def remove_all(conn: Connection, by: Actor, person_id: str) -> None:
    if await execute(conn, "delete from passkey where person_id = %s", (person_id,)):
        await _note_removal(conn, by, person_id)


async def _note_removal(conn: Connection, by: Actor, person_id: str) -> None:
    change = Change("factor", "passkey", None)
    await record(conn, by, AuditAction.PERSON_FACTOR_REMOVED, ObjectKind.PERSON, person_id, [change])


def _named(passkeys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=bytes(passkey.credential_id)) for passkey in passkeys]


async def _of_credential(conn: Connection, person_id: str, credential: dict[str, Any]) -> Passkey | None:
    try:
        credential_id = webauthn.base64url_to_bytes(str(credential.get("id", "")))
    except ValueError:
        return None
    return await fetch_one(
        conn,
        Passkey,
        "select credential_id, public_key, sign_count, name, created_at, used_at from passkey"
        " where person_id = %s and credential_id = %s",
        (person_id, credential_id),
    )


async def _challenge(conn: Connection, person_id: str, use: str, challenge: bytes, options: str) -> Challenge:
    data = {"use": use, "challenge": bytes_to_base64url(challenge)}
    token = await one_time.issue(conn, Purpose.PASSKEY, person_id, data)
    return Challenge(token, json.loads(options))


async def _use(conn: Connection, token: str, use: str, person_id: str) -> bytes:
    """The challenge, which no second answer may use."""
    kept: OneTimeToken = await one_time.use(conn, token, Purpose.PASSKEY)
    if kept.person_id != person_id or kept.data["use"] != use:
        raise Unauthorized("this challenge has ended: begin again")
    return webauthn.base64url_to_bytes(kept.data["challenge"])
