"""Passwords: hashed with argon2id, compared without telling whether the account exists."""

import asyncio
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from frontdesk.errors import ValidationFailed

SHORTEST: Final = 10
LONGEST: Final = 200
_FEWEST_DIFFERENT = 4

_hasher = PasswordHasher()  # argon2-cffi's defaults are RFC 9106's second profile: 64 MiB, three passes
_at_once = asyncio.Semaphore(2)
"""Each takes 64 MiB and a processor: a crowd that signs in waits rather than fills the memory."""


def require_good(password: str, email: str) -> None:
    """Raises `ValidationFailed` for a password that is too short, too long, of few characters, or the address."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise ValidationFailed(f"a password has {SHORTEST} to {LONGEST} characters")
    if len(set(password)) < _FEWEST_DIFFERENT:
        raise ValidationFailed(f"a password has at least {_FEWEST_DIFFERENT} different characters")
    if password.lower() in {email.lower(), email.lower().partition("@")[0]}:
        raise ValidationFailed("the password must not be the e-mail address")


async def hashed(password: str) -> str:
    async with _at_once:
        return await asyncio.to_thread(_hasher.hash, password)


async def matches(password: str, password_hash: str | None) -> bool:
    """Whether it is the password; takes as long where there is no account or no password."""
    async with _at_once:
        right = await asyncio.to_thread(_verify, password_hash or _nobody(), password)
    return right and password_hash is not None


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash to compare with where there is no other."""
    return _hasher.hash("nobody has this password")
