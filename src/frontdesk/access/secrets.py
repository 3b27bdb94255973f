"""Random secrets that are shown once: the database has their hash alone."""

import hashlib
import secrets

BYTES = 32


def new_secret() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(BYTES)


def hash_of(secret: str) -> str:
    """SHA-256 in hex: a secret of 256 random bits needs no slow hash, nobody can guess it."""
    return hashlib.sha256(secret.encode()).hexdigest()
