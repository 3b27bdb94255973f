"""Codes of authenticator apps (TOTP, RFC 6238): the secret is encrypted, and each code works once."""

import base64
import time
from dataclasses import dataclass
from typing import Final

import pyotp
from cryptography.fernet import Fernet, InvalidToken

from frontdesk.access import one_time
from frontdesk.access.actor import Actor
from frontdesk.access.one_time import Purpose
from frontdesk.audit.act import AuditAction, Change, ObjectKind
from frontdesk.audit.door import record
from frontdesk.db.pool import Connection, execute, fetch_value
from frontdesk.errors import Conflict, SetupError, Unauthorized, ValidationFailed

STEP_SECONDS: Final = 30
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True, repr=False)
class Totp:
    """`key`: 32 bytes that encrypt the secrets."""

    key: bytes

    def new_secret(self) -> str:
        return pyotp.random_base32()

    def sealed(self, secret: str) -> bytes:
        return self._fernet.encrypt(secret.encode())

    def opened(self, sealed: bytes) -> str:
        """Raises `SetupError` where `SECRET_KEY` is another one by now."""
        try:
            return self._fernet.decrypt(bytes(sealed)).decode()
        except InvalidToken:
            raise SetupError("SECRET_KEY has changed: second factors must be set up anew") from None

    @property
    def _fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self.key))


def uri(secret: str, email: str, desk_name: str) -> str:
    """What an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=desk_name)


def step_of(secret: str, code: str, now: float | None = None) -> int | None:
    """The time step whose code this is, one step early or late at most; None for a wrong code."""
    code = "".join(code.split())
    if len(code) != _DIGITS or not (code.isascii() and code.isdigit()):
        return None
    current = int((time.time() if now is None else now) // STEP_SECONDS)
    generator = pyotp.TOTP(secret)
    for step in (current, current - 1, current + 1):
        if pyotp.utils.strings_equal(generator.generate_otp(step), code):
            return step
    return None


async def is_code(conn: Connection, totp: Totp, person_id: str, code: str) -> bool:
    """Whether it is a code of this person that was not used before."""
    sealed = await fetch_value(conn, "select totp_key from person where person_id = %s", (person_id,))
    if sealed is None:
        return False
    step = step_of(totp.opened(sealed), code)
    if step is None:
        return False
    fresh = await execute(
        conn,
        "update person set totp_step = %(step)s where person_id = %(person_id)s"
        " and coalesce(totp_step < %(step)s, true)",
        {"step": step, "person_id": person_id},
    )
    return bool(fresh)


async def begin(conn: Connection, totp: Totp, person_id: str, secret: str) -> str:
    """A token that comes back with the app's first code: the secret counts for nothing until then."""
    sealed = totp.sealed(secret).decode()
    return await one_time.issue(conn, Purpose.TOTP, person_id, {"sealed": sealed})


async def set_up(conn: Connection, totp: Totp, by: Actor, setup: str, code: str) -> None:
    """The person's app from now on. Raises `ValidationFailed` for a code that is not the app's, `Conflict` for
    a second app, `Unauthorized` for a set-up that has ended or is another person's."""
    begun = await one_time.look(conn, setup, Purpose.TOTP)
    if begun.person_id != by.id:
        raise Unauthorized("this set-up has ended: begin again")
    sealed = begun.data["sealed"].encode()
    step = step_of(totp.opened(sealed), code)
    if step is None:
        raise ValidationFailed("this is not the code that the app shows now")
    await one_time.use(conn, setup, Purpose.TOTP)
    changed = await execute(
        conn,
        "update person set totp_key = %s, totp_step = %s where person_id = %s and totp_key is null",
        (sealed, step, by.id),
    )
    if not changed:
        raise Conflict("an authenticator app is set up already: remove it first")
    await record(
        conn, by, AuditAction.PERSON_FACTOR_ADDED, ObjectKind.PERSON, by.id, [Change("factor", None, "totp")]
    )


async def remove(conn: Connection, by: Actor, person_id: str) -> None:
    removed = await execute(
        conn,
        "update person set totp_key = null, totp_step = null where person_id = %s and totp_key is not null",
        (person_id,),
    )
    if removed:
        change = Change("factor", "totp", None)
        await record(conn, by, AuditAction.PERSON_FACTOR_REMOVED, ObjectKind.PERSON, person_id, [change])
