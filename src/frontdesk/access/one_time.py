"""One-time tokens: links that make the first admin, invite, reset a password or sign in, and challenges.

The token is random and shown once; the database has its hash. Each works once, until it ends.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from psycopg.types.json import Jsonb

from frontdesk.access.secrets import hash_of, new_secret
from frontdesk.db.pool import Connection, execute, fetch_one, fetch_value
from frontdesk.errors import Unauthorized


class Purpose(StrEnum):
    FIRST_ADMIN = "first_admin"
    """Its holder makes the desk's first admin."""
    INVITATION = "invitation"
    """An invited person sets their password."""
    RESET = "reset"
    """A person who lost their password sets another."""
    SIGN_IN = "sign_in"
    """Signs a person in: printed by the demo at the desk's own machine."""
    SECOND_FACTOR = "second_factor"
    """A right password was given; the second factor is awaited."""
    TOTP = "totp"
    """A person sets up an authenticator app; the app's first code is awaited."""
    PASSKEY = "passkey"
    """The challenge of a passkey that is added or used."""
    OIDC = "oidc"
    """The state of a sign-in that the identity provider has now."""


LIFETIMES = {
    Purpose.FIRST_ADMIN: timedelta(days=1),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.RESET: timedelta(hours=1),
    Purpose.SIGN_IN: timedelta(hours=12),
    Purpose.SECOND_FACTOR: timedelta(minutes=5),
    Purpose.TOTP: timedelta(minutes=15),
    Purpose.PASSKEY: timedelta(minutes=5),
    Purpose.OIDC: timedelta(minutes=10),
}


@dataclass(frozen=True, slots=True)
class OneTimeToken:
    purpose: str
    person_id: str | None
    data: dict[str, Any]


async def issue(
    conn: Connection, purpose: Purpose, person_id: str | None = None, data: dict[str, Any] | None = None
) -> str:
    """The token; others for the same purpose stay good until one of them is used."""
    token = new_secret()
    await keep(conn, token, purpose, data or {}, person_id)
    return token


async def keep(
    conn: Connection, token: str, purpose: Purpose, data: dict[str, Any], person_id: str | None = None
) -> None:
    """A token that the caller made with `new_secret`, where others had to know it first."""
    await execute(
        conn,
        "insert into one_time_token (token_hash, purpose, person_id, data, expires_at)"
        " values (%s, %s, %s, %s, now() + %s)",
        (hash_of(token), purpose, person_id, Jsonb(data), LIFETIMES[purpose]),
    )


async def issued(conn: Connection, purpose: Purpose, person_id: str) -> int:
    """How many of a person's tokens for this purpose could still be used."""
    query = (
        "select count(*) from one_time_token where purpose = %s and person_id = %s"
        " and used_at is null and expires_at > now()"
    )
    return int(await fetch_value(conn, query, (purpose, person_id)))


def public_id(token: str) -> str:
    """A name for the token that gives nothing of it away."""
    return hash_of(token)[:32]


async def look(conn: Connection, token: str, *purposes: Purpose) -> OneTimeToken:
    """What the token is for; it stays usable. Raises `Unauthorized` as `use` does."""
    waiting = await fetch_one(
        conn, OneTimeToken, _FIND + " and used_at is null", (hash_of(token), [str(p) for p in purposes])
    )
    if waiting is None:
        raise Unauthorized(_REFUSED)
    return waiting


async def use(conn: Connection, token: str, *purposes: Purpose) -> OneTimeToken:
    """Raises `Unauthorized` for a token that is unknown, used, ended or for another purpose: nobody learns which."""
    used = await fetch_one(
        conn,
        OneTimeToken,
        "update one_time_token set used_at = now() where token_hash = %s and purpose = any(%s)"
        " and expires_at > now() and used_at is null returning purpose, person_id, data",
        (hash_of(token), [str(purpose) for purpose in purposes]),
    )
    if used is None:
        raise Unauthorized(_REFUSED)
    if used.person_id is not None:
        await execute(
            conn,
            "delete from one_time_token where person_id = %s and purpose = %s and used_at is null",
            (used.person_id, used.purpose),
        )
    return used


_FIND = (
    "select purpose, person_id, data from one_time_token"
    " where token_hash = %s and purpose = any(%s) and expires_at > now()"
)
_REFUSED = "this link was used or has ended: ask for a new one"
